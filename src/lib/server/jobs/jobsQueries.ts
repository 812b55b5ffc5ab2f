import { and, asc, eq, isNotNull, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Job = Row<'jobs'>;
/** Which kinds are meant; all where undefined. */
export type JobKinds = { only: string } | { except: string[] } | undefined;

/** A second job with the same key is the same job. */
export function* insertJob({ jobs }: Tables, tx: Database, job: Job): Steps<void> {
	yield* run(
		tx.insert(jobs).values(job).onConflictDoNothing({ target: jobs.uniqueKey }).returning({ id: jobs.id })
	);
}

export async function readDueIds(
	{ jobs }: Tables,
	db: Database,
	at: Date,
	limit: number,
	kinds?: JobKinds
): Promise<string[]> {
	const rows = await db
		.select({ id: jobs.id })
		.from(jobs)
		.where(and(isOpen({ jobs }), ofKinds({ jobs }, kinds), lte(jobs.dueAt, at), free({ jobs }, at)))
		.orderBy(asc(jobs.dueAt), asc(jobs.id))
		.limit(limit);
	return rows.map((row) => row.id);
}

/** Takes a job that is due and free until `leaseUntil`; null when somebody else was faster. */
export function* claimJob(
	tables: Tables,
	tx: Database,
	id: string,
	at: Date,
	leaseUntil: Date
): Steps<Job | null> {
	const { jobs } = tables;
	const rows = yield* run(
		tx
			.update(jobs)
			.set({ leaseUntil, attempts: sql`${jobs.attempts} + 1` })
			.where(and(eq(jobs.id, id), isOpen(tables), lte(jobs.dueAt, at), free(tables, at)))
			.returning()
	);
	return rows[0] ?? null;
}

/** Writes the outcome, unless the lease ran out meanwhile and somebody else has the job. */
export function* settleJob(
	{ jobs }: Tables,
	tx: Database,
	claimed: Job,
	outcome: Partial<Pick<Job, 'doneAt' | 'dueAt' | 'lastError' | 'failedAt'>>
): Steps<boolean> {
	const rows = yield* run(
		tx
			.update(jobs)
			.set({ ...outcome, leaseUntil: null })
			// Each claim counts an attempt, so that the number names the claim.
			.where(and(eq(jobs.id, claimed.id), eq(jobs.attempts, claimed.attempts), isNull(jobs.doneAt)))
			.returning({ id: jobs.id })
	);
	return rows.length > 0;
}

export async function countUnfinished(
	{ jobs }: Tables,
	db: Database,
	kinds?: JobKinds
): Promise<{ waiting: number; failing: number; failed: number; firstDueAt: Date | null }> {
	const [open] = await db
		.select({
			waiting: sql`count(*)`.mapWith(Number),
			failing: sql`count(${jobs.lastError})`.mapWith(Number)
		})
		.from(jobs)
		.where(and(isOpen({ jobs }), ofKinds({ jobs }, kinds)));
	const [given] = await db
		.select({ up: sql`count(*)`.mapWith(Number) })
		.from(jobs)
		.where(and(isGivenUp({ jobs }), ofKinds({ jobs }, kinds)));
	const [first] = await db
		.select({ dueAt: jobs.dueAt })
		.from(jobs)
		.where(and(isOpen({ jobs }), ofKinds({ jobs }, kinds)))
		.orderBy(asc(jobs.dueAt))
		.limit(1);
	return {
		waiting: open?.waiting ?? 0,
		failing: open?.failing ?? 0,
		failed: given?.up ?? 0,
		firstDueAt: first?.dueAt ?? null
	};
}

/** What is not done, by the time at which it is due. */
export async function readUnfinished({ jobs }: Tables, db: Database): Promise<Job[]> {
	return db.select().from(jobs).where(isNull(jobs.doneAt)).orderBy(asc(jobs.dueAt), asc(jobs.id));
}

/** Has what was given up tried again, as if it were new: one job, or all. Answers with their ids. */
export function* reviveJobs(
	{ jobs }: Tables,
	tx: Database,
	which: { id: string } | 'all',
	dueAt: Date
): Steps<string[]> {
	const rows = yield* run(
		tx
			.update(jobs)
			.set({ failedAt: null, attempts: 0, dueAt, leaseUntil: null })
			.where(and(isGivenUp({ jobs }), which === 'all' ? undefined : eq(jobs.id, which.id)))
			.returning({ id: jobs.id })
	);
	return rows.map((row) => row.id);
}

function ofKinds({ jobs }: Pick<Tables, 'jobs'>, kinds: JobKinds) {
	if (!kinds) return undefined;
	return 'only' in kinds ? eq(jobs.kind, kinds.only) : notInArray(jobs.kind, kinds.except);
}

function isOpen({ jobs }: Pick<Tables, 'jobs'>) {
	return and(isNull(jobs.doneAt), isNull(jobs.failedAt));
}

function isGivenUp({ jobs }: Pick<Tables, 'jobs'>) {
	return and(isNull(jobs.doneAt), isNotNull(jobs.failedAt));
}

function free({ jobs }: Pick<Tables, 'jobs'>, at: Date) {
	return or(isNull(jobs.leaseUntil), lte(jobs.leaseUntil, at));
}
