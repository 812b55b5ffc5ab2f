import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import type { Store } from '../db/store.ts';

/** Stars of one session as one of its members may see them now. */
export interface RatingMarks {
	/** What this person gave, and to whom. */
	given: { rateeId: string; stars: number }[];
	/** What others gave this person; only what is revealed (spec F4). */
	got: { raterId: string; stars: number }[];
}

/** The ratings of some sessions that `userId` may see, by session id; sessions without any are not named. */
export function createRatingMarks({ tables: { ratings }, db }: Store) {
	return async (sessionIds: string[], userId: string): Promise<Map<string, RatingMarks>> => {
		if (sessionIds.length === 0) return new Map();
		const { sessionId, raterId, rateeId, stars } = ratings;
		const rows = await db
			.select({ sessionId, raterId, rateeId, stars })
			.from(ratings)
			.where(
				and(
					inArray(sessionId, sessionIds),
					or(eq(raterId, userId), and(eq(rateeId, userId), isNotNull(ratings.revealedAt)))
				)
			);
		const bySession = Map.groupBy(rows, (row) => row.sessionId);
		return new Map(
			[...bySession].map(([id, marks]) => [
				id,
				{
					given: marks
						.filter((mark) => mark.raterId === userId)
						.map(({ rateeId, stars }) => ({ rateeId, stars })),
					got: marks
						.filter((mark) => mark.raterId !== userId)
						.map(({ raterId, stars }) => ({ raterId, stars }))
				}
			])
		);
	};
}
