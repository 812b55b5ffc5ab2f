import { expect, test } from 'vitest';
import { foldTrouble, NO_DEVICES } from './devices.ts';
import { fakeClock } from './fakes/fakeClock.ts';
import { fakeDevices, tracksOf, type FakeTrack } from './fakes/fakeDevices.ts';
import { AISHA, liveLesson, MAYA, personIn } from './fakes/fakeLesson.ts';
import { createLocalMedia } from './localMedia.ts';

async function create() {
	const clock = fakeClock();
	const devices = fakeDevices();
	const media = createLocalMedia(devices, clock, {
		onChange: () => undefined,
		onTrack: () => undefined,
		onTrouble: () => undefined,
		onOther: () => undefined
	});
	await media.turnOn({ microphone: 'on', camera: true });
	const sent = () => tracksOf(media.outgoing()).map(({ kind, source }) => `${kind}:${source}`);
	const newest = (kind: 'audio' | 'video') =>
		devices.made.findLast((track: FakeTrack) => track.kind === kind && track.source === 'device')!;
	return { clock, devices, media, sent, newest };
}

test('[T6] [P11] an unplugged camera is told, and one click brings it back when it is there again', async () => {
	const { clock, devices, media, sent, newest } = await create();
	devices.present.camera = false;
	newest('video').end();
	expect(media.view().camera).toMatchObject({ name: 'failed', failure: 'gone', available: false });
	// Sound goes on as it was, and others see no black picture but that there is no camera.
	expect(sent()).toEqual(['audio:device', 'video:placeholder']);
	expect(media.media()).toEqual({ microphone: true, camera: false, screen: false });
	await clock.advance(5_000);
	expect(media.view().camera).toMatchObject({ available: false });

	devices.present.camera = true;
	devices.changed();
	await clock.advance(0);
	// Not by itself: nobody's camera turns on because it was plugged in.
	expect(media.view().camera).toMatchObject({ name: 'failed', available: true });
	await media.retry('camera');
	expect(media.view().camera).toEqual({ name: 'on' });
	expect(sent()).toEqual(['audio:device', 'video:device']);
});

test('[T6] [P11] where another microphone is left, it is offered; a muted one comes back muted', async () => {
	const { clock, media, newest } = await create();
	await media.setMicrophone(false);
	newest('audio').end();
	await clock.advance(1_500);
	expect(media.view().microphone).toMatchObject({ failure: 'gone', available: true });
	await media.retry();
	expect(media.view().microphone).toEqual({ name: 'muted' });
	expect(newest('audio').enabled).toBe(false);
	await media.setMicrophone(true);
	expect(newest('audio').enabled).toBe(true);
});

test('[T6] [P11] a permission taken back in a call is told as that; granted again one click is enough', async () => {
	const { clock, devices, media, newest } = await create();
	devices.permissions.camera = 'revoked';
	newest('video').end();
	await clock.advance(1_500);
	expect(media.view().camera).toMatchObject({ failure: 'revoked', available: false });
	expect(media.view().microphone).toEqual({ name: 'on' });
	devices.permissions.camera = 'granted';
	devices.changed();
	await clock.advance(0);
	expect(media.view().camera).toMatchObject({ failure: 'revoked', available: true });
});

test('[T6] a track that the system keeps silent for long is told, and goes on by itself', async () => {
	const { clock, media, sent, newest } = await create();
	newest('video').setPaused(true);
	await clock.advance(2_000);
	newest('video').setPaused(false);
	newest('video').setPaused(true);
	await clock.advance(2_900);
	expect(media.view().camera).toEqual({ name: 'on' });
	await clock.advance(200);
	expect(media.view().camera).toMatchObject({ failure: 'paused' });
	expect(media.media().camera).toBe(false);
	expect(sent()).toEqual(['audio:device', 'video:placeholder']);
	newest('video').setPaused(false);
	expect(media.view().camera).toEqual({ name: 'on' });
	expect(sent()).toEqual(['audio:device', 'video:device']);
});

test('[T6] one that is held back by the system is let go before it is asked for anew', async () => {
	const { clock, media, newest } = await create();
	const first = newest('audio');
	first.setPaused(true);
	await clock.advance(4_000);
	await media.retry();
	expect(media.view().microphone).toEqual({ name: 'on' });
	expect(first.readyState).toBe('ended');
	first.setPaused(false);
	expect(media.view().microphone).toEqual({ name: 'on' });
});

test('[T6] a request that is not answered is told; a late answer still counts', async () => {
	const { clock, devices, media } = await create();
	await media.setCamera(false);
	let give = () => {};
	devices.held = new Promise<void>((resolve) => (give = resolve));
	const opening = media.setCamera(true);
	await clock.advance(19_000);
	expect(media.view().camera).toEqual({ name: 'asking' });
	await clock.advance(2_000);
	expect(media.view().camera).toMatchObject({ failure: 'unanswered' });
	expect(media.media().camera).toBe(false);
	give();
	await opening;
	expect(media.view().camera).toEqual({ name: 'on' });
});

test('[T6] whoever goes on without it gets no late answer, and hears of it again when it is there', async () => {
	const { clock, devices, media, newest } = await create();
	devices.present.camera = false;
	newest('video').end();
	media.accept();
	await clock.advance(1_500);
	expect(media.view().camera).toMatchObject({ failure: 'gone', accepted: true });
	devices.present.camera = true;
	devices.changed();
	await clock.advance(0);
	expect(media.view().camera).toMatchObject({ available: true, accepted: false });

	let give = () => {};
	devices.held = new Promise<void>((resolve) => (give = resolve));
	const opening = media.retry();
	await clock.advance(21_000);
	media.accept();
	give();
	await opening;
	expect(media.view().camera).toMatchObject({ failure: 'unanswered', accepted: true });
	expect(newest('video').readyState).toBe('ended');
});

