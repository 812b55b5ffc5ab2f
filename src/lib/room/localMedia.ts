import type { DeviceTrouble } from '../shared/deviceTrouble.ts';
import type { MediaState } from '../shared/live.ts';
import { createDeviceLookout } from './deviceLookout.ts';
import {
	failed,
	failureOf,
	foldTrouble,
	mediaOf,
	NO_DEVICES,
	type DeviceKind,
	type DevicesState
} from './devices.ts';
import type { Clock, Devices, Stop } from './ports.ts';
import type { DevicesView } from './roomView.ts';
import { shareScreen } from './screenShare.ts';
import { watchTrack } from './trackWatch.ts';

/** Which devices a person uses; what is remembered over a reload. */
export interface DeviceChoice {
	microphone: 'off' | 'muted' | 'on';
	camera: boolean;
}

/** This person's camera, microphone and screen: holds the tracks and says what is sent. */
export interface LocalMedia {
	view(): DevicesView;
	media(): MediaState;
	choice(): DeviceChoice;
	/** See `foldTrouble`. */
	trouble(): DeviceTrouble | null | undefined;
	/** Exactly one audio and one video track; placeholders where a device is missing (spec C8). */
	outgoing(): MediaStream;
	/** Silence and blackness only, for calls that are set up before anybody is to be seen. */
	blank(): MediaStream;
	turnOn(wanted: DeviceChoice): Promise<void>;
	/** What has failed, once more: all of it, or one. A microphone that was muted comes back muted. */
	retry(only?: DeviceKind): Promise<void>;
	/** What has failed is done without: the person was told, and no late answer turns it on. */
	accept(): void;
	setMicrophone(on: boolean): Promise<void>;
	setCamera(on: boolean): Promise<void>;
	startSharing(): Promise<void>;
	stopSharing(): void;
	/** Lets go of every device and placeholder. */
	release(): void;
}

export interface LocalMediaListeners {
	/** States or preview changed. */
	onChange: () => void;
	/** Calls have to send this from now on. */
	onTrack: (kind: 'audio' | 'video', track: MediaStreamTrack) => void;
	/** Trouble worth a toast, in words. */
	onTrouble: (text: string) => void;
}

/** A request that is neither granted nor refused for this long is told, ms. People read before they answer. */
const PATIENCE = 20_000;
const KINDS = ['microphone', 'camera'] as const;

