import { expect, test } from 'vitest';
import { NO_PREFERENCES } from '../../../../lib/room/devicePreferences.ts';
import type { DeviceEntry } from '../../../../lib/room/ports.ts';
import { deviceOptions } from './deviceOptions.ts';

const NOTHING = { using: { microphone: null, camera: null }, chosen: NO_PREFERENCES };
const LIST: DeviceEntry[] = [
	{ kind: 'microphone', id: 'default', label: 'Default - Built-in' },
	{ kind: 'microphone', id: 'communications', label: 'Communications - Built-in' },
	{ kind: 'microphone', id: 'usb', label: 'USB' },
	{ kind: 'camera', id: 'a', label: '' },
	{ kind: 'camera', id: 'b', label: '' }
];

test('[L4] what is used stands in the picker, before that what was chosen, else the browser’s choice', () => {
	const usb = { ...NO_PREFERENCES, microphone: { id: 'usb', label: 'USB' } };
	expect(deviceOptions('microphone', LIST, NOTHING)).toEqual({
		options: [
			{ value: 'default', text: 'Default - Built-in' },
			{ value: 'usb', text: 'USB' }
		],
		value: 'default',
		usable: true
	});
	expect(deviceOptions('microphone', LIST, { ...NOTHING, chosen: usb }).value).toBe('usb');
	const using = { microphone: 'default', camera: null };
	expect(deviceOptions('microphone', LIST, { using, chosen: usb }).value).toBe('default');
});

test('[L4] devices without names are numbered, and what is not known or not there is said', () => {
	expect(deviceOptions('camera', LIST, NOTHING).options.map(({ text }) => text)).toEqual([
		'Camera 1',
		'Camera 2'
	]);
	expect(deviceOptions('speaker', LIST, NOTHING).options[0]?.text).toBe('No speaker found');
	expect(deviceOptions('camera', null, NOTHING)).toMatchObject({ usable: false, value: '' });
	const hidden = [{ kind: 'camera' as const, id: '', label: '' }];
	expect(deviceOptions('camera', hidden, NOTHING).options[0]?.text).toBe('Shown once it is allowed');
});
