import { expect, test } from 'vitest';
import { tracksOf, type FakeTrack } from './fakes/fakeDevices.ts';
import { fakeLesson, LIAM, MAYA, personIn } from './fakes/fakeLesson.ts';

/** Maya and Liam in the lobby with their devices on; the path between them has been tried. */
async function lobby() {
	const lesson = fakeLesson();
	const maya = lesson.enter(MAYA);
	await lesson.clock.advance(100);
	const liam = lesson.enter(LIAM);
	for (const { room } of [maya, liam]) await room.turnOnDevices();
	await lesson.clock.advance(1_000);
	return { ...lesson, maya, liam };
}

const sources = (tracks: (MediaStreamTrack | undefined)[]) =>
	tracks.map((track) => (track as unknown as FakeTrack | undefined)?.source);

test('[L4] [C1] in the lobby the path is tried with nothing of camera and microphone, and nobody is seen', async () => {
	const { exchange, clock, maya, liam } = await lobby();
	expect(personIn(maya.room, LIAM)).toMatchObject({
		path: 'ready',
		call: 'waiting',
		stream: null,
		trouble: null
	});
	expect(personIn(liam.room, MAYA)).toMatchObject({ path: 'ready', call: 'waiting', stream: null });
	const [call, ...more] = exchange.running();
	expect(more).toEqual([]);
	for (const end of [call, call?.other]) {
		expect(sources([end?.sent.audio, end?.sent.video])).toEqual(['placeholder', 'placeholder']);
	}
	// Devices that come and go in the lobby are nobody else's business.
	await maya.room.setCamera(false);
	await maya.room.setCamera(true);
	await clock.advance(100);
	expect(sources([call?.sent.video])).toEqual(['placeholder']);
	expect(maya.room.view().health.name).toBe('fine');
});

test('[L4] [L5] after the start the same call carries the devices, at once and without another one', async () => {
	const { exchange, clock, maya, liam } = await lobby();
	await maya.room.start();
	await clock.advance(100);
	expect(exchange.made).toHaveLength(1);
	const [call] = exchange.running();
	for (const end of [call, call?.other]) {
		expect(sources([end?.sent.audio, end?.sent.video])).toEqual(['device', 'device']);
		expect(end?.limit).toMatchObject({ maxBitrate: 1_500_000 });
	}
	for (const [page, other] of [
		[maya, LIAM],
		[liam, MAYA]
	] as const) {
		expect(personIn(page.room, other)).toMatchObject({ call: 'connected', path: 'ready' });
		expect(tracksOf(personIn(page.room, other)?.stream ?? null)).toHaveLength(2);
	}
});

test('[L4] [T4] a path that is lost in the lobby is tried anew, and one that cannot be found is said to be so', async () => {
	const { exchange, clock, maya, liam } = await lobby();
	exchange.cutPath(true);
	await clock.advance(60_000);
	expect(personIn(maya.room, LIAM)?.path).not.toBe('ready');
	expect(maya.room.view().health.name).toBe('fine');
	exchange.cutPath(false);
	await clock.advance(10_000);
	for (const [page, other] of [
		[maya, LIAM],
		[liam, MAYA]
	] as const)
		expect(personIn(page.room, other)?.path).toBe('ready');
	expect(exchange.running()).toHaveLength(1);

	const blocked = fakeLesson();
	blocked.exchange.blocked = true;
	const here = blocked.enter(MAYA);
	await blocked.clock.advance(100);
	blocked.enter(LIAM);
	await blocked.clock.advance(1_000);
	expect(personIn(here.room, LIAM)?.path).toBe('trying');
	await blocked.clock.advance(60_000);
	expect(personIn(here.room, LIAM)?.path).toBe('failing');
});

test('[L4] a start that comes before the path is found changes what the call carries on its way', async () => {
	const { exchange, clock, enter } = fakeLesson();
	const maya = enter(MAYA);
	await clock.advance(100);
	const liam = enter(LIAM);
	for (const { room } of [maya, liam]) await room.turnOnDevices();
	await clock.advance(3);
	await maya.room.start();
	await clock.advance(500);
	expect(exchange.running()).toHaveLength(1);
	for (const end of [exchange.running()[0], exchange.running()[0]?.other])
		expect(sources([end?.sent.audio, end?.sent.video])).toEqual(['device', 'device']);
	expect(personIn(maya.room, LIAM)?.call).toBe('connected');
	expect(personIn(liam.room, MAYA)?.call).toBe('connected');
});

test('whoever leaves the lobby hangs up', async () => {
	const { exchange, clock, maya } = await lobby();
	maya.room.close();
	await clock.advance(100);
	expect(exchange.running()).toEqual([]);
	expect(maya.devices.made.every((track) => track.readyState === 'ended')).toBe(true);
});