export function createLocalMedia(devices: Devices, clock: Clock, listeners: LocalMediaListeners): LocalMedia {
	let state: DevicesState = NO_DEVICES;
	let trouble: DeviceTrouble | null | undefined;
	const held: Record<DeviceKind, { track: MediaStreamTrack; unwatch: Stop } | null> = {
		microphone: null,
		camera: null
	};
	/** Grows with each wish for a device, so that an answer to an older wish is recognised and dropped. */
	const wish: Record<DeviceKind, number> = { microphone: 0, camera: 0 };
	/** It was had before and not refused since: asking shows no prompt, and nothing is known to be in the way. */
	const sure: Record<DeviceKind, boolean> = { microphone: false, camera: false };
	/** The microphone was muted when it failed. */
	let wasMuted = false;
	let placeholders: ReturnType<Devices['placeholder']> | null = null;
	let blank: MediaStream | null = null;
	let sent: { audio: MediaStreamTrack; video: MediaStreamTrack; stream: MediaStream } | null = null;
	let preview: { track: MediaStreamTrack; stream: MediaStream } | null = null;

	const lookout = createDeviceLookout({
		...{ devices, clock, stateOf: (kind) => state[kind] },
		onAvailable(kind, available) {
			const now = state[kind];
			if (now.name === 'failed') set({ [kind]: { ...now, available, accepted: false } });
		},
		onRevoked: (kind) => fail(kind, 'revoked')
	});
	const screen = shareScreen(devices, {
		onState: (next) => set({ screen: next }),
		onTrouble: () => listeners.onTrouble('Your screen could not be shared')
	});

	function set(change: Partial<DevicesState>): void {
		state = { ...state, ...change };
		trouble = foldTrouble(trouble, state);
		lookout.update();
		const shown = screen.track() ?? usable('camera');
		if (shown === null) preview = null;
		else if (preview?.track !== shown) preview = { track: shown, stream: devices.compose([shown]) };
		// First the others are told, then the tracks are changed, which takes the browser its time.
		listeners.onChange();
		refreshSent();
	}

	/** A device that is held and gives something. */
	function usable(kind: DeviceKind): MediaStreamTrack | null {
		return state[kind].name === 'failed' ? null : (held[kind]?.track ?? null);
	}

	function pick(): { audio: MediaStreamTrack; video: MediaStreamTrack } {
		placeholders ??= devices.placeholder();
		return {
			audio: usable('microphone') ?? placeholders.audio,
			video: screen.track() ?? usable('camera') ?? placeholders.video
		};
	}

	/** Works out what is to be sent and tells the calls about tracks that are others now. */
	function refreshSent(): void {
		if (sent === null) return;
		const { audio, video } = pick();
		const before = sent;
		if (audio === before.audio && video === before.video) return;
		sent = { audio, video, stream: devices.compose([audio, video]) };
		if (audio !== before.audio) listeners.onTrack('audio', audio);
		if (video !== before.video) listeners.onTrack('video', video);
	}

	function fail(kind: DeviceKind, failure: Parameters<typeof failed>[0]): void {
		if (kind === 'microphone' && state.microphone.name !== 'failed' && state.microphone.name !== 'asking')
			wasMuted = state.microphone.name === 'muted';
		set({ [kind]: failed(failure) });
	}

	function onOrMuted(): 'on' | 'muted' {
		return held.microphone?.track.enabled === false ? 'muted' : 'on';
	}

	function take(kind: DeviceKind, track: MediaStreamTrack | undefined, muted: boolean): void {
		if (!track) return fail(kind, 'missing');
		forget(kind)?.stop();
		if (kind === 'microphone' && muted) track.enabled = false;
		const unwatch = watchTrack(track, clock, {
			onEnded() {
				held[kind] = null;
				fail(kind, 'gone');
				lookout.lost(kind);
			},
			onPaused: () => fail(kind, 'paused'),
			onResumed: () => set({ [kind]: { name: kind === 'microphone' ? onOrMuted() : 'on' } })
		});
		held[kind] = { track, unwatch };
		sure[kind] = true;
		set({ [kind]: { name: kind === 'microphone' ? onOrMuted() : 'on' } });
	}

	/** The track is nobody's any more; stopping it is up to the caller. */
	function forget(kind: DeviceKind): MediaStreamTrack | null {
		const before = held[kind];
		held[kind] = null;
		before?.unwatch();
		return before?.track ?? null;
	}

	/** Opens some devices; what was wished differently meanwhile is let go again. */
	async function open(wanted: { microphone?: boolean; camera?: boolean }, muted = false): Promise<void> {
		const kinds = KINDS.filter((kind) => wanted[kind]);
		if (kinds.length === 0) return;
		const turns = kinds.map((kind) => ({ kind, turn: ++wish[kind] }));
		// One that is paused is held: nobody else could open it, and we neither.
		for (const kind of kinds) forget(kind)?.stop();
		set(Object.fromEntries(kinds.map((kind) => [kind, { name: 'asking' }])));
		const stopWaiting = clock.after(PATIENCE, () => {
			for (const { kind, turn } of turns) if (wish[kind] === turn) fail(kind, 'unanswered');
		});
		try {
			const stream = await devices.open(wanted);
			const tracks = { microphone: stream.getAudioTracks()[0], camera: stream.getVideoTracks()[0] };
			for (const { kind, turn } of turns) {
				if (wish[kind] === turn) take(kind, tracks[kind], muted);
				else tracks[kind]?.stop();
			}
		} catch (error) {
			for (const { kind, turn } of turns) {
				if (wish[kind] !== turn) continue;
				sure[kind] = false;
				fail(kind, failureOf(error));
			}
		} finally {
			stopWaiting();
		}
	}

	function mayAsk(kind: DeviceKind): boolean {
		return state[kind].name === 'off' || state[kind].name === 'failed';
	}

	async function turnOn(choice: DeviceChoice): Promise<void> {
		const wanted = {
			microphone: choice.microphone !== 'off' && mayAsk('microphone'),
			camera: choice.camera && mayAsk('camera')
		};
		const muted = choice.microphone === 'muted';
		await open(wanted, muted);
		// One missing or blocked device fails the whole request, so each gets its own chance.
		if (!wanted.microphone || !wanted.camera || held.microphone || held.camera) return;
		if (state.microphone.name === 'failed') await open({ microphone: true }, muted);
		if (state.camera.name === 'failed') await open({ camera: true });
	}

	function drop(kind: DeviceKind): void {
		wish[kind] += 1;
		const track = forget(kind);
		set({ [kind]: { name: 'off' } });
		// After the calls send something else: a stopped track would freeze the last picture for a moment.
		track?.stop();
	}

	function setMuted(muted: boolean): void {
		if (!held.microphone) return;
		held.microphone.track.enabled = !muted;
		set({ microphone: { name: onOrMuted() } });
	}

	return {
		view: () => ({ ...state, preview: preview?.stream ?? null }),
		media: () => mediaOf(state, sure),
		trouble: () => trouble,
		choice: () => ({
			microphone: state.microphone.name === 'on' ? 'on' : state.microphone.name === 'muted' ? 'muted' : 'off',
			camera: state.camera.name === 'on'
		}),
		outgoing() {
			if (sent === null) {
				const { audio, video } = pick();
				sent = { audio, video, stream: devices.compose([audio, video]) };
			}
			return sent.stream;
		},
		blank() {
			placeholders ??= devices.placeholder();
			return (blank ??= devices.compose([placeholders.audio, placeholders.video]));
		},
		turnOn,
		retry(only) {
			const again = (kind: DeviceKind) => state[kind].name === 'failed' && (only ?? kind) === kind;
			const microphone = wasMuted ? 'muted' : 'on';
			return turnOn({ microphone: again('microphone') ? microphone : 'off', camera: again('camera') });
		},
		accept() {
			for (const kind of KINDS) {
				const now = state[kind];
				if (now.name !== 'failed') continue;
				wish[kind] += 1;
				set({ [kind]: { ...now, accepted: true } });
			}
		},
		async setMicrophone(on) {
			if (usable('microphone')) setMuted(!on);
			else if (!on) drop('microphone');
			else if (mayAsk('microphone')) await open({ microphone: true });
		},
		async setCamera(on) {
			if (!on) drop('camera');
			else if (mayAsk('camera')) await open({ camera: true });
		},
		startSharing: screen.start,
		stopSharing: screen.stop,
		release() {
			lookout.stop();
			for (const kind of KINDS) {
				wish[kind] += 1;
				forget(kind)?.stop();
			}
			screen.release();
			placeholders?.audio.stop();
			placeholders?.video.stop();
			placeholders = null;
			blank = null;
			sent = null;
			preview = null;
			state = NO_DEVICES;
			listeners.onChange();
		}
	};
}
