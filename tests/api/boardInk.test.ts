import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DrawInput, DrawMessage } from '../../src/lib/shared/boardInk.ts';
import type { LiveMessage } from '../../src/lib/shared/live.ts';
import { boardInTable } from '../support/boardClient.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

let world: World;
const clients: LiveClient[] = [];

beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await Promise.all(clients.map((client) => client.close()));
	await world.close();
});

/** A lesson that runs, everybody in their seats. */
async function seated(names = ['Maya', 'Ann', 'Ben']) {
	const lesson = await world.classroom({ names });
	const people = [lesson.mentor, ...lesson.learners].map((person) => {
		const client = openClient(world.url, person);
		clients.push(client);
		return { person, client, live: client.followLive(lesson) };
	});
	for (const { live } of people) await until(() => expect(live.people()).toHaveLength(names.length));
	await people[0]!.client.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	return { lesson, people };
}

const draw = (
	of: { client: LiveClient; live: { seatId: string } },
	{ roomCode }: Lesson,
	given: Partial<DrawInput>
) => of.client.trpc.board.draw.mutate({ roomCode, seatId: of.live.seatId, ...given });
const drawn = (messages: LiveMessage[]) =>
	messages.filter(
		(message): message is DrawMessage =>
			message.type === 'ink' || message.type === 'cursor' || message.type === 'boardView'
	);
const ink = (from: number, count = 1) => ({
	strokeId: 'stroke',
	pageId: 'p1',
	kind: 'pen' as const,
	color: '#1e1e1e',
	width: 2,
	from,
	points: Array.from({ length: count }, (_, i) => [from + i, 0, 0.5]).flat()
});
const cursor = (x: number) => ({ pageId: 'p1', x, y: 0, tool: 'pen' });

test('[X3] ink reaches all others in the room while it is drawn, and nobody else', async () => {
	const { lesson, people } = await seated();
	const elsewhere = await seated(['Ines', 'Omar']);
	const [maya, ann, ben] = people;
	await draw(ann!, lesson, {
		ink: ink(0, 3),
		cursor: cursor(1),
		view: { pageId: 'p1', x: 0, y: 0, zoom: 2 }
	});
	const from = { fromUserId: ann!.person.id, fromSeatId: ann!.live.seatId };
	for (const { live } of [maya!, ben!]) {
		await until(() => expect(drawn(live.got)).toHaveLength(3));
		expect(drawn(live.got)).toEqual([
			{ ...from, type: 'ink', ink: ink(0, 3) },
			{ ...from, type: 'cursor', cursor: cursor(1) },
			{ ...from, type: 'boardView', view: { pageId: 'p1', x: 0, y: 0, zoom: 2 } }
		]);
	}
	// What was sent after it has come: it is not on its way either.
	await draw(maya!, lesson, { cursor: null });
	await until(() => expect(drawn(ann!.live.got)).toHaveLength(1));
	await draw(elsewhere.people[0]!, elsewhere.lesson, { cursor: null });
	await until(() => expect(drawn(elsewhere.people[1]!.live.got)).toHaveLength(1));
	expect(drawn(elsewhere.people[0]!.live.got)).toEqual([]);
	expect(await boardInTable(world, lesson)).toEqual({});
	expect((await world.log(lesson)).every(({ type }) => type !== 'chat.message')).toBe(true);
});

test('[X3] whoever draws for others to see has a seat in a live lesson, and is who the server knows', async () => {
	const { lesson, people } = await seated();
	const [maya, ann] = people;
	const forged = { client: ann!.client, live: maya!.live };
	expect(await outcome(draw(forged, lesson, { cursor: null }))).toBe('no-seat');
	expect(await outcome(draw(ann!, lesson, { ink: { ...ink(0), color: 'url(#x)' } }))).toBe('bad-input');
	await maya!.client.trpc.board.lock.mutate({ roomCode: lesson.roomCode, clientId: 'lock', locked: true });
	expect(await outcome(draw(ann!, lesson, { ink: ink(0) }))).toBe('board-locked');
	expect(await outcome(draw(ann!, lesson, { ink: { ...ink(0), kind: 'laser' } }))).toBe('ok');
	await maya!.client.trpc.room.end.mutate({ roomCode: lesson.roomCode });
	expect(await outcome(draw(ann!, lesson, { cursor: null }))).toBe('session-over');
});

test('[S3] 40 a second and no more; the others go on', async () => {
	const { lesson, people } = await seated();
	const [maya, ann, ben] = people;
	const flood: string[] = [];
	for (let n = 0; n < 300; n += 100) {
		const many = Array.from({ length: 100 }, (_, i) => outcome(draw(ann!, lesson, { ink: ink(n + i) })));
		flood.push(...(await Promise.all(many)));
	}
	expect(new Set(flood)).toEqual(new Set(['ok', 'too-many']));
	expect(flood.filter((result) => result === 'ok').length).toBeLessThan(300);
	expect(await outcome(draw(maya!, lesson, { cursor: cursor(7) }))).toBe('ok');
	await until(() => expect(drawn(ben!.live.got).some(({ type }) => type === 'cursor')).toBe(true));
});

test('[S3] a reader that stops loses ink, not the room: later it gets the newest cursor and everything else', async () => {
	const { lesson, people } = await seated();
	const [maya, ann, ben] = people;
	ben!.client.pause();
	for (let n = 0; n < 60; n += 1) {
		if ((await outcome(draw(ann!, lesson, { ink: ink(n * 100, 100), cursor: cursor(n) }))) === 'too-many')
			await until(async () => expect(await outcome(draw(ann!, lesson, { cursor: cursor(n) }))).toBe('ok'));
	}
	await until(() =>
		expect(drawn(maya!.live.got).findLast(({ type }) => type === 'cursor')).toMatchObject({
			cursor: cursor(59)
		})
	);
	ben!.client.resume();
	await until(() =>
		expect(drawn(ben!.live.got).findLast(({ type }) => type === 'cursor')).toMatchObject({
			cursor: cursor(59)
		})
	);
	await ann!.client.trpc.room.update.mutate({
		roomCode: lesson.roomCode,
		seatId: ann!.live.seatId,
		handRaised: true
	});
	await until(() => expect(ben!.live.people().some(({ handRaised }) => handRaised)).toBe(true));
});
