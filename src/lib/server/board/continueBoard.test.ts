import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BoardElement, StoredElement } from '../../shared/board.ts';
import { anElement, deleted } from '../../shared/boardFixture.ts';
import { run, type Row } from '../db/store.ts';
import { LIAM, MAYA, planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createBoard, type Board } from './boardService.ts';

let lesson: Lesson;
let board: Board;

beforeEach(async () => {
	lesson = await planLesson();
	const presence = { holdsSeat: () => true, draw: () => undefined };
	board = createBoard({ ...lesson, presence, now: lesson.time.now, pageSize: 3 });
});
afterEach(() => lesson.close());

const page = anElement('page', { id: 'p1', data: { order: 'U', template: 'squared', title: 'Fractions' } });
const refused = (reason: string) => expect.objectContaining({ reason });

/** A lesson that runs. */
async function begin(): Promise<Row<'sessions'>> {
	const planned = await lesson.planAnother();
	await lesson.sessions.start(planned);
	return (await lesson.sessions.byId(planned.id))!;
}
/** One that is over, with this on its board. */
async function past(elements: BoardElement[], title = 'Fractions'): Promise<Row<'sessions'>> {
	const session = await begin();
	const { sessions } = lesson.store.tables;
	if (elements.length > 0) await board.put(session, LIAM, elements);
	await lesson.store.transact(function* (tx) {
		yield* run(
			tx.update(sessions).set({ title }).where(eq(sessions.id, session.id)).returning({ id: sessions.id })
		);
	});
	await lesson.time.advance(60_000);
	await lesson.sessions.end(session, 'mentor');
	return session;
}
async function elements(session: Row<'sessions'>): Promise<StoredElement[]> {
	const got: StoredElement[] = [];
	for await (const changes of board.follow(session, 0, new AbortController().signal)) {
		if (changes.length === 0) break;
		got.push(...changes.map(({ element }) => element));
	}
	return got;
}
const objects = (n: number) => Array.from({ length: n }, (_, i) => anElement('line', { id: `l${i}` }));

describe('the board of the last lesson', () => {
	test('[X3] is brought with what is on a page that was deleted', async () => {
		await past([deleted(page), ...objects(1)]);
		const session = await begin();
		await board.continueLast(session, MAYA.userId);
		expect(await elements(session)).toMatchObject([
			{ id: 'p1', deleted: true, data: page.data },
			{ id: 'l0', deleted: false }
		]);
	});

	test('[X2] is brought with its pages, its order and its authors, without what was deleted', async () => {
		const before = await past([page, ...objects(7)]);
		const session = await begin();
		expect(await board.last(session)).toEqual({
			title: 'Fractions',
			endedAt: (await lesson.sessions.byId(before.id))!.endedAt!.getTime(),
			objects: 7
		});
		await board.continueLast(session, 'maya');
		const brought = await elements(session);
		expect(brought.map(({ id }) => id)).toEqual(['p1', ...objects(7).map(({ id }) => id)]);
		expect(brought.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
		expect(brought[3]).toMatchObject({ ...objects(7)[2], authorId: 'liam', changedBy: 'maya' });
		// The one before stays as it was.
		await board.put(session, LIAM, [{ ...objects(1)[0]!, version: 2, nonce: 9 }]);
		expect((await elements(before)).find(({ id }) => id === 'l0')).toMatchObject({ version: 1 });
	});

	test('[X2] twice and three times at once is once; whoever follows gets all of it', async () => {
		await past([page, ...objects(20)]);
		const session = await begin();
		const follower = board.follow(session, 0, new AbortController().signal);
		expect((await follower.next()).value).toEqual([]);
		await Promise.all([1, 2, 3].map(() => board.continueLast(session, 'maya')));
		const got: number[] = [];
		while (got.length < 21) got.push(...((await follower.next()).value ?? []).map(({ seq }) => seq));
		expect(got).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
		await board.put(session, LIAM, objects(1).map(deleted));
		await board.continueLast(session, 'maya');
		expect(await elements(session)).toHaveLength(20);
	});

	test('[X2] the first page and what was cleared become what they were; what is in use is left alone', async () => {
		await past([page, ...objects(2)]);
		const session = await begin();
		const blank = anElement('page', { id: 'p1', version: 4 });
		await board.put(session, MAYA, [blank, ...objects(1)]);
		await expect(board.continueLast(session, 'maya')).rejects.toEqual(refused('board-in-use'));
		await board.put(session, MAYA, objects(1).map(deleted));
		await board.continueLast(session, 'maya');
		const brought = await elements(session);
		expect(brought).toMatchObject([
			{ id: 'p1', version: 5, data: page.data },
			{ id: 'l0', version: 3, deleted: false },
			{ id: 'l1', version: 1 }
		]);
		const boards = await lesson.store.db.select().from(lesson.store.tables.boards);
		const counted = boards.find(({ sessionId }) => sessionId === session.id);
		expect(counted).toMatchObject({ objects: 2, pages: 1, elements: 3, lastSeq: 6 });
	});

	test('[X2] is the newest one with something on it, of these people', async () => {
		await past(objects(3), 'Long ago');
		await past([...objects(2)], 'Last time');
		await past([page], 'Nothing drawn');
		const session = await begin();
		expect(await board.last(session)).toMatchObject({ title: 'Last time', objects: 2 });
		const { sessionMembers } = lesson.store.tables;
		await lesson.store.transact(function* (tx) {
			yield* run(
				tx
					.update(sessionMembers)
					.set({ userId: 'omar' })
					.where(and(eq(sessionMembers.sessionId, session.id), eq(sessionMembers.userId, 'liam')))
					.returning()
			);
		});
		// Aisha was there too.
		expect(await board.last(session)).toMatchObject({ title: 'Last time' });
		await lesson.store.transact(function* (tx) {
			yield* run(
				tx
					.delete(sessionMembers)
					.where(and(eq(sessionMembers.sessionId, session.id), eq(sessionMembers.userId, 'aisha')))
					.returning()
			);
		});
		expect(await board.last(session)).toBeNull();
	});

	test('[X2] none, not yet and no more', async () => {
		const session = await begin();
		await expect(board.continueLast(session, 'maya')).rejects.toEqual(refused('not-found'));
		const planned = await lesson.planAnother();
		await expect(board.continueLast(planned, 'maya')).rejects.toEqual(refused('not-live'));
		await lesson.sessions.end(session, 'mentor');
		await expect(board.continueLast(session, 'maya')).rejects.toEqual(refused('session-over'));
		expect(await board.last(planned)).toBeNull();
	});
});
