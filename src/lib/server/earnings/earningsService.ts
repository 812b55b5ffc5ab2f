import type { Database, Row, Steps, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import {
	insertEarning,
	readBookings,
	readEarnings,
	readFirstBooking,
	sumEarnings,
	type BookedLesson
} from './earningsQueries.ts';
import { platformFee } from './platformFee.ts';

/** Integer minor units of an ISO 4217 currency. */
export interface Money {
	amountMinor: number;
	currency: string;
}

/** What was booked: the price, and the platform’s part of it. What is left is the mentor’s. */
export interface Booked extends Money {
	feeMinor: number;
}

/** `[from, to)`, ms since the epoch. */
export interface Span {
	from: number;
	to: number;
}

/**
 * The ledger: append-only, one entry a session (spec F8). The platform's fee is booked in the same row, so that
 * another fee in the configuration changes nothing that is booked.
 */
export interface Earnings {
	/** Inside the transaction that ends a session. A second entry for it fails. */
	book(
		tx: Database,
		session: Pick<Row<'sessions'>, 'id' | 'mentorId'>,
		amountMinor: number,
		at: number
	): Steps<void>;
	/** What a session earned; null before its end. */
	ofSession(sessionId: string): Promise<Booked | null>;
	/** What some sessions earned, by session id. */
	ofSessions(sessionIds: string[]): Promise<Map<string, Booked>>;
	/** What a mentor earned in a span, everything by default; one entry a currency. */
	totalsOf(mentorId: string, span?: Span): Promise<(Booked & { sessions: number })[]>;
	/** When a mentor's first entry was booked, ms since the epoch. */
	firstBooking(mentorId: string): Promise<number | null>;
	/** A mentor's entries of a span, oldest first, some at a time, so that a long history is never held at once. */
	entriesOf(mentorId: string, span: Span): AsyncGenerator<BookedLesson[], void, undefined>;
}

/** Far enough, and not so far that a database cannot read it: Postgres takes no years of five digits as we write them. */
export const END_OF_TIME = Date.UTC(9999, 0, 1);
const ENTRIES_AT_ONCE = 500;

export function createEarnings(deps: {
	store: Store;
	/** ISO 4217. */
	currency: string;
	/** Of each price, for the platform: 0 to 100, at most two decimals. */
	feePercent?: number;
}): Earnings {
	const { currency, feePercent = 0 } = deps;
	const { tables, db } = deps.store;

	async function ofSessions(sessionIds: string[]): Promise<Map<string, Booked>> {
		const entries = await readEarnings(tables, db, sessionIds);
		return new Map(
			entries.map((entry) => [
				entry.sessionId,
				{ amountMinor: entry.amountMinor, feeMinor: entry.feeMinor, currency: entry.currency }
			])
		);
	}

	return {
		book: (tx, session, amountMinor, at) =>
			insertEarning(tables, tx, {
				id: createId(),
				sessionId: session.id,
				mentorId: session.mentorId,
				amountMinor,
				feeMinor: platformFee(amountMinor, feePercent),
				currency,
				bookedAt: new Date(at)
			}),
		ofSession: async (sessionId) => (await ofSessions([sessionId])).get(sessionId) ?? null,
		ofSessions,
		totalsOf: (mentorId, { from, to } = { from: 0, to: END_OF_TIME }) =>
			sumEarnings(tables, db, mentorId, new Date(from), new Date(to)),
		firstBooking: async (mentorId) => (await readFirstBooking(tables, db, mentorId))?.getTime() ?? null,
		async *entriesOf(mentorId, { from, to }) {
			let after: { bookedAt: Date; id: string } | null = null;
			for (;;) {
				const span: Parameters<typeof readBookings>[3] = { from: new Date(from), to: new Date(to), after };
				const page = await readBookings(tables, db, mentorId, span, ENTRIES_AT_ONCE);
				if (page.length > 0) yield page;
				if (page.length < ENTRIES_AT_ONCE) return;
				after = page.at(-1)!.entry;
			}
		}
	};
}
