import { expect, test } from 'vitest';
import { failed } from '../../../lib/room/devices.ts';
import type { DeviceView } from '../../../lib/room/roomView.ts';
import type { DeviceFailure } from '../../../lib/shared/deviceTrouble.ts';
import { devicePrompt } from './devicePrompt.ts';
import { deviceState } from './deviceWords.ts';

const on: DeviceView = { name: 'on' };
const off: DeviceView = { name: 'off' };
const names = (camera: DeviceView, microphone: DeviceView) =>
	devicePrompt({ camera, microphone })?.actions.map(({ name }) => name);

test('[T6] without a camera one goes on with audio only, whether the microphone was tried or not', () => {
	expect(names(failed('denied'), on)).toEqual(['Try again', 'Continue with audio only']);
	expect(names(failed('busy'), { name: 'muted' })).toEqual(['Try again', 'Continue with audio only']);
	expect(names(failed('missing'), off)).toEqual(['Try again', 'Continue with audio only']);
});

test('[T6] without both one goes on with audio only or without devices, without a microphone with the camera', () => {
	expect(names(failed('denied'), failed('denied'))).toEqual([
		'Try again',
		'Continue with audio only',
		'Continue without devices'
	]);
	expect(names(on, failed('gone'))).toEqual(['Try again', 'Continue without a microphone']);
	expect(names(off, failed('gone'))).toEqual(['Try again', 'Continue without devices']);
});

test('[T6] what was plugged in again comes back with one click', () => {
	const gone = { name: 'failed', failure: 'gone', available: true, accepted: false } as const;
	expect(names(gone, on)).toEqual(['Use camera again', 'Continue with audio only']);
	expect(names(gone, gone)).toEqual(['Use camera again', 'Use microphone again', 'Continue without devices']);
	expect(names({ ...gone, failure: 'missing' }, on)).toEqual(['Use camera', 'Continue with audio only']);
	expect(deviceState(gone)).toBe('Ready again');
});

test('[T6] nothing is said of what works, of what is being asked for, and to those who go on without', () => {
	const accepted = { name: 'failed', failure: 'denied', available: false, accepted: true } as const;
	expect(names(on, off)).toBeUndefined();
	expect(names({ name: 'asking' }, failed('denied'))).toBeUndefined();
	expect(names(accepted, on)).toBeUndefined();
	// A microphone that fails later is news; the camera is not told again.
	const prompt = devicePrompt({ camera: accepted, microphone: failed('gone') });
	expect(prompt?.help).toHaveLength(1);
	expect(prompt?.actions.at(-1)?.name).toBe('Continue without devices');
});

test('[L4] on a page without https nothing can be tried again', () => {
	expect(names(failed('insecure'), failed('insecure'))).toEqual(['Continue without devices']);
});

test.each<DeviceFailure>([
	...(['denied', 'blocked', 'missing', 'busy', 'unfit', 'insecure'] as const),
	...(['interrupted', 'unanswered', 'gone', 'revoked', 'paused', 'failed'] as const)
])('[L4] %s has help of its own for each device', (failure) => {
	const help = (['camera', 'microphone'] as const).flatMap(
		(kind) => devicePrompt({ camera: off, microphone: off, [kind]: failed(failure) })?.help ?? []
	);
	expect(devicePrompt({ camera: failed(failure), microphone: off })?.spoken).toMatch(
		/^Trouble with your camera: .+\. Help is on this page\.$/
	);
	expect(help[0]).toContain('camera');
	expect(help[1]).toContain('microphone');
});
