import { expect, test } from 'vitest';
import { missingOnes, NO_PREFERENCES, readPreferences } from './devicePreferences.ts';
import { fakeClock } from './fakes/fakeClock.ts';
import { fakeDevices, tracksOf } from './fakes/fakeDevices.ts';
import { AISHA, fakeLesson, LIAM, liveLesson, MAYA, personIn } from './fakes/fakeLesson.ts';
import { fakeStorage } from './fakes/fakeStorage.ts';
import { createLocalMedia } from './localMedia.ts';

const TWO = (kind: 'microphone' | 'camera' | 'speaker') => ({ id: `${kind}-two`, label: `${kind} two` });

/** A person with both devices on, and what they chose. */
async function create() {
	const devices = fakeDevices();
	const clock = fakeClock();
	let preferences = NO_PREFERENCES;
	const sent: string[] = [];
	const media = createLocalMedia(
		devices,
		clock,
		{
			onChange: () => undefined,
			onTrack: (kind, track) => sent.push(`${kind} ${track.getSettings().deviceId ?? 'placeholder'}`),
			onTrouble: () => undefined,
			onOther: () => undefined
		},
		() => preferences
	);
	await media.turnOn({ microphone: 'on', camera: true });
	media.outgoing();
	await media.prepareSwap();
	const live = () =>
		devices.made
			.filter(({ source, readyState }) => source === 'device' && readyState === 'live')
			.map(({ settings }) => settings.deviceId);
	const prefer = (change: Partial<typeof preferences>) => (preferences = { ...preferences, ...change });
	return { devices, clock, media, sent, live, prefer };
}

test('[L4] [C8] another camera is there before the one in use is let go, and calls go over from one to the other', async () => {
	const { clock, media, sent, live, prefer } = await create();
	prefer({ camera: TWO('camera') });
	const swapping = media.swap('camera');
	await clock.advance(0);
	expect(live()).toEqual(['microphone-one', 'camera-one', 'camera-two']);
	expect(media.view().camera).toEqual({ name: 'on' });
	await clock.advance(500);
	expect(await swapping).toBeNull();
	expect(live()).toEqual(['microphone-one', 'camera-two']);
	// Never a black picture in between.
	expect(sent).toEqual(['video camera-two']);
	expect(media.view().using).toEqual({ microphone: 'microphone-one', camera: 'camera-two' });
});

test('[L4] who is muted stays so with another microphone, also when they mute while it is opened', async () => {
	const { clock, devices, media, sent, prefer } = await create();
	let give = () => {};
	devices.held = new Promise<void>((resolve) => (give = resolve));
	prefer({ microphone: TWO('microphone') });
	const swapping = media.swap('microphone');
	await media.setMicrophone(false);
	give();
	await clock.advance(500);
	await swapping;
	expect(sent).toEqual(['audio microphone-two']);
	expect(media.view().microphone).toEqual({ name: 'muted' });
	expect(tracksOf(media.outgoing())[0]).toMatchObject({ enabled: false, label: 'microphone two' });
});

test('[L4] a device that cannot be had leaves the one in use as it is', async () => {
	const { clock, media, sent, live, devices, prefer } = await create();
	prefer({ camera: { id: 'gone', label: 'Gone' } });
	expect(await media.swap('camera')).toBe('unfit');
	devices.failing.microphone = 'NotAllowedError';
	prefer({ microphone: TWO('microphone') });
	expect(await media.swap('microphone')).toBe('denied');
	await clock.advance(500);
	expect([sent, live()]).toEqual([[], ['microphone-one', 'camera-one']]);
});

test('[L4] where only one camera runs at a time it is let go first, and comes back if the other one fails', async () => {
	const { clock, devices, media, sent, live, prefer } = await create();
	devices.oneAtATime = true;
	prefer({ camera: TWO('camera') });
	expect(await media.swap('camera')).toBeNull();
	expect(sent).toEqual(['video placeholder', 'video camera-two']);
	prefer({ camera: { id: 'gone', label: 'Gone' } });
	expect(await media.swap('camera')).toBe('unfit');
	await clock.advance(500);
	expect(live()).toEqual(['microphone-one', 'camera-two']);
});

test('[L4] a muted microphone stays muted also where it has to be let go first, or ends when the other one comes', async () => {
	const { clock, devices, media, prefer } = await create();
	await media.setMicrophone(false);
	devices.oneAtATime = true;
	prefer({ microphone: TWO('microphone') });
	expect(await media.swap('microphone')).toBeNull();
	expect(media.view().microphone).toEqual({ name: 'muted' });

	devices.oneAtATime = false;
	prefer({ microphone: null });
	let give = () => {};
	devices.held = new Promise<void>((resolve) => (give = resolve));
	const swapping = media.swap('microphone');
	tracksOf(media.outgoing())[0]!.end();
	give();
	await clock.advance(500);
	expect(await swapping).toBeNull();
	expect(media.view().microphone).toEqual({ name: 'muted' });
	expect(tracksOf(media.outgoing())[0]).toMatchObject({ enabled: false, label: 'microphone one' });
});

test('[T6] a camera turned off while another one is opened stays off', async () => {
	const { clock, devices, media, live, prefer } = await create();
	let give = () => {};
	devices.held = new Promise<void>((resolve) => (give = resolve));
	prefer({ camera: TWO('camera') });
	const swapping = media.swap('camera');
	await media.setCamera(false);
	give();
	await clock.advance(500);
	expect(await swapping).toBeNull();
	expect(media.view().camera).toEqual({ name: 'off' });
	expect(live()).toEqual(['microphone-one']);
});

