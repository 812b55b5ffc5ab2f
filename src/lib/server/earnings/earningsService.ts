import type { Database, Row, Steps, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import { insertEarning, readEarning, sumEarnings } from './earningsQueries.ts';

/** Integer minor units of an ISO 4217 currency. */
export interface Money {
	amountMinor: number;
	currency: string;
}

/** The ledger: append-only, one entry a session (spec F8). */
export interface Earnings {
	/** Inside the transaction that ends a session. A second entry for it fails. */
	book(
		tx: Database,
		session: Pick<Row<'sessions'>, 'id' | 'mentorId'>,
		amountMinor: number,
		at: number
	): Steps<void>;
	/** What a session earned; null before its end. */
	ofSession(sessionId: string): Promise<Money | null>;
	/** What a mentor earned in `[from, to)` (ms since the epoch), everything by default; one entry a currency. */
	totalsOf(mentorId: string, span?: { from: number; to: number }): Promise<(Money & { sessions: number })[]>;
}

/** Far enough: the last instant a `Date` can hold, ms. */
const END_OF_TIME = 8.64e15;

export function createEarnings({ store, currency }: { store: Store; currency: string }): Earnings {
	const { tables, db } = store;
	return {
		book: (tx, session, amountMinor, at) =>
			insertEarning(tables, tx, {
				id: createId(),
				sessionId: session.id,
				mentorId: session.mentorId,
				amountMinor,
				feeMinor: 0,
				currency,
				bookedAt: new Date(at)
			}),
		async ofSession(sessionId) {
			const entry = await readEarning(tables, db, sessionId);
			return entry && { amountMinor: entry.amountMinor, currency: entry.currency };
		},
		totalsOf: (mentorId, { from, to } = { from: 0, to: END_OF_TIME }) =>
			sumEarnings(tables, db, mentorId, new Date(from), new Date(to))
	};
}
