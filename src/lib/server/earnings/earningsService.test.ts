import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../db/store.ts';
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
	expect(await earnings.ofSession(session.id)).toEqual({ amountMinor: 4_500, feeMinor: 0, currency: 'EUR' });
});

test('[F8] what is booked is never changed or taken away, by whatever query', async () => {
	const { ledger } = lesson.store.tables;
	await book(4_500, ENDS_AT);
	for (const query of [
		(tx: Database) => tx.update(ledger).set({ amountMinor: 1 }).returning(),
		(tx: Database) => tx.delete(ledger).returning()
	])
		await expect(
			lesson.store.transact(function* (tx) {
				yield query(tx);
			})
		).rejects.toThrow('The ledger is append-only');
	expect(await earnings.totalsOf('maya')).toMatchObject([{ amountMinor: 4_500 }]);
});

test('[F8] the fee is booked with the price; another one later changes nothing that is booked', async () => {
	const withFee = (feePercent: number) =>
		createEarnings({ store: lesson.store, currency: 'EUR', feePercent });
	const [first, second] = [await lesson.session(), await lesson.planAnother()];
	await lesson.store.transact((tx) => withFee(12.5).book(tx, first, 3_333, ENDS_AT));
	await lesson.store.transact((tx) => withFee(20).book(tx, second, 1_000, ENDS_AT));
	expect(await withFee(50).ofSessions([first.id, second.id, 'other'])).toEqual(
		new Map([
			[first.id, { amountMinor: 3_333, feeMinor: 417, currency: 'EUR' }],
			[second.id, { amountMinor: 1_000, feeMinor: 200, currency: 'EUR' }]
		])
	);
	expect(await withFee(50).totalsOf('maya')).toEqual([
		{ currency: 'EUR', amountMinor: 4_333, feeMinor: 617, sessions: 2 }
	]);
});

test('[F7] entries come in the order of their booking, all of a span and nothing else', async () => {
	expect(await earnings.firstBooking('maya')).toBeNull();
	const ids: string[] = [];
	// More than are read at once, some of them at the same instant.
	for (let nth = 0; nth < 1_003; nth++) ids.push(await book(nth, ENDS_AT + Math.floor(nth / 7)));
	const read: number[] = [];
	const span = { from: ENDS_AT, to: ENDS_AT + Math.floor(1_002 / 7) };
	for await (const page of earnings.entriesOf('maya', span))
		read.push(...page.map(({ entry }) => entry.amountMinor));
	expect(read.sort((a, b) => a - b)).toEqual(Array.from({ length: 1_001 }, (_, nth) => nth));
	expect(await earnings.firstBooking('maya')).toBe(ENDS_AT);
});

test('[F7] totals are sums over the ledger, from one instant to before another', async () => {
	await book(4_500, ENDS_AT);
	await book(0, ENDS_AT + 1);
	await book(3_333, ENDS_AT + 1_000);
	expect(await earnings.totalsOf('maya')).toEqual([
		{ currency: 'EUR', amountMinor: 7_833, feeMinor: 0, sessions: 3 }
	]);
	const span = { from: ENDS_AT, to: ENDS_AT + 1_000 };
	expect(await earnings.totalsOf('maya', span)).toEqual([
		{ currency: 'EUR', amountMinor: 4_500, feeMinor: 0, sessions: 2 }
	]);
	expect(await earnings.totalsOf('ines')).toEqual([]);
});
