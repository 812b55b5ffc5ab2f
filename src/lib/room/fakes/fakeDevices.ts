import type { Devices } from '../ports.ts';

/** A track without a browser: what the room looks at, and no more. */
export class FakeTrack extends EventTarget {
	enabled = true;
	/** The system gives nothing. */
	muted = false;
	readyState: 'live' | 'ended' = 'live';
	readonly kind: 'audio' | 'video';
	readonly source: 'device' | 'screen' | 'placeholder';

	constructor(kind: 'audio' | 'video', source: 'device' | 'screen' | 'placeholder') {
		super();
		this.kind = kind;
		this.source = source;
	}

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
}

/** What a fake stream consists of. */
export function tracksOf(stream: MediaStream | null): FakeTrack[] {
	return (stream as unknown as FakeStream | null)?.tracks ?? [];
}

function asStream(tracks: FakeTrack[]): MediaStream {
	return new FakeStream(tracks) as unknown as MediaStream;
}

function asTrack(track: FakeTrack): MediaStreamTrack {
	return track as unknown as MediaStreamTrack;
}

export function fakeDevices(): FakeDevices {
	function make(kind: 'audio' | 'video', source: 'device' | 'screen' | 'placeholder'): FakeTrack {
		const track = new FakeTrack(kind, source);
		devices.made.push(track);
		return track;
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
		async open({ microphone, camera }) {
			devices.asked += 1;
			await devices.held;
			const failure =
				(microphone ? devices.failing.microphone : null) ?? (camera ? devices.failing.camera : null);
			if (failure) throw new DOMException('No device', failure);
			const tracks = [microphone ? make('audio', 'device') : null, camera ? make('video', 'device') : null];
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
