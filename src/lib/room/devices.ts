import type { DeviceFailure, DeviceTrouble } from '../shared/deviceTrouble.ts';
import type { MediaState } from '../shared/live.ts';
import type { DeviceView } from './roomView.ts';

export type DeviceKind = 'microphone' | 'camera';

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

export function failed(failure: DeviceFailure): DeviceView {
	return { name: 'failed', failure, available: false, accepted: false };
}

/**
 * What the others are told. A muted microphone is held but counts as off. What is being opened counts as on where it
 * surely comes, so that they know at the click and not when the device has started.
 */
export function mediaOf(state: DevicesState, sure: Record<DeviceKind, boolean>): MediaState {
	const isOn = (kind: DeviceKind) =>
		state[kind].name === 'on' || (state[kind].name === 'asking' && sure[kind]);
	return { microphone: isOn('microphone'), camera: isOn('camera'), screen: state.screen === 'on' };
}

/**
 * What the recap will say of this person's devices; null when nothing is wrong, undefined as long as none was tried on
 * this page. What failed counts until it works: to try it again or to give it back does not mend it.
 */
export function foldTrouble(
	before: DeviceTrouble | null | undefined,
	state: Pick<DevicesState, DeviceKind>
): DeviceTrouble | null | undefined {
	const { camera, microphone } = state;
	const known = [camera, microphone].some(({ name }) => name === 'failed' || works(name));
	if (before === undefined && !known) return undefined;
	const trouble = {
		...troubleOf('camera', camera, before?.camera),
		...troubleOf('microphone', microphone, before?.microphone)
	};
	return trouble.camera || trouble.microphone ? trouble : null;
}

function troubleOf(kind: DeviceKind, device: DeviceView, earlier: DeviceFailure | undefined): DeviceTrouble {
	if (device.name === 'failed') return { [kind]: device.failure };
	return works(device.name) || !earlier ? {} : { [kind]: earlier };
}

function works(name: DeviceView['name']): boolean {
	return name === 'on' || name === 'muted';
}

/** Whether a failure ends when a device is plugged in, or when it is allowed. */
export function cureOf(failure: DeviceFailure): 'plug' | 'permission' | null {
	switch (failure) {
		case 'gone':
		case 'missing':
		case 'unfit':
			return 'plug';
		case 'denied':
		case 'revoked':
			return 'permission';
		default:
			return null;
	}
}

/** Why a device could not be had: the names `getUserMedia` rejects with (Media Capture and Streams, 10.2). */
export function failureOf(error: unknown): DeviceFailure {
	const { name, message } = isNamed(error) ? error : { name: '', message: '' };
	switch (name) {
		case 'NotAllowedError':
			// Chromium tells the two apart in words only.
			return /by (the )?system/i.test(message ?? '') ? 'blocked' : 'denied';
		case 'NotFoundError':
			return 'missing';
		case 'OverconstrainedError':
			return 'unfit';
		case 'NotReadableError':
			return 'busy';
		case 'AbortError':
			return 'interrupted';
		case 'SecurityError':
			return 'insecure';
		default:
			return 'failed';
	}
}

function isNamed(error: unknown): error is { name: string; message?: string } {
	return typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string';
}
