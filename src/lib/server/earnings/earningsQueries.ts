import { and, asc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export function* insertEarning({ ledger }: Tables, tx: Database, entry: Row<'ledger'>): Steps<void> {
	yield* run(tx.insert(ledger).values(entry).returning({ id: ledger.id }));
}

export async function readEarnings(
	{ ledger }: Tables,
	db: Database,
	sessionIds: string[]
): Promise<Row<'ledger'>[]> {
	if (sessionIds.length === 0) return [];
	return db.select().from(ledger).where(inArray(ledger.sessionId, sessionIds));
}

export interface Sum {
	currency: string;
	amountMinor: number;
	feeMinor: number;
	sessions: number;
}

/** Sums by currency of what was booked in `[from, to)`. */
export async function sumEarnings(
	{ ledger }: Tables,
	db: Database,
	mentorId: string,
	from: Date,
	to: Date
): Promise<Sum[]> {
	return db
		.select({
			currency: ledger.currency,
			// Postgres answers sums and counts as text, lest they be too long for a number.
			amountMinor: sql`sum(${ledger.amountMinor})`.mapWith(Number),
			feeMinor: sql`sum(${ledger.feeMinor})`.mapWith(Number),
			sessions: sql`count(*)`.mapWith(Number)
		})
		.from(ledger)
		.where(and(eq(ledger.mentorId, mentorId), gte(ledger.bookedAt, from), lt(ledger.bookedAt, to)))
		.groupBy(ledger.currency);
}

/** When a mentor's first entry was booked. */
export async function readFirstBooking(
	{ ledger }: Tables,
	db: Database,
	mentorId: string
): Promise<Date | null> {
	const rows = await db
		.select({ bookedAt: ledger.bookedAt })
		.from(ledger)
		.where(eq(ledger.mentorId, mentorId))
		.orderBy(asc(ledger.bookedAt))
		.limit(1);
	return rows[0]?.bookedAt ?? null;
}

/** One line of a statement: what was booked, and for which lesson. */
export interface BookedLesson {
	entry: Row<'ledger'>;
	session: Pick<Row<'sessions'>, 'id' | 'title' | 'startsAt' | 'durationSeconds'>;
}

/** Entries of `[from, to)` by their instant, oldest first, after the one given. */
export async function readBookings(
	{ ledger, sessions }: Tables,
	db: Database,
	mentorId: string,
	span: { from: Date; to: Date; after: { bookedAt: Date; id: string } | null },
	limit: number
): Promise<BookedLesson[]> {
	const { from, to, after } = span;
	return db
		.select({
			entry: ledger,
			session: {
				id: sessions.id,
				title: sessions.title,
				startsAt: sessions.startsAt,
				durationSeconds: sessions.durationSeconds
			}
		})
		.from(ledger)
		.innerJoin(sessions, eq(sessions.id, ledger.sessionId))
		.where(
			and(
				eq(ledger.mentorId, mentorId),
				gte(ledger.bookedAt, after?.bookedAt ?? from),
				lt(ledger.bookedAt, to),
				after ? or(gt(ledger.bookedAt, after.bookedAt), gt(ledger.id, after.id)) : undefined
			)
		)
		.orderBy(asc(ledger.bookedAt), asc(ledger.id))
		.limit(limit);
}
