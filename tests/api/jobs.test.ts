import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { ATTEMPTS_MAX } from '../../src/lib/server/jobs/jobsService.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

/** `npm run jobs` without npm. */
async function jobs(...args: string[]): Promise<{ code: number | null; output: string }> {
	const env = { PATH: process.env.PATH, DATA_DIR: world.server.dataDir };
	const child = spawn(process.execPath, ['scripts/jobs.ts', ...args], { env });
	onTestFinished(() => void child.kill('SIGKILL'));
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data: Buffer) => (output += data.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, output };
}

async function metric(name: string): Promise<number> {
	const text = await (await fetch(`${world.url}/metrics`)).text();
	return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
}

test('[F2] [O3] what was given up is seen by an operator and tried again while the server runs', async () => {
	// What the sample lessons brought is done first.
	await until(async () => expect(await metric('peerlearn_jobs_oldest_due_seconds')).toBe(0));
	const waiting = await metric('peerlearn_jobs_waiting');
	const before = await jobs();
	expect(before.code).toBe(0);
	expect(before.output).not.toContain('Given up');
	const lesson = await world.classroom();
	const { tables, transact, db } = world.store;
	const job = {
		...{ id: createId(), kind: 'notify-end', uniqueKey: `notify-end:${lesson.id}` },
		...{ payload: { sessionId: lesson.id }, dueAt: new Date(), leaseUntil: null, doneAt: null },
		...{ attempts: ATTEMPTS_MAX, lastError: 'Error: the disk was full', failedAt: new Date() }
	};
	await transact(function* (tx) {
		yield tx.insert(tables.jobs).values(job).returning({ id: tables.jobs.id });
	});
	expect(await metric('peerlearn_jobs_failed')).toBe(1);
	expect(await metric('peerlearn_jobs_waiting')).toBe(waiting);

	const { output } = await jobs();
	expect(output).toContain('Given up (npm run jobs -- --retry ID, or all): 1');
	for (const shown of [job.id, job.uniqueKey, `attempts ${ATTEMPTS_MAX}`, job.lastError])
		expect(output).toContain(shown);
	for (const hidden of [lesson.title, lesson.mentor.name, lesson.mentor.email])
		expect(output).not.toContain(hidden);

	const unknown = await jobs('--retry', 'nothing-of-this-name');
	expect(unknown).toMatchObject({
		code: 1,
		output: expect.stringContaining('nothing-of-this-name') as string
	});
	expect((await jobs('--retry', job.id)).output).toContain('To be tried again: 1');
	await until(async () => {
		const [row] = await db.select().from(tables.jobs).where(eq(tables.jobs.id, job.id));
		expect(row).toMatchObject({ failedAt: null, attempts: 1 });
		expect(row?.doneAt).not.toBeNull();
	});
	expect(await metric('peerlearn_jobs_failed')).toBe(0);
	const told = await db
		.select()
		.from(tables.notifications)
		.where(eq(tables.notifications.uniqueKey, `session-ended:${lesson.id}:${lesson.mentor.id}`));
	expect(told).toHaveLength(1);
});
