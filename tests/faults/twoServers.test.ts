import { onTestFinished, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { run } from '../../src/lib/server/db/store.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { enqueueJobs, type NewJob } from '../../src/lib/server/jobs/jobsService.ts';
import { readAftermath, toldOf } from '../support/aftermath.ts';
import { startCrashing } from '../support/crashingServer.ts';
import { rounds } from '../support/rounds.ts';
import { startDemo } from '../support/startDemo.ts';
import { until } from '../support/until.ts';

test('[F2] two servers tick over one database: each job is claimed once and done once', async () => {
	const lessons = rounds(25, 150);
	const server = await startCrashing(async (desk) => {
		const [mentor, learner] = [await desk.person('mentor', 'Grace'), await desk.person('learner', 'Ada')];
		const roomCodes: string[] = [];
		for (let i = 0; i < lessons; i += 1) roomCodes.push(await desk.lesson(mentor, [learner]));
		return { roomCodes, people: [mentor.id, learner.id].sort() };
	});
	onTestFinished(server.close);
	const { roomCodes, people } = server.planned;
	await server.stop();
	// As after an evening without a server: everything is due at once, and both find it when they start.
	await server.atStore(async (store) => {
		const { sessions } = store.tables;
		const rows = await store.db.select().from(sessions);
		const now = Date.now();
		await store.transact(function* (tx) {
			const over = { status: 'completed', endedAt: new Date(now), durationSeconds: 60 } as const;
			yield* run(
				tx.update(sessions).set(over).where(eq(sessions.status, 'live')).returning({ id: sessions.id })
			);
			for (const { id: sessionId, startedAt } of rows) {
				// Only who was there is asked for a rating.
				const there = { sessionId, seatId: createId(), joinedAt: startedAt!, heartbeatAt: startedAt! };
				for (const userId of people)
					yield* run(
						tx
							.insert(store.tables.attendance)
							.values({ ...there, id: createId(), userId, leftAt: new Date(now) })
							.returning({ id: store.tables.attendance.id })
					);
				const payload = { sessionId };
				const jobs: NewJob[] = [
					{ kind: 'analytics', uniqueKey: `analytics:${sessionId}`, payload, dueAt: now },
					{ kind: 'notify-end', uniqueKey: `notify-end:${sessionId}`, payload, dueAt: now },
					...people.map((userId) => ({
						kind: 'rating-reminder' as const,
						uniqueKey: `rating-reminder:${sessionId}:${userId}`,
						payload: { sessionId, userId },
						dueAt: now
					}))
				];
				yield* enqueueJobs(store, tx, jobs);
			}
		});
	});

	const another = startDemo({ dataDir: server.dataDir });
	await Promise.all([server.start(), another]);
	const second = await another;
	onTestFinished(second.kill);
	await until(async () => expect((await server.metrics()).peerlearn_jobs_waiting).toBe(0), 60_000);
	const found = await server.atStore((store) => readAftermath(store, roomCodes));
	for (const after of found.values()) {
		// Beside them each server looks at its start for lessons whose figures are missing.
		expect(after.jobs.filter(({ uniqueKey }) => !uniqueKey.startsWith('figures:'))).toHaveLength(4);
		for (const { attempts, lastError } of after.jobs) expect([attempts, lastError]).toEqual([1, null]);
		expect(toldOf(after, 'session-ended')).toEqual(people);
		expect(toldOf(after, 'rating-reminder')).toEqual(people);
	}
	for (const output of [server.output(), second.output()]) expect(output).toBe('');
});
