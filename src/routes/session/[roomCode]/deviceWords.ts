import type { DeviceKind } from '../../../lib/room/devices.ts';
import type { DeviceView } from '../../../lib/room/roomView.ts';
import type { DeviceFailure } from '../../../lib/shared/deviceTrouble.ts';
import { word } from '../../../lib/shared/counted.ts';

/** The state of a device in a word or two, as the device card and the menu show it. */
export function deviceState(device: DeviceView): string {
	switch (device.name) {
		case 'off':
			return 'Off';
		case 'asking':
			return 'Waiting for your permission…';
		case 'on':
			return 'On';
		case 'muted':
			return 'Muted';
		case 'failed':
			return device.available ? 'Ready again' : FAILURE_STATE[device.failure];
	}
}

const FAILURE_STATE: Record<DeviceFailure, string> = {
	denied: 'Not allowed',
	blocked: 'Blocked by the system',
	missing: 'None found',
	busy: 'In use elsewhere',
	unfit: 'None fits',
	insecure: 'Blocked on this address',
	interrupted: 'Did not start',
	unanswered: 'Your browser does not answer',
	gone: 'Unplugged',
	revoked: 'Not allowed any more',
	paused: 'Switched off by the system',
	failed: 'Did not start'
};

/** What the devices are called within a sentence. */
export const DEVICE_WORDS: Record<DeviceKind, string> = {
	camera: word('camera'),
	microphone: word('microphone')
};

/** What to do about a failure, as plain help. */
export function deviceHelp(kind: DeviceKind, failure: DeviceFailure): string {
	const device = DEVICE_WORDS[kind];
	switch (failure) {
		case 'denied':
			return `Your browser does not let this page use the ${device}. Open the site settings beside the address, allow the ${device}, and try again.`;
		case 'blocked':
			return `Your computer does not let the browser use the ${device}. Allow it in the privacy settings of the system, and try again.`;
		case 'missing':
			return `No ${device} was found. Plug one in or switch it on, and try again.`;
		case 'busy':
			return `Another program is using the ${device}. Close it there, and try again.`;
		case 'unfit':
			return `No ${device} fits what was chosen. Plug in another one, and try again.`;
		case 'insecure':
			return `Browsers give access to a ${device} only on secure pages. Open this page with https.`;
		case 'interrupted':
			return `The ${device} broke off while it started. Try again; if that does not help, unplug it and plug it in again.`;
		case 'unanswered':
			return `Your browser has not given the ${device} yet. Look for its question near the address, or try again.`;
		case 'gone':
			return `The ${device} was unplugged or switched off. Plug it in again to use it; everything else goes on.`;
		case 'revoked':
			return `The permission for the ${device} was taken back. Allow it in the site settings beside the address, and try again.`;
		case 'paused':
			return `The system gives no ${kind === 'camera' ? word('picture') : word('sound')} from the ${device}: a cover, a key or another call may hold it back. It goes on by itself when that ends.`;
		case 'failed':
			return `The ${device} did not start. Unplug it and plug it in again, or use another one, and try again.`;
	}
}
