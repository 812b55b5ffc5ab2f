import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Rated = Row<'ratings'>;

/** What this person said in a session, and what was said about them. */
export function* readAround(
	{ ratings }: Tables,
	tx: Database,
	sessionId: string,
	userId: string
): Steps<Rated[]> {
	return yield* run(
		tx
			.select()
			.from(ratings)
			.where(
				and(eq(ratings.sessionId, sessionId), or(eq(ratings.raterId, userId), eq(ratings.rateeId, userId)))
			)
	);
}

export function* readHidden({ ratings }: Tables, tx: Database, sessionId: string): Steps<Rated[]> {
	return yield* run(
		tx
			.select()
			.from(ratings)
			.where(and(eq(ratings.sessionId, sessionId), isNull(ratings.revealedAt)))
	);
}

/** Adds a rating or replaces an earlier one of the same pair; the first date stays. */
export function* saveRating({ ratings }: Tables, tx: Database, row: Rated): Steps<Rated> {
	const { stars, comment, connectionToBlame, updatedAt } = row;
	const rows = yield* run(
		tx
			.insert(ratings)
			.values(row)
			.onConflictDoUpdate({
				target: [ratings.sessionId, ratings.raterId, ratings.rateeId],
				set: { stars, comment, connectionToBlame, updatedAt }
			})
			.returning()
	);
	return rows[0]!;
}

/** For good; answers whether it was hidden until now. */
export function* markRevealed(
	{ ratings }: Tables,
	tx: Database,
	row: Rated,
	revealedAt: Date
): Steps<boolean> {
	const rows = yield* run(
		tx
			.update(ratings)
			.set({ revealedAt })
			.where(
				and(
					eq(ratings.sessionId, row.sessionId),
					eq(ratings.raterId, row.raterId),
					eq(ratings.rateeId, row.rateeId),
					isNull(ratings.revealedAt)
				)
			)
			.returning({ rateeId: ratings.rateeId })
	);
	return rows.length > 0;
}

export function* addToTotals(
	{ ratingTotals }: Tables,
	tx: Database,
	userId: string,
	stars: number
): Steps<void> {
	yield* run(
		tx
			.insert(ratingTotals)
			.values({ userId, ratings: 1, stars })
			.onConflictDoUpdate({
				target: ratingTotals.userId,
				set: { ratings: sql`${ratingTotals.ratings} + 1`, stars: sql`${ratingTotals.stars} + ${stars}` }
			})
			.returning({ userId: ratingTotals.userId })
	);
}

/** One's own ratings, hidden or not, and those about oneself that are revealed. No other row ever leaves the table. */
export async function readReadable(
	{ ratings }: Tables,
	db: Database,
	sessionId: string,
	userId: string
): Promise<Rated[]> {
	return db
		.select()
		.from(ratings)
		.where(
			and(
				eq(ratings.sessionId, sessionId),
				or(eq(ratings.raterId, userId), and(eq(ratings.rateeId, userId), isNotNull(ratings.revealedAt)))
			)
		);
}

/** With the rater's name; null while it is hidden. */
export async function readRevealed(
	{ ratings, users }: Tables,
	db: Database,
	{ sessionId, raterId, rateeId }: Pick<Rated, 'sessionId' | 'raterId' | 'rateeId'>
): Promise<{ stars: number; raterName: string } | null> {
	const rows = await db
		.select({ stars: ratings.stars, raterName: users.name })
		.from(ratings)
		.innerJoin(users, eq(users.id, ratings.raterId))
		.where(
			and(
				eq(ratings.sessionId, sessionId),
				eq(ratings.raterId, raterId),
				eq(ratings.rateeId, rateeId),
				isNotNull(ratings.revealedAt)
			)
		);
	return rows[0] ?? null;
}

export async function readTotals(
	{ ratingTotals }: Tables,
	db: Database,
	userId: string
): Promise<{ ratings: number; stars: number } | null> {
	const rows = await db.select().from(ratingTotals).where(eq(ratingTotals.userId, userId));
	return rows[0] ?? null;
}
