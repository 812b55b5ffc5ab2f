import { expect, test } from 'vitest';
import { createTryout } from './createTryout.ts';
import { fakeClock } from './fakes/fakeClock.ts';
import { fakeDevices } from './fakes/fakeDevices.ts';
import { LIAM } from './fakes/fakeLesson.ts';
import { fakeStorage } from './fakes/fakeStorage.ts';

function tryout() {
	const devices = fakeDevices();
	let changes = 0;
	const parts = { devices, clock: fakeClock(), storage: fakeStorage(), me: LIAM };
	const made = createTryout({ ...parts, onChange: () => (changes += 1), tell: () => undefined });
	return { devices, made, changed: () => changes };
}

test('[L4] devices can be tried without a lesson, and are let go of in the end', async () => {
	const { devices, made, changed } = tryout();
	expect(made.view()).toMatchObject({ camera: { name: 'off' }, microphone: { name: 'off' }, preview: null });
	await made.turnOnDevices();
	expect(made.view()).toMatchObject({ camera: { name: 'on' }, microphone: { name: 'on' } });
	expect(made.view().preview).not.toBeNull();
	expect(changed()).toBeGreaterThan(0);
	// Nothing is made to be sent.
	expect(devices.made.every(({ source }) => source === 'device')).toBe(true);
	made.close();
	expect(devices.made.every(({ readyState }) => readyState === 'ended')).toBe(true);
});

test('[L4] what is granted after the page was left is let go again', async () => {
	const { devices, made } = tryout();
	let grant = () => {};
	devices.held = new Promise((done) => (grant = done));
	const asked = made.turnOnDevices();
	made.close();
	grant();
	await asked;
	expect(devices.made.every(({ readyState }) => readyState === 'ended')).toBe(true);
});