test('[L4] leaving in the middle of a change lets go of both devices', async () => {
	const { clock, media, live, prefer } = await create();
	prefer({ camera: TWO('camera') });
	void media.swap('camera');
	await clock.advance(100);
	media.release();
	expect(live()).toEqual([]);
});

test('[C7] noise suppression changes without a gap: in place, or by a microphone opened anew', async () => {
	const { clock, devices, media, sent, live } = await create();
	const raw = { noiseSuppression: false, echoCancellation: true };
	const settings = () => tracksOf(media.outgoing())[0]!.settings;
	const asked = devices.asked;
	let processing = media.process(raw);
	await clock.advance(2_000);
	expect(await processing).toBeNull();
	expect(settings()).toEqual({ deviceId: 'microphone-one', ...raw });
	// A second track shares the processing of the first while that runs: one without any stands in between.
	expect([devices.asked - asked, sent.length]).toEqual([3, 3]);
	expect(sent).not.toContain('audio placeholder');
	expect(live()).toEqual(['camera-one', 'microphone-one']);

	devices.processesRunning = true;
	processing = media.process({ noiseSuppression: true, echoCancellation: true });
	await clock.advance(2_000);
	expect(await processing).toBeNull();
	expect([settings().noiseSuppression, sent.length]).toEqual([true, 3]);
});

test('[L4] choices are the person’s, in whatever session; another person on the same device has their own', async () => {
	const storage = fakeStorage();
	const first = fakeLesson();
	const maya = first.enter(MAYA, storage);
	await first.clock.advance(100);
	await maya.room.turnOnDevices();
	const choosing = maya.room.desk.choose('microphone', TWO('microphone'));
	await first.clock.advance(500);
	expect(await choosing).toBeNull();
	await maya.room.desk.choose('speaker', TWO('speaker'));
	await maya.room.desk.process({ echoCancellation: true });
	await maya.room.setMicrophone(false);
	maya.room.close();
	storage.forgetTab();

	const other = fakeLesson({ roomCode: 'another' });
	const again = other.enter(MAYA, storage, true);
	await other.clock.advance(100);
	// Nothing is asked for before it is wanted.
	expect([again.devices.asked, again.room.view().devices.chosen.speaker]).toEqual([0, TWO('speaker')]);
	await again.room.turnOnDevices();
	expect(again.room.view().devices).toMatchObject({
		microphone: { name: 'muted' },
		camera: { name: 'on' },
		using: { microphone: 'microphone-two' }
	});
	const liam = other.enter(LIAM, storage);
	await liam.room.turnOnDevices();
	expect(liam.room.view().devices).toMatchObject({
		microphone: { name: 'on' },
		using: { microphone: 'microphone-one' }
	});
});

test('[L4] a remembered device that is gone: the browser’s choice is used, and that is said', async () => {
	const storage = fakeStorage();
	const lesson = fakeLesson();
	const aisha = lesson.enter(AISHA, storage);
	await lesson.clock.advance(100);
	await aisha.room.turnOnDevices();
	void aisha.room.desk.choose('camera', TWO('camera'));
	await lesson.clock.advance(500);
	aisha.room.close();

	const again = lesson.enter(AISHA, storage, true);
	again.devices.machine = again.devices.machine.filter(({ id }) => id !== 'camera-two');
	await lesson.clock.advance(100);
	const { camera, using } = again.room.view().devices;
	expect([camera.name, using.camera]).toEqual(['on', 'camera-one']);
	expect(again.room.view().notices.map(({ text }) => text)).toContain(
		'“camera two” is not there. Your camera is now “camera one”.'
	);
	// On another day it may be there again.
	expect(again.room.view().devices.chosen.camera).toEqual(TWO('camera'));
});

test('[L4] what is stored and does not fit is as if never chosen', () => {
	expect(readPreferences({ microphone: { id: 7 }, camera: TWO('camera'), muted: 'yes' })).toEqual({
		...NO_PREFERENCES,
		camera: TWO('camera')
	});
	expect(readPreferences('[]')).toEqual(NO_PREFERENCES);
	// Before anything is allowed browsers hide ids: then nothing is known to be missing.
	const hidden = [{ kind: 'camera' as const, id: '', label: '' }];
	expect(missingOnes({ ...NO_PREFERENCES, camera: TWO('camera') }, hidden)).toEqual([]);
});

test('[C7] who speaks is shown on both sides, who is muted is told, and only a microphone in use is measured', async () => {
	const { clock, maya, liam, exchange } = await liveLesson();
	expect(liam.devices.measured).toBe(0);
	await liam.room.turnOnDevices();
	for (const { room } of [maya, liam]) await room.prepareDesk();
	await clock.advance(500);
	expect(liam.devices.measured).toBe(1);
	liam.devices.loudness = 0.1;
	for (const call of exchange.running()) for (const end of [call, call.other!]) end.loudness = 0.1;
	await clock.advance(600);
	expect(personIn(liam.room, LIAM)?.speaking).toBe(true);
	expect(personIn(maya.room, LIAM)?.speaking).toBe(true);
	// Her microphone is off: whatever comes over the line is no speech of hers.
	expect(personIn(liam.room, MAYA)?.speaking).toBe(false);

	await liam.room.setMicrophone(false);
	await clock.advance(2_000);
	expect(personIn(liam.room, LIAM)?.speaking).toBe(false);
	expect(personIn(maya.room, LIAM)?.speaking).toBe(false);
	expect(liam.room.view().speaksMuted).toBe(true);
	await liam.room.setMicrophone(true);
	expect(liam.room.view().speaksMuted).toBe(false);

	liam.room.leave();
	expect(liam.devices.measured).toBe(0);
});
