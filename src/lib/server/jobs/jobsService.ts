import { DrizzleQueryError } from 'drizzle-orm';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import { realTimers, type Timers } from '../presence/timers.ts';
import { claimJob, countUnfinished, insertJob, readDueIds, settleJob, type JobKinds } from './jobsQueries.ts';

/** Work to be done after a commit. Each kind has one handler; `payload` is what it needs. */
export interface JobPayloads {
	/** Adds a session to its mentor's figures and tells open dashboards. */
	analytics: { sessionId: string };
	/** Tells every member that the session ended. */
	'notify-end': { sessionId: string };
	/** Tells every member that the session was never started. */
	'notify-missed': { sessionId: string };
	/** Asks a member who has not rated for a rating. */
	'rating-reminder': { sessionId: string; userId: string };
	/** Tells the learners that a file was handed over. `addedAt` in ms since the epoch. */
	'tell-material': { sessionId: string; resourceId: string; fileName: string; addedAt: number };
	/** Takes the bytes of a removed file out of the store. */
	'remove-file': { storageKey: string };
	/** Shows the ratings of a session that are still hidden when its days have passed. */
	'reveal-ratings': { sessionId: string };
	/** Tells somebody that a rating about them may be read now. */
	'notify-revealed': { sessionId: string; raterId: string; rateeId: string };
	/** Sends a mail. */
	'send-mail': { mailId: string };
	/** Tells every member that a session starts soon, if it still starts at `startsAt` (ms since the epoch). */
	'session-soon': { sessionId: string; startsAt: number; minutesBefore: number };
}
export type JobKind = keyof JobPayloads;

export type NewJob = {
	[K in JobKind]: {
		kind: K;
		/** A second job with the same key is the same job. */
		uniqueKey: string;
		payload: JobPayloads[K];
		/** Ms since the epoch. */
		dueAt: number;
	};
}[JobKind];

/**
 * May run more than once (a server can be killed right after the effect), so the effect must be the same then.
 * What it throws is kept in the row, and it is tried again later.
 */
export type JobHandlers = { [K in JobKind]: (payload: JobPayloads[K]) => Promise<void> };

/** What a handler throws when trying again cannot help: the job is given up at once. */
export class Hopeless extends Error {}

export interface Jobs {
	/**
	 * Runs what is due, one after the other; answers how many were done. Safe to call from several servers. With `lane`
	 * only what belongs to it: a mail server or a file store that does not answer holds up nothing else.
	 */
	runDue(lane?: JobLane): Promise<number>;
	/**
	 * For metrics: not done yet, of these the ones that failed at least once, those given up, and for how long (ms) the
	 * oldest that is due has been waiting.
	 */
	counts(lane?: JobLane): Promise<{ waiting: number; failing: number; failed: number; oldestDueMs: number }>;
}
export type JobLane = 'mails' | 'files' | 'others';

/** What waits for others than the database. */
const LANES = { mails: 'send-mail', files: 'remove-file' } satisfies Partial<Record<JobLane, JobKind>>;

/** Nobody else takes a job for this long; a killed server's job is free again after it, ms. */
const LEASE_MS = 60_000;
/** A handler that hangs is left alone before the lease ends: it must not keep what is behind it for ever, ms. */
const PATIENCE_MS = 50_000;
/** Keeps times of its own: given up on its way, a mail would be sent twice. */
const WITHOUT_HURRY: JobKind = 'send-mail';
const BATCH = 50;
/** Given up then: with the pauses of `backoffMs` it was tried for about a day. */
export const ATTEMPTS_MAX = 33;
const ERROR_MAX_CHARACTERS = 300;

/** When a job is tried again after `attempts` failures, ms: 5 s, 10 s, 20 s … one hour. */
export function backoffMs(attempts: number): number {
	return Math.min(5_000 * 2 ** Math.min(attempts - 1, 20), 3_600_000);
}

/** Inside the transaction that makes the work necessary. */
export function* enqueueJobs(store: Store, tx: Database, jobs: readonly NewJob[]): Steps<void> {
	for (const { kind, uniqueKey, payload, dueAt } of jobs) {
		yield* insertJob(store.tables, tx, {
			id: createId(),
			kind,
			uniqueKey,
			payload: { ...payload },
			dueAt: new Date(dueAt),
			leaseUntil: null,
			attempts: 0,
			lastError: null,
			doneAt: null,
			failedAt: null
		});
	}
}

export function createJobs(deps: {
	store: Store;
	now: () => number;
	handlers: JobHandlers;
	onError: (error: unknown) => void;
	timers?: Timers;
}): Jobs {
	const { store, now, handlers, onError, timers = realTimers } = deps;
	const { tables, db } = store;

	async function handle(job: Row<'jobs'>): Promise<void> {
		if (!Object.hasOwn(handlers, job.kind)) throw new Error(`No handler for jobs of kind “${job.kind}”`);
		// Rows are written by `enqueueJobs` only, which pairs kinds and payloads.
		const handler = handlers[job.kind as JobKind] as (payload: unknown) => Promise<void>;
		const work = handler(job.payload);
		await (job.kind === WITHOUT_HURRY ? work : inTime(work));
	}

	/** What hangs may still come to its end: its effect is the same then. */
	async function inTime(work: Promise<void>): Promise<void> {
		const { promise: over, reject } = Promise.withResolvers<never>();
		const stop = timers.after(PATIENCE_MS, () => reject(new Error('It took too long')));
		await Promise.race([work, over]).finally(stop);
	}

	async function fail(job: Row<'jobs'>, error: unknown): Promise<void> {
		const lastError = inWords(error).slice(0, ERROR_MAX_CHARACTERS);
		const outcome =
			job.attempts < ATTEMPTS_MAX && !(error instanceof Hopeless)
				? { lastError, dueAt: new Date(now() + backoffMs(job.attempts)) }
				: { lastError, failedAt: new Date(now()) };
		await store.transact((tx) => settleJob(tables, tx, job, outcome));
	}

	async function runOne(id: string): Promise<boolean> {
		const claimedAt = now();
		const job = await store.transact((tx) =>
			claimJob(tables, tx, id, new Date(claimedAt), new Date(claimedAt + LEASE_MS))
		);
		if (!job) return false;
		try {
			// Each claim counts: what takes the whole server down with it is not tried for ever either.
			if (job.attempts > ATTEMPTS_MAX) throw new Error('The server ended each time before it was done');
			await handle(job);
		} catch (error) {
			onError(error);
			await fail(job, error);
			return false;
		}
		return store.transact((tx) => settleJob(tables, tx, job, { doneAt: new Date(now()), lastError: null }));
	}

	return {
		async runDue(lane) {
			let done = 0;
			for (;;) {
				const ids = await readDueIds(tables, db, new Date(now()), BATCH, kindsOf(lane));
				for (const id of ids) if (await runOne(id)) done += 1;
				if (ids.length < BATCH) return done;
			}
		},
		async counts(lane) {
			const { firstDueAt, ...counts } = await countUnfinished(tables, db, kindsOf(lane));
			return { ...counts, oldestDueMs: firstDueAt ? Math.max(0, now() - firstDueAt.getTime()) : 0 };
		}
	};
}

function kindsOf(lane: JobLane | undefined): JobKinds {
	return lane && (lane === 'others' ? { except: Object.values(LANES) } : { only: LANES[lane] });
}

/** What went wrong, without the values of the query in which it did: names and texts do not belong in a list of work. */
function inWords(error: unknown): string {
	return String(error instanceof DrizzleQueryError ? (error.cause ?? 'A query failed') : error);
}
