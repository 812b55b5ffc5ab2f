import type { DeviceEntry, Devices, DeviceWishes, SoundProcessing } from '../ports.ts';
import { makePlaceholder } from './placeholder.ts';

const VIDEO: MediaTrackConstraints = {
	width: { ideal: 1280 },
	height: { ideal: 720 },
	frameRate: { ideal: 30 },
	facingMode: 'user'
};
const AUDIO: MediaTrackConstraints = {
	echoCancellation: true,
	noiseSuppression: true,
	autoGainControl: true
};
const KINDS: Partial<Record<MediaDeviceKind, DeviceEntry['kind']>> = {
	audioinput: 'microphone',
	videoinput: 'camera',
	audiooutput: 'speaker'
};
/** Text must stay readable; more pictures per second would only cost. */
const SCREEN: MediaTrackConstraints = { frameRate: { ideal: 15, max: 30 } };

type Kind = 'microphone' | 'camera';

/** Camera, microphone and screen as the browser gives them. */
export function browserDevices(): Devices {
	/** Some browsers say “prompt” even while a device is used: only what was once granted can be taken back. */
	const wasGranted = new Set<Kind>();

	async function noteGranted(kinds: Kind[]): Promise<void> {
		for (const kind of kinds) if ((await permissionState(kind)) === 'granted') wasGranted.add(kind);
	}

	return {
		async open({ microphone, camera }, wishes = {}) {
			const sure = await namedWhereThere(wishes);
			const stream = await mediaDevices().getUserMedia({
				audio: microphone ? sound(sure) : false,
				video: camera ? picture(sure) : false
			});
			void noteGranted([
				...(microphone ? (['microphone'] as const) : []),
				...(camera ? (['camera'] as const) : [])
			]);
			return stream;
		},
		openScreen: async () => {
			const stream = await mediaDevices().getDisplayMedia({ video: SCREEN, audio: false });
			for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
			return stream;
		},
		async list() {
			try {
				const found = await mediaDevices().enumerateDevices();
				return found.flatMap(({ kind, deviceId, label }) => {
					const known = KINDS[kind];
					return known ? [{ kind: known, id: deviceId, label }] : [];
				});
			} catch {
				return [];
			}
		},
		choosesSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
		async process(track, wanted) {
			const isSo = () => {
				const { noiseSuppression, echoCancellation } = track.getSettings();
				return (
					noiseSuppression === wanted.noiseSuppression &&
					Boolean(echoCancellation) === wanted.echoCancellation
				);
			};
			if (isSo()) return true;
			try {
				await track.applyConstraints({ ...track.getConstraints(), ...wanted });
			} catch {
				return false;
			}
			// Chromium says yes and changes nothing.
			return isSo();
		},
		meter: async () => (await import('./trackLevel.ts')).measureTrack,
		placeholder: makePlaceholder,
		compose: (tracks) => new MediaStream(tracks),
		async isPresent(kind) {
			try {
				const found = await mediaDevices().enumerateDevices();
				return found.some((device) => device.kind === (kind === 'camera' ? 'videoinput' : 'audioinput'));
			} catch {
				return false;
			}
		},
		async permission(kind) {
			const state = await permissionState(kind);
			if (state === 'granted') return 'granted';
			return state !== null && wasGranted.has(kind) ? 'revoked' : 'unknown';
		},
		onChange(listener) {
			const stop = new AbortController();
			const { signal } = stop;
			// Absent on pages without HTTPS.
			navigator.mediaDevices?.addEventListener('devicechange', listener, { signal });
			for (const name of ['microphone', 'camera'] as const) {
				navigator.permissions?.query({ name }).then(
					(status) => status.addEventListener('change', listener, { signal }),
					// A browser that does not know the name.
					() => undefined
				);
			}
			return () => stop.abort();
		},
		async alreadyGranted({ microphone, camera }) {
			const states = [
				microphone ? permissionState('microphone') : 'granted',
				camera ? permissionState('camera') : 'granted'
			];
			return (await Promise.all(states)).every((state) => state === 'granted');
		}
	};
}

/**
 * Where several devices are possible the browser may let the person choose, or take the first one, whatever is preferred
 * (measured in Chromium). So one that is there is asked for by name, and one that is not is left out. Before anything was
 * allowed ids are hidden: then the wish is all there is.
 */
async function namedWhereThere(wishes: DeviceWishes): Promise<DeviceWishes> {
	if (wishes.exact || (wishes.microphone === undefined && wishes.camera === undefined)) return wishes;
	const ids = (await mediaDevices().enumerateDevices()).map(({ deviceId }) => deviceId);
	if (ids.every((id) => id === '')) return wishes;
	const there = (id: string | undefined) => (id !== undefined && ids.includes(id) ? id : undefined);
	return { ...wishes, exact: true, microphone: there(wishes.microphone), camera: there(wishes.camera) };
}

function which(id: string | undefined, exact: boolean | undefined): MediaTrackConstraints {
	if (id === undefined) return {};
	return { deviceId: exact ? { exact: id } : { ideal: id } };
}

function sound(wishes: DeviceWishes): MediaTrackConstraints {
	const { noiseSuppression = true, echoCancellation = true } = wishes;
	const processing: SoundProcessing = { noiseSuppression, echoCancellation };
	return { ...AUDIO, ...processing, ...which(wishes.microphone, wishes.exact) };
}

function picture(wishes: DeviceWishes): MediaTrackConstraints {
	const { facingMode, ...size } = VIDEO;
	// Whoever chose a camera means that one, whichever way it looks.
	return wishes.camera === undefined
		? { ...size, facingMode }
		: { ...size, ...which(wishes.camera, wishes.exact) };
}

/** Null where the browser does not tell. */
async function permissionState(name: Kind): Promise<PermissionState | null> {
	try {
		return (await navigator.permissions.query({ name })).state;
	} catch {
		return null;
	}
}

/** Missing on pages without HTTPS: the same error as where a browser forbids it by policy. */
function mediaDevices(): MediaDevices {
	const { mediaDevices: devices }: { mediaDevices?: MediaDevices } = navigator;
	if (!devices) throw new DOMException('Devices are only available on secure pages.', 'SecurityError');
	return devices;
}
