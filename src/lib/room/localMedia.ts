import type { DeviceTrouble } from '../shared/deviceTrouble.ts';
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
import { NO_PREFERENCES, type DevicePreferences } from './devicePreferences.ts';
import type { DeviceSwap } from './deviceSwap.ts';
import { createOutgoing } from './outgoing.ts';
import type { DeviceChoice, LocalMedia, LocalMediaListeners } from './mediaTypes.ts';
import type { Clock, Devices, DeviceWishes, Stop } from './ports.ts';
import { shareScreen } from './screenShare.ts';
import { watchTrack } from './trackWatch.ts';

/** A request that is neither granted nor refused for this long is told, ms. People read before they answer. */
const PATIENCE = 20_000;
const KINDS = ['microphone', 'camera'] as const;

export function createLocalMedia(
	devices: Devices,
	clock: Clock,
	listeners: LocalMediaListeners,
	preferences: () => DevicePreferences = () => NO_PREFERENCES
): LocalMedia {
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
	const outgoing = createOutgoing(devices, {
		tracks: () => ({ audio: usable('microphone'), video: screen.track() ?? usable('camera') }),
		onTrack: listeners.onTrack
	});
	/** Fetched beside the call: nobody changes a device in the first seconds. */
	let swapping: DeviceSwap | null = null;

	function set(change: Partial<DevicesState>): void {
		state = { ...state, ...change };
		trouble = foldTrouble(trouble, state);
		lookout.update();
		const shown = screen.track() ?? usable('camera');
		if (shown === null) preview = null;
		else if (preview?.track !== shown) preview = { track: shown, stream: devices.compose([shown]) };
		// First the others are told, then the tracks are changed, which takes the browser its time.
		listeners.onChange();
		outgoing.refresh();
	}

	/** A device that is held and gives something. */
	function usable(kind: DeviceKind): MediaStreamTrack | null {
		return state[kind].name === 'failed' ? null : (held[kind]?.track ?? null);
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
		hold(kind, track, muted);
		const chosen = preferences()[kind];
		const used = track.getSettings().deviceId;
		if (chosen && used !== undefined && used !== chosen.id) listeners.onOther(kind, track);
	}

	function hold(kind: DeviceKind, track: MediaStreamTrack, muted: boolean): void {
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

	function wishes(exact: boolean): DeviceWishes {
		const { microphone, camera, noiseSuppression, echoCancellation } = preferences();
		return { exact, microphone: microphone?.id, camera: camera?.id, noiseSuppression, echoCancellation };
	}

	async function loadSwap(): Promise<DeviceSwap> {
		if (swapping) return swapping;
		const { createDeviceSwap } = await import('./deviceSwap.ts');
		swapping ??= createDeviceSwap({
			...{ devices, clock },
			isWanted: (kind, turn) => wish[kind] === turn,
			newTurn: (kind) => ++wish[kind],
			wishes: () => wishes(true),
			held: (kind) => held[kind]?.track ?? null,
			takeOver(kind, track) {
				// The state and not the old track says so: that one may have ended when the new one came.
				const { name } = state.microphone;
				const old = forget(kind);
				hold(kind, track, name === 'failed' ? wasMuted : name === 'muted');
				return old;
			},
			letGo(kind) {
				forget(kind)?.stop();
				outgoing.refresh();
			},
			onLost: fail
		});
		return swapping;
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
			const stream = await devices.open(wanted, wishes(false));
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
		view: () => ({
			...state,
			preview: preview?.stream ?? null,
			using: { microphone: idOf(held.microphone?.track), camera: idOf(held.camera?.track) }
		}),
		media: () => mediaOf(state, sure),
		trouble: () => trouble,
		choice: () => ({
			microphone: state.microphone.name === 'on' ? 'on' : state.microphone.name === 'muted' ? 'muted' : 'off',
			camera: state.camera.name === 'on'
		}),
		outgoing: outgoing.stream,
		blank: outgoing.blank,
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
		async swap(kind) {
			const swaps = usable(kind) ? await loadSwap() : null;
			// It may have been turned off meanwhile.
			if (swaps && usable(kind)) return swaps.swap(kind);
			if (state[kind].name === 'failed' || state[kind].name === 'asking') {
				const muted = kind === 'microphone' && wasMuted;
				await open({ [kind]: true }, muted);
			}
			const now = state[kind];
			return now.name === 'failed' ? now.failure : null;
		},
		process: async (wanted) => (usable('microphone') ? (await loadSwap()).process(wanted) : null),
		prepareSwap: async () => void (await loadSwap()),
		microphone: () => usable('microphone'),
		startSharing: screen.start,
		stopSharing: screen.stop,
		release() {
			lookout.stop();
			for (const kind of KINDS) {
				wish[kind] += 1;
				forget(kind)?.stop();
			}
			screen.release();
			swapping?.release();
			outgoing.release();
			preview = null;
			state = NO_DEVICES;
			listeners.onChange();
		}
	};
}

function idOf(track: MediaStreamTrack | undefined): string | null {
	return track?.getSettings().deviceId ?? null;
}
