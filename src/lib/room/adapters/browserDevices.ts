import type { Devices } from '../ports.ts';
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
/** Text must stay readable; more pictures per second would only cost. */
const SCREEN: MediaTrackConstraints = { frameRate: { ideal: 15, max: 30 } };

/** Camera, microphone and screen as the browser gives them. */
export function browserDevices(): Devices {
	return {
		async open({ microphone, camera }) {
			return mediaDevices().getUserMedia({
				audio: microphone ? AUDIO : false,
				video: camera ? VIDEO : false
			});
		},
		openScreen: async () => {
			const stream = await mediaDevices().getDisplayMedia({ video: SCREEN, audio: false });
			for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
			return stream;
		},
		placeholder: makePlaceholder,
		compose: (tracks) => new MediaStream(tracks),
		async alreadyGranted({ microphone, camera }) {
			const wanted: ('microphone' | 'camera')[] = [];
			if (microphone) wanted.push('microphone');
			if (camera) wanted.push('camera');
			try {
				const states = await Promise.all(wanted.map((name) => navigator.permissions.query({ name })));
				return states.every(({ state }) => state === 'granted');
			} catch {
				return false;
			}
		}
	};
}

/** Missing on pages without HTTPS: the same error as where a browser forbids it by policy. */
function mediaDevices(): MediaDevices {
	const { mediaDevices: devices }: { mediaDevices?: MediaDevices } = navigator;
	if (!devices) throw new DOMException('Devices are only available on secure pages.', 'SecurityError');
	return devices;
}
