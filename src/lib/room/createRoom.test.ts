import { expect, test } from 'vitest';
import type { FakeTrack } from './fakes/fakeDevices.ts';
import { AISHA, fakeLesson, LIAM, liveLesson, MAYA, personIn } from './fakes/fakeLesson.ts';

const texts = (notices: { text: string }[]) => notices.map((notice) => notice.text);

test('a lesson from lobby to end', async () => {
	const { clock, exchange, enter } = fakeLesson();
	const maya = enter(MAYA);
	await clock.advance(100);
	const liam = enter(LIAM);
	await clock.advance(100);
	expect(maya.room.view().phase).toEqual({ name: 'lobby' });
	expect(texts(maya.room.view().notices)).toEqual(['Liam Chen is waiting in the room']);
	expect(texts(liam.room.view().notices)).toEqual([]);
	// Nobody is seen before the lesson; the path to the other one is only tried (rehearsal.test.ts).
	for (const { room } of [maya, liam])
		expect(room.view().people.every(({ call, stream }) => call === 'waiting' && stream === null)).toBe(true);

	await maya.room.turnOnDevices();
	await maya.room.start();
	await clock.advance(500);
	for (const { room } of [maya, liam]) {
		expect(room.view().phase).toEqual({ name: 'inRoom' });
		expect(room.view().session.status).toBe('live');
		expect(room.view().mediaReady).toBe(true);
	}
	// The earlier arrival called, once.
	expect(exchange.made).toHaveLength(1);
	expect(personIn(maya.room, LIAM)).toMatchObject({ call: 'connected' });
	expect(personIn(liam.room, MAYA)).toMatchObject({
		call: 'connected',
		media: { microphone: true, camera: true, screen: false }
	});
	const sent = Object.values(exchange.made[0]?.sent ?? {}).map((track) => track as unknown as FakeTrack);
	expect(sent.map((track) => [track.kind, track.source])).toEqual([
		['audio', 'device'],
		['video', 'device']
	]);

	liam.room.say('Hello');
	await clock.advance(50);
	maya.room.say('Hello Liam');
	await clock.advance(50);
	for (const { room } of [maya, liam]) {
		expect(room.view().chat.map(({ text, state }) => [text, state])).toEqual([
			['Hello', 'sent'],
			['Hello Liam', 'sent']
		]);
	}

	await maya.room.end();
	await clock.advance(100);
	for (const { room, devices } of [maya, liam]) {
		expect(room.view().phase).toMatchObject({ name: 'ended', reason: 'mentor' });
		expect(room.view().people).toEqual([]);
		expect(devices.made.every((track) => track.readyState === 'ended')).toBe(true);
	}
	expect(exchange.running()).toHaveLength(0);
});

test('[C2] three people make a mesh of three calls, smaller than for two', async () => {
	const { clock, exchange, enter, maya, liam } = await liveLesson();
	expect(exchange.made[0]?.limit).toMatchObject({ maxBitrate: 1_500_000 });
	const aisha = enter(AISHA);
	await clock.advance(100);
	expect(aisha.room.view().phase).toEqual({ name: 'joining' });
	expect(personIn(maya.room, AISHA)).toBeUndefined();
	aisha.room.join();
	await clock.advance(500);
	for (const { room } of [maya, liam, aisha]) {
		const others = room.view().people.filter((person) => !person.isMe);
		expect(others.map((person) => person.call)).toEqual(['connected', 'connected']);
	}
	expect(exchange.running()).toHaveLength(3);
	expect(exchange.made.every((call) => call.limit?.maxWidth === 640)).toBe(true);
	expect(texts(maya.room.view().notices)).toContain('Aisha Rahman joined');
});

test('[C2] each is sent as much as they show, and more again when they pin it', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	const call = exchange.made[0]!;
	expect(call.limit?.maxWidth).toBe(1_280);
	liam.room.showing({ maya: 140 });
	await clock.advance(200);
	expect(call.limit).toMatchObject({ maxWidth: 320, maxBitrate: 150_000 });
	// Her own page shows him as before.
	expect(call.other?.limit?.maxWidth).toBe(1_280);
	liam.room.showing({ maya: 700 });
	await clock.advance(500);
	expect(call.limit?.maxWidth).toBe(320);
	await clock.advance(700);
	expect(call.limit?.maxWidth).toBe(1_280);
	const asked = liam.link.asked.update;
	liam.room.showing({ maya: 690 });
	await clock.advance(5_000);
	expect(liam.link.asked.update).toBe(asked);
	expect(maya.room.view().people.find((person) => !person.isMe)?.shows).toEqual({ maya: 'large' });
});

