import type { MediaState } from '../shared/live.ts';
import type { DeviceFailure, DeviceView } from './roomView.ts';

/** Camera, microphone and screen as states; the tracks themselves live in `localMedia.ts`. */
export interface DevicesState {
	microphone: DeviceView;
	camera: DeviceView;
	screen: 'off' | 'asking' | 'on';
}

export const NO_DEVICES: DevicesState = {
	microphone: { name: 'off' },
	camera: { name: 'off' },
	screen: 'off'
};

/** What the others are told. A muted microphone is held but counts as off. */
export function mediaOf(state: DevicesState): MediaState {
	return {
		microphone: state.microphone.name === 'on',
		camera: state.camera.name === 'on',
		screen: state.screen === 'on'
	};
}

/** Why a device could not be had: the names `getUserMedia` rejects with (Media Capture and Streams, 10.2). */
export function failureOf(error: unknown): DeviceFailure {
	const name = error instanceof Error || isNamed(error) ? error.name : '';
	switch (name) {
		case 'NotAllowedError':
			return 'denied';
		case 'NotFoundError':
		case 'OverconstrainedError':
			return 'missing';
		case 'NotReadableError':
		case 'AbortError':
			return 'busy';
		case 'SecurityError':
			return 'insecure';
		default:
			return 'failed';
	}
}

function isNamed(error: unknown): error is { name: string } {
	return typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string';
}
