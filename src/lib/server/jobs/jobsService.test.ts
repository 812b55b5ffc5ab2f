import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../db/sqliteStore.ts';
import type { Row, Store } from '../db/store.ts';
import { backoffMs, createJobs, enqueueJobs, type JobHandlers, type NewJob } from './jobsService.ts';

let store: Store;
let time: number;
let ran: string[];
const errors: unknown[] = [];

beforeEach(async () => {
	store = openSqliteStore(':memory:');
	await store.migrate('drizzle');
	time = 1_000_000;
	ran = [];
	errors.length = 0;
});
afterEach(() => store.close());

function jobsWith(analytics: JobHandlers['analytics']) {
	const unexpected = () => Promise.reject(new Error('not this one'));
	const handlers = {
		...{ analytics, 'notify-end': unexpected, 'rating-reminder': unexpected },
		...{ 'reveal-ratings': unexpected, 'notify-revealed': unexpected }
	};
	return createJobs({ store, now: () => time, handlers, onError: (error) => errors.push(error) });
}

function runner() {
	return jobsWith(async ({ sessionId }) => {
		ran.push(sessionId);
	});
}

function job(sessionId: string, dueAt = time): NewJob {
	return { kind: 'analytics', uniqueKey: `analytics:${sessionId}`, payload: { sessionId }, dueAt };
}

async function enqueue(...given: NewJob[]): Promise<void> {
	await store.transact((tx) => enqueueJobs(store, tx, given));
}

async function rows(): Promise<Row<'jobs'>[]> {
	return store.db.select().from(store.tables.jobs);
}

describe('jobs', () => {
	test('[F2] what is due runs once, in the order of its time; the rest waits', async () => {
		await enqueue(job('b', time), job('a', time - 5), job('later', time + 1_000));
		const jobs = runner();
		expect(await jobs.runDue()).toBe(2);
		expect(await jobs.runDue()).toBe(0);
		expect(ran).toEqual(['a', 'b']);
		expect(await jobs.counts()).toEqual({ waiting: 1, failing: 0 });
		time += 1_000;
		await jobs.runDue();
		expect(ran).toEqual(['a', 'b', 'later']);
	});

	test('[F2] a second job with the same key is the same job, also when the first is done', async () => {
		await enqueue(job('a'), job('a'));
		await runner().runDue();
		await enqueue(job('a'));
		await runner().runDue();
		expect(ran).toEqual(['a']);
	});

	test('[F2] several runners at once do each job once', async () => {
		const all = Array.from({ length: 120 }, (_, i) => job(`s${i}`));
		await enqueue(...all);
		const done = await Promise.all(Array.from({ length: 5 }, () => runner().runDue()));
		expect(done.reduce((sum, n) => sum + n, 0)).toBe(120);
		expect(new Set(ran).size).toBe(120);
		expect(ran).toHaveLength(120);
	});

	test('[K3] a job that a killed server had claimed is free again after 60 s', async () => {
		await enqueue(job('a'));
		let killed: (() => void) | null = null;
		void jobsWith(() => new Promise((resolve) => (killed = resolve))).runDue();
		await new Promise((resolve) => setImmediate(resolve));
		expect(killed).not.toBeNull();
		time += 59_999;
		expect(await runner().runDue()).toBe(0);
		time += 1;
		expect(await runner().runDue()).toBe(1);
		expect(ran).toEqual(['a']);
	});

	test('[K3] whoever finishes after the lease has passed does not settle somebody else’s claim', async () => {
		await enqueue(job('a'));
		let fail: ((error: Error) => void) | null = null;
		const slow = jobsWith(() => new Promise((_, reject) => (fail = reject))).runDue();
		await new Promise((resolve) => setImmediate(resolve));
		time += 60_000;
		await runner().runDue();
		(fail as unknown as (error: Error) => void)(new Error('too late'));
		await slow;
		expect(await rows()).toMatchObject([{ doneAt: new Date(time), lastError: null, attempts: 2 }]);
	});

	test('[F2] a failure is kept and tried again later and later; the others are not held up', async () => {
		await enqueue(job('bad'), job('good'));
		let broken = true;
		const jobs = jobsWith(async ({ sessionId }) => {
			if (sessionId === 'bad' && broken) throw new Error('no');
			ran.push(sessionId);
		});
		expect(await jobs.runDue()).toBe(1);
		expect(await jobs.counts()).toEqual({ waiting: 1, failing: 1 });
		expect((await rows()).find((row) => row.lastError)).toMatchObject({
			lastError: 'Error: no',
			attempts: 1,
			leaseUntil: null,
			dueAt: new Date(time + 5_000)
		});
		time += 5_000;
		await jobs.runDue();
		broken = false;
		time += 9_999;
		await jobs.runDue();
		expect(ran).toEqual(['good']);
		time += 1;
		await jobs.runDue();
		expect(ran).toEqual(['good', 'bad']);
		expect(await jobs.counts()).toEqual({ waiting: 0, failing: 0 });
		expect(errors).toHaveLength(2);
	});

	test('[F2] a job of a kind this version does not know stays for one that does', async () => {
		await store.transact(function* (tx) {
			yield* enqueueJobs(store, tx, [job('a')]);
			yield tx.update(store.tables.jobs).set({ kind: 'toString' }).returning();
		});
		expect(await runner().runDue()).toBe(0);
		expect((await rows())[0]).toMatchObject({ doneAt: null });
		expect((await rows())[0]?.lastError).toContain('No handler');
	});

	test('[F2] back-off grows to an hour and no further', () => {
		expect([1, 2, 3, 4].map(backoffMs)).toEqual([5_000, 10_000, 20_000, 40_000]);
		expect(backoffMs(1_000)).toBe(3_600_000);
	});
});