test('[C5] what is surely coming is told at the click, a first request not before it is granted', async () => {
	const { devices, media } = await create();
	await media.setCamera(false);
	let give = () => {};
	devices.held = new Promise<void>((resolve) => (give = resolve));
	const again = media.setCamera(true);
	expect(media.media().camera).toBe(true);
	give();
	await again;
	const fresh = createLocalMedia(devices, fakeClock(), {
		onChange: () => undefined,
		onTrack: () => undefined,
		onTrouble: () => undefined,
		onOther: () => undefined
	});
	devices.held = new Promise<void>((resolve) => (give = resolve));
	const first = fresh.setCamera(true);
	expect(fresh.media().camera).toBe(false);
	give();
	await first;
	expect(fresh.media().camera).toBe(true);
});

test('[C5] the others are told before the tracks are changed', async () => {
	const order: string[] = [];
	const devices = fakeDevices();
	const media = createLocalMedia(devices, fakeClock(), {
		onChange: () => order.push(`told ${media.media().camera ? 'on' : 'off'}`),
		onTrack: (kind) => order.push(`sends other ${kind}`),
		onTrouble: () => undefined,
		onOther: () => undefined
	});
	await media.turnOn({ microphone: 'off', camera: true });
	media.outgoing();
	order.length = 0;
	await media.setCamera(false);
	expect(order).toEqual(['told off', 'sends other video']);
});

test('[T6] in the room: audio only, and the other side sees that the camera is off', async () => {
	const { clock, maya, liam } = await liveLesson();
	maya.devices.failing.camera = 'NotReadableError';
	await maya.room.turnOnDevices();
	await maya.room.continueWithout();
	await clock.advance(100);
	expect(maya.room.view().devices).toMatchObject({
		microphone: { name: 'on' },
		camera: { name: 'failed', failure: 'busy', accepted: true }
	});
	expect(personIn(liam.room, MAYA)?.media).toEqual({ microphone: true, camera: false, screen: false });
});

test('[T6] audio only tries a microphone that was never asked for', async () => {
	const { maya } = await liveLesson();
	maya.devices.failing.camera = 'NotFoundError';
	await maya.room.setCamera(true);
	expect(maya.room.view().devices.microphone).toEqual({ name: 'off' });
	await maya.room.continueWithout();
	expect(maya.room.view().devices.microphone).toEqual({ name: 'on' });
});

test('[T6] audio only after both were refused asks for the microphone alone, and says so where that is refused too', async () => {
	const { maya } = await liveLesson();
	Object.assign(maya.devices.failing, { camera: 'NotAllowedError', microphone: 'NotAllowedError' });
	await maya.room.turnOnDevices();
	await maya.room.continueWithout(true);
	const done = { name: 'failed', failure: 'denied', accepted: true };
	expect(maya.room.view().devices).toMatchObject({ microphone: done, camera: done });
	expect(maya.room.view().notices.at(-1)?.text).toBe(
		'Your microphone cannot be used either. You hear the others; they do not hear you.'
	);
	maya.devices.failing.microphone = null;
	await maya.room.continueWithout(true);
	expect(maya.room.view().devices).toMatchObject({ microphone: { name: 'on' }, camera: done });
});

test('[F9] what failed is kept for the recap until it works, and nothing is said before anything was tried', () => {
	const failed = (failure: 'denied' | 'gone') =>
		({ name: 'failed', failure, available: false, accepted: false }) as const;
	expect(foldTrouble(undefined, NO_DEVICES)).toBeUndefined();
	expect(foldTrouble(undefined, { ...NO_DEVICES, camera: { name: 'asking' } })).toBeUndefined();
	const both = foldTrouble(undefined, { microphone: failed('denied'), camera: failed('denied') });
	expect(both).toEqual({ camera: 'denied', microphone: 'denied' });
	// Asked for once more, or let go of: still without.
	expect(foldTrouble(both, { microphone: { name: 'asking' }, camera: { name: 'off' } })).toEqual(both);
	const heard = foldTrouble(both, { microphone: { name: 'muted' }, camera: failed('gone') });
	expect(heard).toEqual({ camera: 'gone' });
	expect(foldTrouble(heard, { microphone: { name: 'off' }, camera: { name: 'on' } })).toBeNull();
	expect(foldTrouble(undefined, { ...NO_DEVICES, camera: { name: 'on' } })).toBeNull();
});

test('[F9] the server is told what is wrong with one’s devices, and that it is over', async () => {
	const { clock, server, maya, enter } = await liveLesson();
	const aisha = enter(AISHA);
	await clock.advance(100);
	const known = () => server.seats.get('aisha')?.deviceTrouble;
	aisha.devices.failing.camera = 'NotAllowedError';
	aisha.devices.failing.microphone = 'NotAllowedError';
	await aisha.room.turnOnDevices();
	aisha.room.join();
	await clock.advance(200);
	expect(known()).toEqual({ camera: 'denied', microphone: 'denied' });
	expect(personIn(maya.room, AISHA)?.deviceTrouble).toEqual(known());

	// A page that was loaded anew and asks for nothing does not wipe it out.
	const again = enter(AISHA);
	await clock.advance(100);
	again.room.join();
	await clock.advance(200);
	server.seats.set('aisha', { ...server.seats.get('aisha')!, deviceTrouble: { camera: 'denied' } });
	again.room.raiseHand(true);
	await clock.advance(200);
	expect(known()).toEqual({ camera: 'denied' });
	await again.room.setCamera(true);
	await clock.advance(200);
	expect(known()).toBeNull();
});
