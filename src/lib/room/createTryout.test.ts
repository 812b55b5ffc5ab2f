import { expect, test } from 'vitest';
import { createTryout } from './createTryout.ts';
import { fakeClock } from './fakes/fakeClock.ts';
import { fakeDevices } from './fakes/fakeDevices.ts';
import { LIAM } from './fakes/fakeLesson.ts';
import { fakeStorage } from './fakes/fakeStorage.ts';

function tryout(storage = fakeStorage()) {
	const devices = fakeDevices();
	let changes = 0;
	const parts = { devices, clock: fakeClock(), storage, me: LIAM };
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

test('[L4] a camera that was turned off last time is allowed with the microphone and stays off until it is turned on', async () => {
	const storage = fakeStorage();
	const first = tryout(storage);
	await first.made.turnOnDevices();
	await first.made.setCamera(false);
	first.made.close();

	for (const granted of [false, true]) {
		const { devices, made } = tryout(storage);
		devices.granted = granted;
		const seen: string[] = [];
		const look = () => seen.push(made.view().camera.name);
		const turning = made.turnOnDevices();
		look();
		await turning;
		look();
		expect(seen).not.toContain('on');
		expect(made.view()).toMatchObject({ camera: { name: 'off' }, microphone: { name: 'on' }, preview: null });
		// Where it was not allowed yet both are asked for in one question.
		expect(devices.asked).toBe(1);
		const cameras = devices.made.filter(({ kind }) => kind === 'video');
		expect(cameras.map(({ readyState }) => readyState)).toEqual(granted ? [] : ['ended']);
		made.close();
	}

	// One press, and it is on the next time too.
	const { made } = tryout(storage);
	await made.turnOnDevices();
	await made.setCamera(true);
	expect(made.view().camera.name).toBe('on');
	made.close();
	const last = tryout(storage);
	await last.made.turnOnDevices();
	expect(last.made.view()).toMatchObject({ camera: { name: 'on' }, microphone: { name: 'on' } });
});

test('[T6] [L4] a camera that fails is not one that was turned off', async () => {
	const storage = fakeStorage();
	const first = tryout(storage);
	first.devices.failing.camera = 'NotFoundError';
	await first.made.turnOnDevices();
	expect(first.made.view().camera).toMatchObject({ name: 'failed', failure: 'missing' });
	await first.made.continueWithout();
	first.made.close();
	const next = tryout(storage);
	await next.made.turnOnDevices();
	expect(next.made.view().camera.name).toBe('on');
});
