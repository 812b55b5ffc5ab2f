import type { DeviceEntry, Devices, DeviceWishes, SoundProcessing } from '../ports.ts';

/** A track without a browser: what the room looks at, and no more. */
export class FakeTrack extends EventTarget {
	enabled = true;
	/** The system gives nothing. */
	muted = false;
	readyState: 'live' | 'ended' = 'live';
	readonly kind: 'audio' | 'video';
	readonly source: 'device' | 'screen' | 'placeholder';
	readonly label: string;
	/** What `getSettings` says. */
	settings: { deviceId?: string } & Partial<SoundProcessing>;

	constructor(
		kind: 'audio' | 'video',
		source: 'device' | 'screen' | 'placeholder',
		entry?: DeviceEntry,
		processing?: SoundProcessing
	) {
		super();
		this.kind = kind;
		this.source = source;
		this.label = entry?.label ?? '';
		this.settings = { ...(entry && { deviceId: entry.id }), ...processing };
	}

	getSettings = () => this.settings;

	stop(): void {
		this.readyState = 'ended';
	}

	/** As by a shutter, a key on the keyboard, or another call. */
	setPaused(paused: boolean): void {
		this.muted = paused;
		this.dispatchEvent(new Event(paused ? 'mute' : 'unmute'));
	}

	/** As when a device is unplugged or sharing is stopped from the browser's own bar. */
	end(): void {
		this.readyState = 'ended';
		this.dispatchEvent(new Event('ended'));
	}
}

class FakeStream {
	readonly tracks: FakeTrack[];
	constructor(tracks: FakeTrack[]) {
		this.tracks = tracks;
	}
	getTracks = () => this.tracks;
	getAudioTracks = () => this.tracks.filter((track) => track.kind === 'audio');
	getVideoTracks = () => this.tracks.filter((track) => track.kind === 'video');
}

export type Failure =
	| 'NotAllowedError'
	| 'NotFoundError'
	| 'NotReadableError'
	| 'OverconstrainedError'
	| 'SecurityError'
	| 'AbortError';

type Permission = Awaited<ReturnType<Devices['permission']>>;

export interface FakeDevices extends Devices {
	/** Every track ever made. */
	made: FakeTrack[];
	/** What each device does when it is asked for; null works. */
	failing: { microphone: Failure | null; camera: Failure | null; screen: Failure | null };
	granted: boolean;
	present: { microphone: boolean; camera: boolean };
	permissions: { microphone: Permission; camera: Permission };
	/** Something was plugged in or out, or a permission has changed. */
	changed(): void;
	/** Requests wait until this is set back to null. */
	held: Promise<void> | null;
	/** How often `open` was called. */
	asked: number;
	/** What is plugged in; the first of its kind is the browser's own choice. */
	machine: DeviceEntry[];
	/** Only one of each kind can be used at a time, as on many phones. */
	oneAtATime: boolean;
	/** Processing of a running microphone can be changed. */
	processesRunning: boolean;
	/** How loud a microphone is; null: the browser does not let the page measure. */
	loudness: number | null;
	/** Measurements that run. */
	measured: number;
}

/** What a fake stream consists of. */
export function tracksOf(stream: MediaStream | null): FakeTrack[] {
	return (stream as unknown as FakeStream | null)?.tracks ?? [];
}

function asStream(tracks: FakeTrack[]): MediaStream {
	return new FakeStream(tracks) as unknown as MediaStream;
}

const MACHINE: DeviceEntry[] = (['microphone', 'camera', 'speaker'] as const).flatMap((kind) =>
	['one', 'two'].map((which) => ({ kind, id: `${kind}-${which}`, label: `${kind} ${which}` }))
);

function asTrack(track: FakeTrack): MediaStreamTrack {
	return track as unknown as MediaStreamTrack;
}

export function fakeDevices(): FakeDevices {
	function make(...given: ConstructorParameters<typeof FakeTrack>): FakeTrack {
		const track = new FakeTrack(...given);
		devices.made.push(track);
		return track;
	}

	function running(kind: 'audio' | 'video'): FakeTrack | undefined {
		return devices.made.find(
			(track) => track.kind === kind && track.source === 'device' && track.readyState === 'live'
		);
	}

	function makeDevice(kind: 'microphone' | 'camera', wishes: DeviceWishes): FakeTrack {
		const medium = kind === 'microphone' ? 'audio' : 'video';
		const ofKind = devices.machine.filter((entry) => entry.kind === kind);
		const wished = ofKind.find(({ id }) => id === wishes[kind]);
		if (!wished && wishes.exact && wishes[kind]) throw new DOMException('', 'OverconstrainedError');
		if (devices.oneAtATime && running(medium)) throw new DOMException('', 'NotReadableError');
		if (kind === 'camera') return make(medium, 'device', wished ?? ofKind[0]);
		const { noiseSuppression = true, echoCancellation = true } = wishes;
		const processing = { noiseSuppression, echoCancellation };
		// As in Chromium: a second track gets the processing of the first one, unless it wants none at all.
		const shared = noiseSuppression || echoCancellation ? running(medium) : undefined;
		const first = shared?.settings.noiseSuppression || shared?.settings.echoCancellation ? shared : undefined;
		const { deviceId: _, ...same } = first?.settings ?? {};
		return make(medium, 'device', wished ?? ofKind[0], { ...processing, ...same });
	}

	const listeners = new Set<() => void>();
	const devices: FakeDevices = {
		present: { microphone: true, camera: true },
		permissions: { microphone: 'granted', camera: 'granted' },
		changed: () => listeners.forEach((listener) => listener()),
		isPresent: async (kind) => devices.present[kind],
		permission: async (kind) => devices.permissions[kind],
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		made: [],
		failing: { microphone: null, camera: null, screen: null },
		granted: false,
		held: null,
		asked: 0,
		machine: MACHINE,
		oneAtATime: false,
		processesRunning: false,
		loudness: 0,
		measured: 0,
		list: async () => devices.machine,
		choosesSpeaker: true,
		async process(track, wanted) {
			const { settings } = track as unknown as FakeTrack;
			if (devices.processesRunning) Object.assign(settings, wanted);
			return (
				settings.noiseSuppression === wanted.noiseSuppression &&
				settings.echoCancellation === wanted.echoCancellation
			);
		},
		meter: async () => () => {
			devices.measured += 1;
			return { level: () => devices.loudness, stop: () => void (devices.measured -= 1) };
		},
		async open({ microphone, camera }, wishes = {}) {
			devices.asked += 1;
			await devices.held;
			const failure =
				(microphone ? devices.failing.microphone : null) ?? (camera ? devices.failing.camera : null);
			if (failure) throw new DOMException('No device', failure);
			const tracks = [
				microphone ? makeDevice('microphone', wishes) : null,
				camera ? makeDevice('camera', wishes) : null
			];
			return asStream(tracks.filter((track) => track !== null));
		},
		async openScreen() {
			await devices.held;
			if (devices.failing.screen) throw new DOMException('No screen', devices.failing.screen);
			return asStream([make('video', 'screen')]);
		},
		placeholder: () => ({
			audio: asTrack(make('audio', 'placeholder')),
			video: asTrack(make('video', 'placeholder'))
		}),
		compose: (tracks) => asStream(tracks as unknown as FakeTrack[]),
		alreadyGranted: async () => devices.granted
	};
	return devices;
}