test('[C8] camera, microphone and screen come and go without a new call', async () => {
	const { clock, exchange, maya, liam } = await liveLesson();
	const sent = exchange.made[0]?.sent;
	const source = (track: unknown) => (track as { source: string }).source;
	expect([source(sent?.audio), source(sent?.video)]).toEqual(['placeholder', 'placeholder']);
	await maya.room.turnOnDevices();
	expect([source(sent?.audio), source(sent?.video)]).toEqual(['device', 'device']);
	await maya.room.startSharing();
	await clock.advance(50);
	expect(source(sent?.video)).toBe('screen');
	expect(personIn(liam.room, MAYA)?.media).toEqual({ microphone: true, camera: true, screen: true });

	// From the browser's own bar (spec C5).
	maya.devices.made.find((track) => track.source === 'screen')?.end();
	await clock.advance(50);
	expect(source(sent?.video)).toBe('device');
	expect(maya.room.view().devices.screen).toBe('off');
	expect(personIn(liam.room, MAYA)?.media.screen).toBe(false);

	await maya.room.setCamera(false);
	await clock.advance(50);
	const camera = maya.devices.made.find((track) => track.source === 'device' && track.kind === 'video');
	expect(camera?.readyState).toBe('ended');
	expect(source(sent?.video)).toBe('placeholder');
	expect(personIn(liam.room, MAYA)?.media).toEqual({ microphone: true, camera: false, screen: false });

	await maya.room.setMicrophone(false);
	expect(sent?.audio?.enabled).toBe(false);
	expect(maya.room.view().devices.microphone).toEqual({ name: 'muted' });
	expect(exchange.made).toHaveLength(1);
});

test('[L4] devices are never asked for on a first load, nor where a prompt would show', async () => {
	const { clock, enter } = fakeLesson();
	const first = enter(LIAM, undefined, true);
	await clock.advance(100);
	expect(first.devices.asked).toBe(0);
	await first.room.turnOnDevices();
	first.room.close();
	const again = enter(LIAM, first.storage, false);
	await clock.advance(100);
	expect(again.devices.asked).toBe(0);
});

test('[C3] leaving and coming back; the end reaches those who left too', async () => {
	const { clock, exchange, server, enter, maya, liam } = await liveLesson();
	liam.room.leave();
	await clock.advance(5_000);
	expect(liam.room.view().phase).toEqual({ name: 'left' });
	expect(exchange.running()).toHaveLength(0);
	expect(texts(maya.room.view().notices)).toContain('Liam Chen left');
	const reloaded = enter(LIAM, liam.storage);
	expect(reloaded.room.view().phase).toEqual({ name: 'joining' });
	liam.room.rejoin();
	await clock.advance(500);
	expect(exchange.running()).toHaveLength(1);
	liam.room.leave();
	await clock.advance(100);
	server.end('time');
	await clock.advance(100);
	expect(liam.room.view().phase).toMatchObject({ name: 'ended', reason: 'time' });
});

test('[L4] devices that come after leaving are let go again', async () => {
	const { clock, maya } = await liveLesson();
	let give = () => {};
	maya.devices.held = new Promise<void>((resolve) => (give = resolve));
	const asking = maya.room.turnOnDevices();
	maya.room.leave();
	give();
	await asking;
	await clock.advance(10);
	expect(maya.devices.made.every((track) => track.readyState === 'ended')).toBe(true);
	expect(maya.room.view().devices.camera).toEqual({ name: 'off' });
});

test('[M2] warnings come at ten, five and one minute, and again after an extension', async () => {
	const { clock, maya, liam } = await liveLesson();
	await clock.advance(56 * 60_000);
	expect(texts(liam.room.view().notices).slice(-2)).toEqual(['10 minutes left', '5 minutes left']);
	await maya.room.extend(5);
	await clock.advance(4 * 60_000);
	expect(texts(liam.room.view().notices).slice(-2)).toEqual([
		'The session was extended by 5 minutes',
		'5 minutes left'
	]);
});

test('[M2] the clock is the server’s, also when the local one is changed', async () => {
	const { clock, server, liam } = await liveLesson();
	clock.jump(12 * 3_600_000);
	const wrong = server.now;
	expect(Math.abs(liam.room.serverNow() - wrong())).toBeLessThan(5);
	server.now = () => wrong() - 12 * 3_600_000;
	await clock.advance(1_500);
	expect(Math.abs(liam.room.serverNow() - server.now())).toBeLessThan(5);
});

test('listeners hear the view at once and then no more often than the screen shows it', async () => {
	const { clock, liam, maya } = await liveLesson();
	let heard = 0;
	const stop = maya.room.subscribe(() => (heard += 1));
	expect(heard).toBe(1);
	for (let i = 0; i < 40; i += 1) liam.room.say(`message ${i}`);
	await clock.advance(1);
	expect(maya.room.view().chat).toHaveLength(40);
	expect(heard).toBeLessThan(5);
	stop();
	liam.room.say('unheard');
	const before = heard;
	await clock.advance(100);
	expect(heard).toBe(before);
});
