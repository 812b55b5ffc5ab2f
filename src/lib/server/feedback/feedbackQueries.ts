import { and, eq } from 'drizzle-orm';
import { run, type Row, type Store } from '../db/store.ts';

/** SQL of ratings. */
export function feedbackQueries(store: Store) {
	const { ratings, ratingTotals } = store.tables;
	return {
		/** Adds ratings or replaces earlier ones of the same pair; the first date stays. */
		async save(rows: Row<'ratings'>[]): Promise<void> {
			await store.transact(function* (tx) {
				for (const row of rows) {
					yield* run(
						tx
							.insert(ratings)
							.values(row)
							.onConflictDoUpdate({
								target: [ratings.sessionId, ratings.raterId, ratings.rateeId],
								set: { stars: row.stars, comment: row.comment, updatedAt: row.updatedAt }
							})
							.returning({ rateeId: ratings.rateeId })
					);
				}
			});
		},

		async by(sessionId: string, raterId: string): Promise<Row<'ratings'>[]> {
			return store.db
				.select()
				.from(ratings)
				.where(and(eq(ratings.sessionId, sessionId), eq(ratings.raterId, raterId)));
		},

		/** Sums of the revealed ratings of a person. */
		async totalsOf(userId: string): Promise<{ ratings: number; stars: number }> {
			const rows = await store.db.select().from(ratingTotals).where(eq(ratingTotals.userId, userId));
			return rows[0] ?? { ratings: 0, stars: 0 };
		}
	};
}
