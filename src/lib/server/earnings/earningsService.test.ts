import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENDS_AT, planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createEarnings, type Earnings } from './earningsService.ts';

let lesson: Lesson;
let earnings: Earnings;

beforeEach(async () => {
	lesson = await planLesson();
	earnings = createEarnings({ store: lesson.store, currency: 'EUR' });
});
afterEach(() => lesson.close());

async function book(amountMinor: number, at: number): Promise<string> {
	const session = await lesson.planAnother();
	await lesson.store.transact((tx) => earnings.book(tx, session, amountMinor, at));
	return session.id;
}

test('[F8] a session has one entry; a second booking fails and changes nothing', async () => {
	const session = await lesson.session();
	expect(await earnings.ofSession(session.id)).toBeNull();
	await lesson.store.transact((tx) => earnings.book(tx, session, 4_500, ENDS_AT));
	await expect(lesson.store.transact((tx) => earnings.book(tx, session, 1, ENDS_AT))).rejects.toThrow();
	expect(await earnings.ofSession(session.id)).toEqual({ amountMinor: 4_500, currency: 'EUR' });
});

test('[F7] totals are sums over the ledger, from one instant to before another', async () => {
	await book(4_500, ENDS_AT);
	await book(0, ENDS_AT + 1);
	await book(3_333, ENDS_AT + 1_000);
	expect(await earnings.totalsOf('maya')).toEqual([{ currency: 'EUR', amountMinor: 7_833, sessions: 3 }]);
	const span = { from: ENDS_AT, to: ENDS_AT + 1_000 };
	expect(await earnings.totalsOf('maya', span)).toEqual([
		{ currency: 'EUR', amountMinor: 4_500, sessions: 2 }
	]);
	expect(await earnings.totalsOf('ines')).toEqual([]);
});
