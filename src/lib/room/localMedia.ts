import type { MediaState } from '../shared/live.ts';
import { failureOf, mediaOf, NO_DEVICES, type DevicesState } from './devices.ts';
import type { Devices } from './ports.ts';
import type { DevicesView } from './roomView.ts';

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
	/** Exactly one audio and one video track; placeholders where a device is missing (spec C8). */
	outgoing(): MediaStream;
	turnOn(wanted: DeviceChoice): Promise<void>;
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

type Kind = 'microphone' | 'camera';

export function createLocalMedia(devices: Devices, listeners: LocalMediaListeners): LocalMedia {
	let state: DevicesState = NO_DEVICES;
	const held: Record<Kind | 'screen', MediaStreamTrack | null> = {
		microphone: null,
		camera: null,
		screen: null
	};
	/** Grows with each wish for a device, so that an answer to an older wish is recognised and dropped. */
	const wish: Record<Kind | 'screen', number> = { microphone: 0, camera: 0, screen: 0 };
	let placeholders: ReturnType<Devices['placeholder']> | null = null;
	let sent: { audio: MediaStreamTrack; video: MediaStreamTrack; stream: MediaStream } | null = null;
	let preview: { track: MediaStreamTrack; stream: MediaStream } | null = null;

	function set(change: Partial<DevicesState>): void {
		state = { ...state, ...change };
		refreshSent();
		listeners.onChange();
	}

	/** Works out what is to be sent and tells the calls about tracks that are others now. */
	function refreshSent(): void {
		const shown = held.screen ?? held.camera;
		if (shown === null) preview = null;
		else if (preview?.track !== shown) preview = { track: shown, stream: devices.compose([shown]) };
		if (sent === null) return;
		placeholders ??= devices.placeholder();
		const audio = held.microphone ?? placeholders.audio;
		const video = shown ?? placeholders.video;
		const before = sent;
		if (audio === before.audio && video === before.video) return;
		sent = { audio, video, stream: devices.compose([audio, video]) };
		if (audio !== before.audio) listeners.onTrack('audio', audio);
		if (video !== before.video) listeners.onTrack('video', video);
	}

	function take(kind: Kind, track: MediaStreamTrack | undefined): void {
		if (!track) return set({ [kind]: { name: 'failed', failure: 'missing' } });
		held[kind]?.stop();
		held[kind] = track;
		// `stop()` does not fire this: it means unplugged, taken away, or permission revoked.
		track.addEventListener('ended', () => {
			if (held[kind] !== track) return;
			held[kind] = null;
			set({ [kind]: { name: 'failed', failure: 'missing' } });
			listeners.onTrouble(kind === 'camera' ? 'Your camera is gone' : 'Your microphone is gone');
		});
		set({ [kind]: { name: 'on' } });
	}

	/** Opens some devices; what was wished differently meanwhile is let go again. */
	async function open(wanted: { microphone?: boolean; camera?: boolean }): Promise<void> {
		const kinds = (['microphone', 'camera'] as const).filter((kind) => wanted[kind]);
		if (kinds.length === 0) return;
		const turns = kinds.map((kind) => ({ kind, turn: ++wish[kind] }));
		set(Object.fromEntries(kinds.map((kind) => [kind, { name: 'asking' }])));
		try {
			const stream = await devices.open(wanted);
			const tracks = { microphone: stream.getAudioTracks()[0], camera: stream.getVideoTracks()[0] };
			for (const { kind, turn } of turns) {
				if (wish[kind] === turn) take(kind, tracks[kind]);
				else tracks[kind]?.stop();
			}
		} catch (error) {
			for (const { kind, turn } of turns) {
				if (wish[kind] === turn) set({ [kind]: { name: 'failed', failure: failureOf(error) } });
			}
		}
	}

	function mayAsk(kind: Kind): boolean {
		return held[kind] === null && state[kind].name !== 'asking';
	}

	function drop(kind: Kind): void {
		wish[kind] += 1;
		const track = held[kind];
		held[kind] = null;
		set({ [kind]: { name: 'off' } });
		// After the calls send something else: a stopped track would freeze the last picture for a moment.
		track?.stop();
	}

	function mute(): void {
		if (!held.microphone) return;
		held.microphone.enabled = false;
		set({ microphone: { name: 'muted' } });
	}

	function endScreen(): void {
		const track = held.screen;
		wish.screen += 1;
		held.screen = null;
		set({ screen: 'off' });
		track?.stop();
	}

	const local: LocalMedia = {
		view: () => ({ ...state, preview: preview?.stream ?? null }),
		media: () => mediaOf(state),
		choice: () => ({
			microphone: state.microphone.name === 'on' ? 'on' : state.microphone.name === 'muted' ? 'muted' : 'off',
			camera: state.camera.name === 'on'
		}),
		outgoing() {
			if (sent === null) {
				placeholders ??= devices.placeholder();
				const audio = held.microphone ?? placeholders.audio;
				const video = held.screen ?? held.camera ?? placeholders.video;
				sent = { audio, video, stream: devices.compose([audio, video]) };
			}
			return sent.stream;
		},
		async turnOn(choice) {
			const wanted = {
				microphone: choice.microphone !== 'off' && mayAsk('microphone'),
				camera: choice.camera && mayAsk('camera')
			};
			await open(wanted);
			// One missing or blocked device fails the whole request, so each gets its own chance.
			if (wanted.microphone && wanted.camera && !held.microphone && !held.camera) {
				if (state.microphone.name === 'failed') await open({ microphone: true });
				if (state.camera.name === 'failed') await open({ camera: true });
			}
			if (choice.microphone === 'muted') mute();
		},
		async setMicrophone(on) {
			if (!on) {
				if (held.microphone) mute();
				else drop('microphone');
				return;
			}
			if (!held.microphone) return mayAsk('microphone') ? open({ microphone: true }) : undefined;
			held.microphone.enabled = true;
			set({ microphone: { name: 'on' } });
		},
		async setCamera(on) {
			if (!on) drop('camera');
			else if (mayAsk('camera')) await open({ camera: true });
		},
		async startSharing() {
			if (state.screen !== 'off') return;
			const turn = ++wish.screen;
			set({ screen: 'asking' });
			try {
				const stream = await devices.openScreen();
				const track = stream.getVideoTracks()[0];
				if (wish.screen !== turn || !track) {
					stream.getTracks().forEach((unwanted) => unwanted.stop());
					if (wish.screen === turn) set({ screen: 'off' });
					return;
				}
				held.screen = track;
				// The browser's own bar ends the track (spec C5).
				track.addEventListener('ended', () => {
					if (held.screen === track) endScreen();
				});
				set({ screen: 'on' });
			} catch (error) {
				if (wish.screen !== turn) return;
				set({ screen: 'off' });
				// Closing the picker is the person's own choice and no trouble.
				if (failureOf(error) !== 'denied') listeners.onTrouble('Your screen could not be shared');
			}
		},
		stopSharing() {
			if (state.screen !== 'off') endScreen();
		},
		release() {
			for (const kind of ['microphone', 'camera', 'screen'] as const) {
				wish[kind] += 1;
				held[kind]?.stop();
				held[kind] = null;
			}
			placeholders?.audio.stop();
			placeholders?.video.stop();
			placeholders = null;
			sent = null;
			preview = null;
			state = NO_DEVICES;
			listeners.onChange();
		}
	};
	return local;
}
