import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Store } from '../db/store.ts';

/** How many files were handed over in each of some sessions, by session id; sessions without any are not named. */
export function createResourceCounts({ tables: { resources }, db }: Store) {
	return async (sessionIds: string[]): Promise<Map<string, number>> => {
		if (sessionIds.length === 0) return new Map();
		const rows = await db
			.select({ sessionId: resources.sessionId, files: sql`count(*)`.mapWith(Number) })
			.from(resources)
			.where(and(inArray(resources.sessionId, sessionIds), isNull(resources.removedAt)))
			.groupBy(resources.sessionId);
		return new Map(rows.map(({ sessionId, files }) => [sessionId, files]));
	};
}
