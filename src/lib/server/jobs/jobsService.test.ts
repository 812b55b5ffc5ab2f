import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../db/sqliteStore.ts';
import type { Row, Store } from '../db/store.ts';
import { createFakeTimers } from '../presence/fakeTimers.ts';
import { createJobsDesk } from './jobsDesk.ts';
import {
	ATTEMPTS_MAX,
	backoffMs,
	createJobs,
	enqueueJobs,
	Hopeless,
	type JobHandlers,
	type NewJob
} from './jobsService.ts';

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
	// Jobs of other kinds fail: there is nobody for them.
	const handlers = { analytics } as JobHandlers;
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
		expect(await jobs.counts()).toEqual({ waiting: 1, failing: 0, failed: 0, oldestDueMs: 0 });
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

	test('[A3] [F3] a mail server or a file store that does not answer holds up nothing else', async () => {
		const mail = {
			kind: 'send-mail' as const,
			uniqueKey: 'mail',
			payload: { mailId: 'mail' },
			dueAt: time - 1
		};
		const file = { storageKey: 'file' };
		await enqueue(mail, { ...mail, kind: 'remove-file', uniqueKey: 'file', payload: file }, job('a'));
		const handlers = {
			analytics: async ({ sessionId }) => void ran.push(sessionId),
			'send-mail': () => new Promise(() => undefined),
			'remove-file': () => new Promise(() => undefined)
		} as Partial<JobHandlers> as JobHandlers;
		const jobs = createJobs({ store, now: () => time, handlers, onError: (error) => errors.push(error) });
		void jobs.runDue('mails');
		void jobs.runDue('files');
		expect(await jobs.runDue('others')).toBe(1);
		expect(ran).toEqual(['a']);
		for (const lane of ['mails', 'files'] as const)
			expect(await jobs.counts(lane)).toMatchObject({ waiting: 1 });
		expect(await jobs.counts('others')).toMatchObject({ waiting: 0 });
	});

	test('[F2] a handler that hangs keeps what is behind it for less than its lease, and is tried again', async () => {
		const timers = createFakeTimers(time);
		await enqueue(job('hangs', time - 1), job('next'));
		const analytics: JobHandlers['analytics'] = async ({ sessionId }) => {
			if (sessionId === 'hangs') await new Promise(() => undefined);
			ran.push(sessionId);
		};
		const handlers = { analytics } as JobHandlers;
		const onError = (error: unknown) => errors.push(error);
		const running = createJobs({ store, now: timers.now, handlers, onError, timers }).runDue();
		await timers.advance(49_000);
		expect(ran).toEqual([]);
		await timers.advance(1_000);
		expect(await running).toBe(1);
		expect(ran).toEqual(['next']);
		expect((await rows()).find(({ doneAt }) => doneAt === null)).toMatchObject({
			...{ lastError: 'Error: It took too long', attempts: 1, leaseUntil: null },
			dueAt: new Date(time + 55_000)
		});
		expect(timers.pending()).toBe(0);
	});

	test('[A3] what cannot succeed is given up at once, and an operator may have it tried again', async () => {
		await enqueue(job('a'));
		let hopeless = true;
		const jobs = jobsWith(async ({ sessionId }) => {
			if (hopeless) throw new Hopeless('There is no such mailbox');
			ran.push(sessionId);
		});
		await jobs.runDue();
		expect(await rows()).toMatchObject([{ attempts: 1, lastError: 'Error: There is no such mailbox' }]);
		expect(await jobs.counts()).toMatchObject({ waiting: 0, failed: 1 });
		hopeless = false;
		await createJobsDesk({ store, now: () => time }).retry('all');
		await jobs.runDue();
		expect(ran).toEqual(['a']);
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
		expect(await jobs.counts()).toMatchObject({ waiting: 1, failing: 1, failed: 0 });
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
		expect(await jobs.counts()).toEqual({ waiting: 0, failing: 0, failed: 0, oldestDueMs: 0 });
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

	test('[F2] after about a day of failures a job is given up, seen, and tried again when an operator says so', async () => {
		await enqueue(job('bad'), job('later', time + 90_000_000));
		let broken = true;
		const jobs = jobsWith(async ({ sessionId }) => {
			if (broken) throw new Error('no');
			ran.push(sessionId);
		});
		const desk = createJobsDesk({ store, now: () => time });
		const began = time;
		for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt += 1) {
			await jobs.runDue();
			time += backoffMs(attempt);
		}
		expect(await desk.list()).toMatchObject([
			{ kind: 'analytics', uniqueKey: 'analytics:bad', state: 'failing', lastError: 'Error: no' },
			{ uniqueKey: 'analytics:later', state: 'waiting', attempts: 0, lastError: null }
		]);
		expect(await desk.retry('all')).toBe(0);
		await jobs.runDue();
		expect((time - began) / 3_600_000).toBeGreaterThan(22);
		expect((time - began) / 3_600_000).toBeLessThan(25);
		expect(await jobs.counts()).toEqual({ waiting: 1, failing: 0, failed: 1, oldestDueMs: 0 });
		const [given] = await desk.list();
		expect(given).toMatchObject({ state: 'failed', attempts: ATTEMPTS_MAX, at: time });

		time += 3_600_000;
		broken = false;
		await jobs.runDue();
		expect(ran).toEqual([]);
		expect(await desk.retry({ id: 'another' })).toBe(0);
		expect(await desk.retry({ id: given!.id })).toBe(1);
		expect(await desk.list()).toMatchObject([{ state: 'failing', attempts: 0, at: time }, {}]);
		await jobs.runDue();
		expect(ran).toEqual(['bad']);
		expect(await desk.retry('all')).toBe(0);
	});

	test('[F2] a job that takes the server down with it each time is given up too', async () => {
		await enqueue(job('deadly'));
		await store.transact(function* (tx) {
			yield tx.update(store.tables.jobs).set({ attempts: ATTEMPTS_MAX }).returning();
		});
		expect(await runner().runDue()).toBe(0);
		expect(ran).toEqual([]);
		expect(await rows()).toMatchObject([{ doneAt: null, failedAt: new Date(time) }]);
	});

	test('[F2] how long the oldest due job waits is told, and who has one right now', async () => {
		await enqueue(job('a', time - 7_000), job('b', time + 5));
		const desk = createJobsDesk({ store, now: () => time });
		const jobs = jobsWith(async () => {
			expect((await desk.list())[0]).toMatchObject({ state: 'claimed', attempts: 1 });
		});
		expect((await jobs.counts()).oldestDueMs).toBe(7_000);
		expect(await jobs.runDue()).toBe(1);
		expect((await jobs.counts()).oldestDueMs).toBe(0);
	});

	test('[S7] what is kept of a failed query is why, not what was in it', async () => {
		await enqueue(job('a'));
		const jobs = jobsWith(async () => {
			const user = { id: 'x', email: 'secret@people.test', name: 'Secret', role: 'learner' as const };
			const row = { ...user, passwordHash: '-', timeZone: 'UTC', createdAt: new Date(0) };
			await store.db.insert(store.tables.users).values(row);
			await store.db.insert(store.tables.users).values(row);
		});
		await jobs.runDue();
		const [failed] = await rows();
		expect(failed?.lastError).toContain('UNIQUE constraint failed');
		expect(failed?.lastError).not.toMatch(/secret/i);
	});

	test('[F2] back-off grows to an hour and no further', () => {
		expect([1, 2, 3, 4].map(backoffMs)).toEqual([5_000, 10_000, 20_000, 40_000]);
		expect(backoffMs(1_000)).toBe(3_600_000);
	});
});
