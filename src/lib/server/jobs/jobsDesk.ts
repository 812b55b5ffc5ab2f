import type { Row, Store } from '../db/store.ts';
import { readUnfinished, reviveJobs } from './jobsQueries.ts';

export type JobState =
	/** Its time has not come, or comes with the next tick. */
	| 'waiting'
	/** A server has it right now, or had it when it was killed. */
	| 'claimed'
	/** Failed at least once, and is tried again. */
	| 'failing'
	/** Given up. */
	| 'failed';

/** One line of an operator's list. Holds ids and no names. */
export interface UnfinishedJob {
	id: string;
	kind: string;
	uniqueKey: string;
	state: JobState;
	attempts: number;
	/** Ms since the epoch; for what was given up, since when. */
	at: number;
	lastError: string | null;
}

/** What an operator sees of the work behind the scenes and may do about it, also while servers are at it. */
export interface JobsDesk {
	/** Everything that is not done, by the time at which it is due. */
	list(): Promise<UnfinishedJob[]>;
	/** Has what was given up tried again from now on; answers how many. Others are left alone. */
	retry(which: { id: string } | 'all'): Promise<number>;
}

export function createJobsDesk({ store, now }: { store: Store; now: () => number }): JobsDesk {
	const { tables, db } = store;
	return {
		async list() {
			const rows = await readUnfinished(tables, db);
			return rows.map((job) => ({
				id: job.id,
				kind: job.kind,
				uniqueKey: job.uniqueKey,
				state: stateOf(job, now()),
				attempts: job.attempts,
				at: (job.failedAt ?? job.dueAt).getTime(),
				lastError: job.lastError
			}));
		},
		async retry(which) {
			const revived = await store.transact((tx) => reviveJobs(tables, tx, which, new Date(now())));
			return revived.length;
		}
	};
}

function stateOf({ failedAt, leaseUntil, lastError }: Row<'jobs'>, now: number): JobState {
	if (failedAt) return 'failed';
	if (leaseUntil && leaseUntil.getTime() > now) return 'claimed';
	return lastError === null ? 'waiting' : 'failing';
}
