import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export function* insertEarning({ ledger }: Tables, tx: Database, entry: Row<'ledger'>): Steps<void> {
	yield* run(tx.insert(ledger).values(entry).returning({ id: ledger.id }));
}

export async function readEarning(
	{ ledger }: Tables,
	db: Database,
	sessionId: string
): Promise<Row<'ledger'> | null> {
	const rows = await db.select().from(ledger).where(eq(ledger.sessionId, sessionId));
	return rows[0] ?? null;
}

/** Sums by currency of what was booked in `[from, to)`. */
export async function sumEarnings(
	{ ledger }: Tables,
	db: Database,
	mentorId: string,
	from: Date,
	to: Date
): Promise<{ currency: string; amountMinor: number; sessions: number }[]> {
	const rows = await db
		.select({
			currency: ledger.currency,
			// Postgres answers sums and counts as text, lest they be too long for a number.
			amountMinor: sql`sum(${ledger.amountMinor})`.mapWith(Number),
			sessions: sql`count(*)`.mapWith(Number)
		})
		.from(ledger)
		.where(and(eq(ledger.mentorId, mentorId), gte(ledger.bookedAt, from), lt(ledger.bookedAt, to)))
		.groupBy(ledger.currency);
	return rows;
}
