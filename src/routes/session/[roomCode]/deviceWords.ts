import type { DeviceFailure, DeviceView } from '../../../lib/room/roomView.ts';

type Device = 'microphone' | 'camera';

/** The state of a device in a word or two, as the device card and the people list show it. */
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
			return FAILURE_STATE[device.failure];
	}
}

const FAILURE_STATE: Record<DeviceFailure, string> = {
	denied: 'Not allowed',
	missing: 'None found',
	busy: 'In use elsewhere',
	insecure: 'Blocked on this address',
	failed: 'Did not start'
};

/** What to do about a failure, as plain help. */
export function deviceHelp(device: Device, failure: DeviceFailure): string {
	switch (failure) {
		case 'denied':
			return `Your browser does not let this page use the ${device}. Open the site settings beside the address, allow the ${device}, and try again.`;
		case 'missing':
			return `No ${device} was found. Plug one in or switch it on, and try again.`;
		case 'busy':
			return `Another program is using the ${device}. Close it there, and try again.`;
		case 'insecure':
			return `Browsers give access to a ${device} only on secure pages. Open this page with https.`;
		case 'failed':
			return `The ${device} did not start. Unplug it and plug it in again, or choose another one, and try again.`;
	}
}
