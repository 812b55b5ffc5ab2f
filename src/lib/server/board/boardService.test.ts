import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jsonBytes, type BoardElement } from '../../shared/board.ts';
import { anElement, aStroke, deleted } from '../../shared/boardFixture.ts';
import {
	BOARD_DRAWS_AT_ONCE,
	BOARD_FRAME_MAX_BYTES,
	BOARD_MAX_OBJECTS,
	BOARD_MAX_PAGES,
	BOARD_PUTS_AT_ONCE
} from '../../shared/boardLimits.ts';
import type { DrawMessage } from '../../shared/boardInk.ts';
import type { Row } from '../db/store.ts';
import { LIAM, MAYA, planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import type { Change } from './boardQueries.ts';
import { createBoard, type Board } from './boardService.ts';

let lesson: Lesson;
let session: Row<'sessions'>;
let board: Board;
let drawn: DrawMessage[];
let seats: Set<string>;

beforeEach(async () => {
	lesson = await planLesson();
	drawn = [];
	seats = new Set(['liams-seat', 'mayas-seat']);
	board = makeBoard();
	await lesson.sessions.start(await lesson.session());
	session = await lesson.session();
});
afterEach(() => lesson.close());

function makeBoard(options: Partial<Parameters<typeof createBoard>[0]> = {}): Board {
	const presence = {
		holdsSeat: (_room: string, _user: string, seatId: string) => seats.has(seatId),
		draw: (_room: string, _user: string, _seat: string, messages: DrawMessage[]) =>
			void drawn.push(...messages)
	};
	return createBoard({ ...lesson, presence, now: lesson.time.now, ...options });
}

const put = (elements: BoardElement[], by = LIAM) => board.put(session, by, elements);
const refused = (reason: string) => expect.objectContaining({ reason });
const ellipse = (id: string, given: object = {}) => anElement('ellipse', { id, ...given });
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** What a reader gets until it has caught up. */
async function read(after = 0, from = board): Promise<Change[][]> {
	const batches: Change[][] = [];
	for await (const batch of from.follow(session, after, new AbortController().signal)) {
		if (batch.length === 0) return batches;
		batches.push(batch);
	}
	return batches;
}
const elements = async (after = 0) => (await read(after)).flat().map(({ element }) => element);

/** Many at once, without spending an hour of somebody's allowance. */
async function fill(count: number, make: (n: number) => BoardElement, each = 50): Promise<void> {
	for (let n = 0; n < count; n += each) {
		await lesson.time.advance(100);
		await put(
			Array.from({ length: Math.min(each, count - n) }, (_, i) => make(n + i)),
			MAYA
		);
	}
}

describe('putting', () => {
	test('[X3] answers with what stands: one’s own, with its place, or the winner', async () => {
		expect(await put([ellipse('a'), ellipse('b', { version: 3, nonce: 5 })])).toEqual([
			{ id: 'a', version: 1, nonce: 1, seq: 1 },
			{ id: 'b', version: 3, nonce: 5, seq: 2 }
		]);
		const answer = await put([ellipse('b', { version: 3, nonce: 4 }), ellipse('a', { version: 2 })], MAYA);
		expect(answer).toEqual([
			{ id: 'b', version: 3, nonce: 5, seq: 2 },
			{ id: 'a', version: 2, nonce: 1, seq: 3 }
		]);
		expect(await elements()).toEqual([
			{ ...ellipse('b', { version: 3, nonce: 5 }), seq: 2, authorId: 'liam', changedBy: 'liam' },
			{ ...ellipse('a', { version: 2 }), seq: 3, authorId: 'liam', changedBy: 'maya' }
		]);
	});

	test('[X3] repeating is harmless, also 50 times at once', async () => {
		const answers = await Promise.all(upTo(50).map(() => put([ellipse('a')])));
		for (const answer of answers) expect(answer).toEqual([{ id: 'a', version: 1, nonce: 1, seq: 1 }]);
		expect(await elements()).toHaveLength(1);
	});

	test('[X3] nothing is published or answered before it is in the database', async () => {
		const follower = board.follow(session, 0, new AbortController().signal);
		await follower.next();
		const next = follower.next();
		await put([ellipse('a')]);
		const [seen] = (await next).value as Change[];
		expect(await elements()).toEqual([seen!.element]);
	});

	test('[X2] what was deleted keeps its id and version, no data, and is nothing to who comes later', async () => {
		await put([ellipse('a'), ellipse('b')]);
		await put([deleted(ellipse('a'))], MAYA);
		expect((await elements()).map(({ id }) => id)).toEqual(['b']);
		expect(await elements(1)).toMatchObject([{ id: 'b' }, { id: 'a', deleted: true, data: null, seq: 3 }]);
	});

	test('[X3] a deleted page comes also to who comes later, since something may be on it', async () => {
		const page = anElement('page', { id: 'p1' });
		await put([page, ellipse('a')]);
		await put([deleted(page)], MAYA);
		expect(await elements()).toMatchObject([{ id: 'a' }, { id: 'p1', deleted: true, data: page.data }]);
	});

	test('[S3] 5,000 objects and 50 pages are a full board; changing and deleting go on, and make room', async () => {
		await fill(BOARD_MAX_PAGES, (n) => anElement('page', { id: `p${n}` }));
		await expect(put([anElement('page', { id: 'one-more' })])).rejects.toEqual(refused('board-full'));
		await fill(BOARD_MAX_OBJECTS, (n) => ellipse(`e${n}`));
		await expect(put([ellipse('one-more')])).rejects.toEqual(refused('board-full'));
		await put([ellipse('e1', { version: 2 })]);
		await put([deleted(ellipse('e2')), ellipse('one-more')]);
		await expect(put([ellipse('two-more')])).rejects.toEqual(refused('board-full'));
		expect(await elements()).toHaveLength(BOARD_MAX_OBJECTS + BOARD_MAX_PAGES);
	});

	test('[S3] pages that were deleted or never made, and are there because something is on them, have an end', async () => {
		await fill(100, (n) => anElement('rectangle', { id: `r${n}`, pageId: `stray${n}` }));
		await expect(put([anElement('rectangle', { id: 'on-one-more', pageId: 'one-more' })])).rejects.toEqual(
			refused('board-full')
		);
		await expect(put([anElement('page', { id: 'page' })])).rejects.toEqual(refused('board-full'));
		await put([anElement('rectangle', { id: 'on-one-of-them', pageId: 'stray5' })]);
		await put([deleted(anElement('rectangle', { id: 'r7', pageId: 'stray7' }))]);
		await put([anElement('page', { id: 'page' }), anElement('rectangle', { id: 'on-it', pageId: 'page' })]);
	});

	test('[S3] too large and too many are said so, and do not harm what else is in the same commit', async () => {
		const large = aStroke('s', 2_000, 123.45);
		const wide = { ...large, data: { ...large.data, pressures: Array(2_000).fill(0.123) } };
		expect(jsonBytes(wide)).toBeGreaterThan(30_000);
		const results = await Promise.allSettled([
			put([ellipse('a')]),
			put([wide]),
			put([anElement('image', { id: 'foreign' })]),
			put([ellipse('b')])
		]);
		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
		expect(results[1]).toMatchObject({ reason: { reason: 'too-large' } });
		expect(results[2]).toMatchObject({ reason: { reason: 'bad-input' } });
		expect((await elements()).map(({ seq }) => seq)).toEqual([1, 2]);

		const flood = await Promise.allSettled(upTo(BOARD_PUTS_AT_ONCE).map((n) => put([ellipse(`f${n}`)])));
		expect(flood.filter(({ status }) => status === 'rejected')).not.toHaveLength(0);
		// Only whoever floods waits.
		await put([ellipse('maya')], MAYA);
		await lesson.time.advance(1_000);
		await put([ellipse('later')]);
		expect((await elements()).map(({ id }) => id)).toEqual(expect.arrayContaining(['maya', 'later']));
	});

	test('[X3] not before the lesson nor after it; what came before the end is still answered', async () => {
		const next = await lesson.planAnother();
		await expect(board.put(next, LIAM, [ellipse('a')])).rejects.toEqual(refused('not-live'));
		const answer = await put([ellipse('a')]);
		await lesson.sessions.end(session, 'mentor');
		await expect(put([ellipse('b')])).rejects.toEqual(refused('session-over'));
		expect(await put([ellipse('a')])).toEqual(answer);
		expect(await elements()).toHaveLength(1);
	});
});

describe('locking', () => {
	const lock = (locked: boolean, clientId: string) => board.lock(session, 'maya', clientId, locked);

	test('[X2] learners wait until it is unlocked, the mentor goes on; the log tells everybody', async () => {
		await put([ellipse('a')]);
		await lock(true, 'one');
		await expect(put([ellipse('b')])).rejects.toEqual(refused('board-locked'));
		// What was there is answered: an outbox that does not know of its success gets empty.
		expect(await put([ellipse('a')])).toHaveLength(1);
		await put([ellipse('m')], MAYA);
		await lock(false, 'two');
		await put([ellipse('b')]);
		const log = await lesson.roomLog.readAll(session.id);
		expect(log.filter(({ type }) => type === 'board.lock').map(({ payload }) => payload)).toEqual([
			{ locked: true },
			{ locked: false }
		]);
	});

	test('[X2] a repeated call does nothing, however late it comes', async () => {
		await lock(true, 'one');
		await lock(false, 'two');
		await lock(true, 'one');
		await put([ellipse('b')]);
		await expect(lock(false, 'one')).rejects.toEqual(refused('id-conflict'));
		await lesson.sessions.end(session, 'mentor');
		await lock(false, 'two');
		await expect(lock(true, 'three')).rejects.toEqual(refused('session-over'));
	});
});

describe('following', () => {
	test('[X4] a full board comes in parts that fit into 32 kB, a single large element alone', async () => {
		await fill(300, (n) => aStroke(`s${n}`, n % 100 === 0 ? 1_300 : 30), 10);
		const batches = await read(0, makeBoard({ pageSize: 40 }));
		expect(batches.flat()).toHaveLength(300);
		for (const batch of batches) {
			const bytes = jsonBytes(batch.map(({ element }) => element));
			expect(bytes).toBeLessThan(BOARD_FRAME_MAX_BYTES - 300);
		}
		expect(batches.length).toBeLessThan(15);
	});

	test('[T3] what is deleted while somebody reads the board is told, what was before is not', async () => {
		await put([ellipse('a'), ellipse('b'), ellipse('c')]);
		await put([deleted(ellipse('b'))]);
		const reading = makeBoard({ pageSize: 1 }).follow(session, 0, new AbortController().signal);
		const ids = (changes: Change[] | void) => changes?.map(({ element }) => element.id);
		expect(ids((await reading.next()).value)).toEqual(['a']);
		await put([deleted(ellipse('a'))]);
		expect(ids((await reading.next()).value)).toEqual(['c']);
		expect((await reading.next()).value).toMatchObject([{ element: { id: 'a', deleted: true } }]);
		await reading.return();
	});

	test('[T3] a place is good until a restored backup has made it void', async () => {
		await put([ellipse('a'), ellipse('b')]);
		await lesson.time.advance(1_000);
		await put([ellipse('b', { version: 2 }), ellipse('c')]);
		const changes = (await read()).flat();
		for (const { seq, at } of changes) expect(await board.holds(session.id, { seq, at })).toBe(true);
		// That element has changed since, and has another place now.
		const before = changes[0]!;
		expect(await board.holds(session.id, { seq: 2, at: before.at })).toBe(true);
		expect(await board.holds(session.id, { seq: 0, at: null })).toBe(true);
		expect(await board.holds(session.id, { seq: 4, at: null })).toBe(true);
		expect(await board.holds(session.id, { seq: 5, at: null })).toBe(false);
		expect(await board.holds(session.id, { seq: 4, at: before.at })).toBe(false);
		// Written after what the reader has seen under this number.
		expect(await board.holds(session.id, { seq: 3, at: before.at - 1 })).toBe(false);
	});

	test('[K9] a reader that stops keeps a bounded buffer and later reads the rest', async () => {
		const small = makeBoard({ bufferSize: 8 });
		const follower = small.follow(session, 0, new AbortController().signal);
		expect((await follower.next()).value).toEqual([]);
		await fill(200, (n) => ellipse(`e${n}`));
		const got: Change[] = [];
		while (got.length < 200) got.push(...((await follower.next()).value as Change[]));
		expect(got.map(({ seq }) => seq)).toEqual(upTo(200));
	});
});

describe('drawing', () => {
	const cursor = { pageId: 'p1', x: 1, y: 2, tool: 'pen' };
	const ink = { strokeId: 's', pageId: 'p1', color: '#1e1e1e', width: 2, from: 0, points: [1, 2, 1] };
	const draw = (given: object, { userId, role } = LIAM, seatId = `${userId}s-seat`) =>
		board.draw({ session, member: { userId, role } }, { seatId, ...given });

	test('[X3] carries who the server knows, and nothing else but what was drawn', async () => {
		await draw({ ink: { ...ink, kind: 'pen' }, cursor, view: { pageId: 'p1', x: 0, y: 0, zoom: 1 } });
		const from = { fromUserId: 'liam', fromSeatId: 'liams-seat' };
		expect(drawn).toEqual([
			{ ...from, type: 'ink', ink: { ...ink, kind: 'pen' } },
			{ ...from, type: 'cursor', cursor },
			{ ...from, type: 'boardView', view: { pageId: 'p1', x: 0, y: 0, zoom: 1 } }
		]);
	});

	test('[S3] only from a seat, only in a live lesson, and not faster than a hand', async () => {
		await expect(draw({ cursor }, LIAM, 'no-seat')).rejects.toEqual(refused('no-seat'));
		for (let n = 0; n < BOARD_DRAWS_AT_ONCE; n += 1) await draw({ cursor });
		await expect(draw({ cursor })).rejects.toEqual(refused('too-many'));
		await draw({ cursor }, MAYA);
		await lesson.time.advance(50);
		await draw({ cursor });
		session = { ...session, status: 'completed' };
		await expect(draw({ cursor })).rejects.toEqual(refused('session-over'));
	});

	test('[X2] while the board is locked learners point but do not draw', async () => {
		await board.lock(session, 'maya', 'one', true);
		await expect(draw({ ink: { ...ink, kind: 'pen' } })).rejects.toEqual(refused('board-locked'));
		await draw({ ink: { ...ink, kind: 'laser' }, cursor });
		await draw({ ink: { ...ink, kind: 'highlighter' } }, MAYA);
		expect(drawn.map(({ type }) => type)).toEqual(['ink', 'cursor', 'ink']);
	});
});
