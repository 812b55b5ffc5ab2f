import type { Database, Row, Steps, Store } from '../db/store.ts';
import { enqueueJobs, type NewJob } from '../jobs/jobsService.ts';
import { addToTotals, markRevealed } from './feedbackQueries.ts';

/**
 * Shows ratings to whom they are about, for good: counts them, and queues that the person is told. Inside the
 * transaction that decides it; what is revealed already is left alone.
 */
export function* revealRatings(
	store: Store,
	tx: Database,
	ratings: readonly Row<'ratings'>[],
	at: Date
): Steps<void> {
	const news: NewJob[] = [];
	// In one order everywhere: two transactions that add to the totals of the same people never wait for each other.
	for (const rating of ratings.toSorted((a, b) => (a.rateeId < b.rateeId ? -1 : 1))) {
		if (!(yield* markRevealed(store.tables, tx, rating, at))) continue;
		const { sessionId, raterId, rateeId, stars } = rating;
		yield* addToTotals(store.tables, tx, rateeId, stars);
		news.push({
			kind: 'notify-revealed',
			uniqueKey: `notify-revealed:${sessionId}:${raterId}:${rateeId}`,
			payload: { sessionId, raterId, rateeId },
			dueAt: at.getTime()
		});
	}
	yield* enqueueJobs(store, tx, news);
}
