import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { jsonBytes, type BoardElement } from '../../src/lib/shared/board.ts';
import { anElement, aStroke, deleted } from '../../src/lib/shared/boardFixture.ts';
import { BOARD_FRAME_MAX_BYTES } from '../../src/lib/shared/boardLimits.ts';
import { boardInTable, deliver, fillBoard, followBoard } from '../support/boardClient.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { measured } from '../support/rounds.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

let world: World;
const clients: LiveClient[] = [];

beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await Promise.all(clients.map((client) => client.close()));
	await world.close();
});

function open(person: Person): LiveClient {
	const client = openClient(world.url, person);
	clients.push(client);
	return client;
}

async function runningLesson(): Promise<{ lesson: Lesson; mentor: LiveClient; learner: LiveClient }> {
	const lesson = await world.classroom();
	const mentor = open(lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	return { lesson, mentor, learner: open(lesson.learners[0]!) };
}

const put = (client: LiveClient, { roomCode }: Lesson, elements: BoardElement[]) =>
	client.trpc.board.put.mutate({ roomCode, elements });
const ellipse = (id: string, given: object = {}) => anElement('ellipse', { id, ...given });
const moved = (element: BoardElement, nonce: number) => ({
	...ellipse(element.id, { version: element.version + 1, nonce }),
	data: { ...ellipse('').data, x: nonce % 1_000 }
});
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe('following', () => {
	test.each([1, 60, 700])('[T3] [X3] after a gap of %i changes the board is whole again', async (gap) => {
		const { lesson, mentor, learner } = await runningLesson();
		await put(
			mentor,
			lesson,
			upTo(10).map((n) => ellipse(`before-${n}`))
		);
		const first = followBoard(learner, lesson);
		await until(() => expect(first.seqs).toHaveLength(10));
		first.stop();
		await put(mentor, lesson, [deleted(ellipse('before-1')), ellipse('before-2', { version: 2 })]);
		for (let n = 0; n < gap; n += 50) {
			const many = upTo(Math.min(50, gap - n));
			await put(
				mentor,
				lesson,
				many.map((i) => ellipse(`gap-${n + i}`))
			);
		}
		const rest = followBoard(learner, lesson, { lastEventId: first.place() });
		await until(() => expect(rest.caughtUp()).toBe(1));
		expect(rest.seqs).toEqual(upTo(gap + 2).map((n) => n + 10));
		expect(rest.board().get('before-1')).toMatchObject({ deleted: true, data: null });
		const late = followBoard(learner, lesson);
		await until(() => expect(late.caughtUp()).toBe(1));
		expect(late.shown()).toEqual(await boardInTable(world, lesson));
		expect(Object.keys(late.shown())).toHaveLength(9 + gap);
	});

	test('[T3] cut again and again while two draw: every change once, the same board for all', async () => {
		const { lesson, mentor, learner } = await runningLesson();
		const readers = [open(lesson.mentor), open(lesson.learners[0]!)];
		const followed = readers.map((reader) => followBoard(reader, lesson));
		let busy = true;
		const writing = [mentor, learner].map(async (writer, w) => {
			for (let n = 0; n < 80; n += 1) {
				const element = ellipse(`${w}-${n % 20}`, { version: 1 + Math.floor(n / 20), nonce: n });
				await deliver(writer, lesson, [element]);
			}
		});
		const all = Promise.all(writing).then(() => (busy = false));
		for (let cut = 0; busy; cut += 1) {
			const reader = cut % readers.length;
			const before = followed[reader]!.seqs.length;
			await until(() => expect(!busy || followed[reader]!.seqs.length > before + 5).toBe(true));
			readers[reader]!.cut();
		}
		await all;
		const table = await boardInTable(world, lesson);
		for (const { shown, seqs } of followed) {
			await until(() => expect(shown()).toEqual(table));
			expect(new Set(seqs).size).toBe(seqs.length);
			expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
		}
		expect(Object.keys(table)).toHaveLength(40);
	});

	test('[X3] [K1] killed in mid-stroke and started again: everything acknowledged is there, the rest arrives', async () => {
		const { lesson, mentor, learner } = await runningLesson();
		const followed = followBoard(learner, lesson);
		const acknowledged: string[] = [];
		// Three at once and no more: what is sent in one go shares a frame, and frames are limited.
		const drawing = [0, 20, 40].map(async (from) => {
			for (const n of upTo(20)) {
				await deliver(mentor, lesson, [aStroke(`stroke-${from + n}`, 300, n)]);
				acknowledged.push(`stroke-${from + n}`);
			}
		});
		await until(() => expect(acknowledged.length).toBeGreaterThan(0));
		await world.restart(async () => {
			const survived = Object.keys(await boardInTable(world, lesson));
			expect(survived).toEqual(expect.arrayContaining(acknowledged));
		});
		await Promise.all(drawing);
		const table = await boardInTable(world, lesson);
		expect(Object.keys(table).sort()).toEqual(
			upTo(60)
				.map((n) => `stroke-${n}`)
				.sort()
		);
		await until(() => expect(followed.shown()).toEqual(table));
	}, 120_000);

	test('[T3] a place that is not on this board (any more) is refused, so that the reader starts over', async () => {
		const { lesson, mentor } = await runningLesson();
		await put(mentor, lesson, [ellipse('a'), ellipse('b')]);
		for (const lastEventId of ['3.1', '2.1']) {
			const reader = followBoard(mentor, lesson, { lastEventId });
			await until(() => expect(reader.refused()).toBe('log-restored'));
		}
	});

	test.each([1_000, 5_000])(
		'[X4] %i objects come in parts of at most 32 kB',
		async (count) => {
			const { lesson, learner } = await runningLesson();
			await fillBoard(world, lesson, count);
			const at = performance.now();
			const { caughtUp, board } = followBoard(learner, lesson);
			await until(() => expect(caughtUp()).toBe(1));
			measured(
				`[X4] joining a board of ${count} objects, on the wire`,
				'ms',
				performance.now() - at,
				'< 2 s'
			);
			measured(`[X4] its bytes`, 'MB', jsonBytes([...board().values()]) / 1e6, '');
			expect(board().size).toBe(count);
			expect(learner.largestFrame()).toBeLessThanOrEqual(BOARD_FRAME_MAX_BYTES);
			// Not with drops either: two in one message, one in the next would cost ten times as much.
			expect(learner.largestFrame()).toBeGreaterThan(BOARD_FRAME_MAX_BYTES * 0.9);
		},
		120_000
	);
});

describe('putting', () => {
	test('[X3] two who move one element together, 50 rounds: it ends in the same place for all', async () => {
		const { lesson, mentor, learner } = await runningLesson();
		const people = [mentor, learner].map((client) => ({ client, followed: followBoard(client, lesson) }));
		await put(mentor, lesson, [ellipse('both')]);
		for (const { followed } of people) await until(() => expect(followed.board().size).toBe(1));
		for (let round = 0; round < 50; round += 1) {
			await Promise.all(
				people.map(({ client, followed }, i) =>
					deliver(client, lesson, [
						moved(followed.board().get('both')!, Math.floor(Math.random() * 1e6) * 2 + i)
					])
				)
			);
		}
		const table = await boardInTable(world, lesson);
		for (const { followed } of people) await until(() => expect(followed.shown()).toEqual(table));
		expect(table.both!.version).toBeGreaterThan(10);
	});

	test('[X2] [X3] locked, over, foreign, wrong and too large are refused, each by its name', async () => {
		const { lesson, mentor, learner } = await runningLesson();
		const { roomCode } = lesson;
		const tries = async (client: LiveClient, ...elements: unknown[]) =>
			outcome(put(client, lesson, elements as BoardElement[]));
		const lock = (locked: boolean) =>
			mentor.trpc.board.lock.mutate({ roomCode, clientId: createId(), locked });
		await lock(true);
		expect(await tries(learner, ellipse('a'))).toBe('board-locked');
		expect(await tries(mentor, ellipse('a'))).toBe('ok');
		await lock(false);
		expect(await tries(learner, ellipse('b'))).toBe('ok');

		const stranger = open(await world.person('learner'));
		expect(await tries(stranger, ellipse('c'))).toBe('not-found');
		expect(await tries(learner, { ...ellipse('c'), link: 'https://example.org' })).toBe('bad-input');
		expect(await tries(learner, anElement('image', { id: 'c' }))).toBe('bad-input');
		expect(await tries(learner, aStroke('c', 2_001))).toBe('bad-input');
		const large = aStroke('c', 2_000, 123.45);
		const wide = { ...large, data: { ...large.data, pressures: Array(2_000).fill(0.123) } };
		expect(await tries(learner, wide)).toBe('too-large');
		expect(await tries(learner, ...upTo(3).map((n) => aStroke(`c${n}`, 1_000)))).toBe('too-large');

		await mentor.trpc.room.end.mutate({ roomCode });
		expect(await tries(learner, ellipse('d'))).toBe('session-over');
		expect(await tries(mentor, ellipse('d'))).toBe('session-over');
		expect(Object.keys(await boardInTable(world, lesson))).toEqual(['a', 'b']);
		// For good: the board stays for its members.
		const later = followBoard(learner, lesson);
		await until(() => expect(Object.keys(later.shown())).toEqual(['a', 'b']));
	});

	test('[S3] who puts faster than anybody draws is told to wait, and nobody else', async () => {
		const { lesson, mentor, learner } = await runningLesson();
		const flood: string[] = [];
		for (let n = 0; n < 400; n += 100) {
			const many = upTo(100).map((i) => outcome(put(learner, lesson, [ellipse(`f${n + i}`)])));
			flood.push(...(await Promise.all(many)));
		}
		expect(new Set(flood)).toEqual(new Set(['ok', 'too-many']));
		expect(await outcome(put(mentor, lesson, [ellipse('m')]))).toBe('ok');
		await deliver(learner, lesson, [ellipse('later')]);
		const ok = flood.filter((result) => result === 'ok').length;
		expect(Object.keys(await boardInTable(world, lesson))).toHaveLength(ok + 2);
	});

	test('[S3] a reader that stops is in nobody’s way and has the same board later', async () => {
		const { lesson, mentor, learner } = await runningLesson();
		const slow = open(lesson.learners[0]!);
		const [slowBoard, other] = [followBoard(slow, lesson), followBoard(learner, lesson)];
		await until(() => expect([slowBoard.caughtUp(), other.caughtUp()]).toEqual([1, 1]));
		slow.pause();
		for (let n = 0; n < 100; n += 1)
			await deliver(mentor, lesson, [aStroke(`s${n % 60}`, 1_200, n)].map(versioned(n)));
		const table = await boardInTable(world, lesson);
		await until(() => expect(other.shown()).toEqual(table));
		expect(slowBoard.board().size).toBeLessThan(60);
		slow.resume();
		await until(() => expect(slowBoard.shown()).toEqual(table));
	}, 120_000);

	const versioned = (n: number) => (element: BoardElement) => ({
		...element,
		version: 1 + Math.floor(n / 60)
	});
});
