import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAnswerCounts } from '../dashboards/answerCounts.ts';
import { planLesson, type Lesson } from './lessonFixture.ts';
import { createLearnerZones } from './learnerZones.ts';

let lesson: Lesson;
beforeEach(async () => {
	lesson = await planLesson();
});
afterEach(() => lesson.close());

/** Asks Liam to come, as the form would; answered or not. */
async function ask(answer: { acceptedAt: Date | null; declinedAt: Date | null; withdrawnAt?: Date | null }) {
	const { store } = lesson;
	const row = { id: 'asked', sessionId: (await lesson.session()).id, email: 'liam@x.test', userId: 'liam' };
	const rest = { tokenHash: 'hash', createdAt: new Date(0), withdrawnAt: null, ...answer };
	await store.transact(function* (tx) {
		yield tx
			.insert(store.tables.invitations)
			.values({ ...row, ...rest })
			.returning();
	});
}

test('[A2] [S1] a mentor learns the clock of whoever accepted, and of nobody else', async () => {
	const zones = createLearnerZones(lesson.store);
	const asked = ['liam@x.test', 'aisha@x.test', 'nobody@x.test'];
	await ask({ acceptedAt: null, declinedAt: null });
	expect(await zones.of({ id: 'maya' }, asked)).toEqual([]);
	const { store } = lesson;
	await store.transact(function* (tx) {
		yield tx
			.update(store.tables.invitations)
			.set({ acceptedAt: new Date(1) })
			.returning();
	});
	expect((await zones.of({ id: 'maya' }, asked)).map(({ email }) => email)).toEqual(['liam@x.test']);
	expect(await zones.of({ id: 'somebody else' }, asked)).toEqual([]);
	expect(await zones.of({ id: 'maya' }, [])).toEqual([]);
});

test('[F7] [S1] answers are counted for one’s own sessions, without those taken back', async () => {
	const { roomCode } = await lesson.session();
	const answersOf = createAnswerCounts(lesson.store);
	expect(await answersOf({ id: 'maya' }, [roomCode])).toEqual({});
	await ask({ acceptedAt: null, declinedAt: new Date(1) });
	expect(await answersOf({ id: 'maya' }, [roomCode])).toEqual({
		[roomCode]: { open: 0, accepted: 0, declined: 1 }
	});
	expect(await answersOf({ id: 'somebody else' }, [roomCode])).toEqual({});
	const { store } = lesson;
	await store.transact(function* (tx) {
		yield tx
			.update(store.tables.invitations)
			.set({ withdrawnAt: new Date(2) })
			.returning();
	});
	expect(await answersOf({ id: 'maya' }, [roomCode])).toEqual({});
});
