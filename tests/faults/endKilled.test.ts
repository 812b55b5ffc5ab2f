import { expect, onTestFinished, test } from 'vitest';
import { browserClock } from '../../src/lib/room/adapters/browserClock.ts';
import { repeatedly } from '../../src/lib/room/failures.ts';
import { readAftermath, toldOf, type Aftermath } from '../support/aftermath.ts';
import { startCrashing, type CrashingServer, type Visitor } from '../support/crashingServer.ts';
import type { KillPoint } from '../support/mishap.ts';
import { openPage } from '../support/nodePage.ts';
import { measured, SOAK } from '../support/rounds.ts';
import { until } from '../support/until.ts';

/** The statement that makes a session completed. */
const ENDING = 'update "sessions" set "status" .*"completed"';
const REMINDING = 'insert into "notifications" .*"rating-reminder"';
const LEASE_MS = 61_000;
const REMINDER_MS = 5 * 60_000;

/** After the statement that makes the session completed. */
type EndPoint = Omit<KillPoint, 'armedBy'> & { after?: string };

/** Where the server dies while it ends a session and does what follows. */
const POINTS: [string, EndPoint][] = [
	['before anything is written', { at: ENDING, when: 'before' }],
	['when the status is written', { at: ENDING, when: 'after' }],
	['before the log entry', { at: 'insert into "room_log" .*session\\.end', when: 'before' }],
	['between entry and earning', { at: 'insert into "ledger"', when: 'before' }],
	['between two jobs', { at: 'insert into "jobs"', when: 'before', skip: 1 }],
	['before the commit', { at: '^COMMIT', when: 'before' }],
	['after the commit, before anybody is told', { at: '^COMMIT', when: 'after' }],
	['with a job claimed', { at: 'insert into "notifications"', when: 'before' }],
	[
		'with the effect done and the job not',
		{ after: 'insert into "notifications"', at: '^COMMIT', when: 'after' }
	],
	[
		'before the job is noted as done',
		{ after: 'insert into "notifications"', at: 'update "jobs" .*"done_at"', when: 'before' }
	]
];

/** In the soak, each statement from the end on, one after the other. */
const STATEMENTS: [string, EndPoint][] = Array.from({ length: SOAK ? 45 : 0 }, (_, skip) => [
	`before statement ${skip}`,
	{ at: '', when: 'before', skip }
]);

/** Only this session's end counts: others may be ended by a retry. */
function killedAt({ after, ...point }: EndPoint, sessionId: string): KillPoint {
	return { ...point, armedBy: [`${ENDING}.*${sessionId}`, ...(after ? [after] : [])] };
}

async function aftermathOf(server: CrashingServer, roomCode: string): Promise<Aftermath> {
	return (await server.atStore((store) => readAftermath(store, [roomCode]))).get(roomCode)!;
}

/** Nobody's lesson ends by time here. */
function endTomorrow(server: CrashingServer): Promise<void> {
	return server.atStore(async ({ transact, tables: { sessions } }) => {
		const endsAt = new Date(Date.now() + 86_400_000);
		await transact(function* (tx) {
			yield tx.update(sessions).set({ endsAt }).returning({ id: sessions.id });
		});
	});
}

/** Mentor and two learners, and lessons of theirs that run. */
async function schoolOf(lessons: number) {
	const server = await startCrashing(async (desk) => {
		const mentor = await desk.person('mentor', 'Grace Hopper');
		const learners = [await desk.person('learner', 'Alan'), await desk.person('learner', 'Ada')];
		const roomCodes: string[] = [];
		for (let i = 0; i < lessons; i += 1) roomCodes.push(await desk.lesson(mentor, learners));
		return { roomCodes, everybody: [mentor, ...learners] };
	});
	onTestFinished(server.close);
	await server.kill();
	await endTomorrow(server);
	const { roomCodes, everybody } = server.planned;
	const found = await server.atStore((store) => readAftermath(store, roomCodes));
	const sessionIds = roomCodes.map((roomCode) => found.get(roomCode)!.session.id);
	return { server, roomCodes, sessionIds, everybody, ids: everybody.map(({ id }) => id).sort() };
}

async function enter(server: CrashingServer, roomCode: string, everybody: Visitor[]) {
	const pages = everybody.map((person) => openPage(server.url, person, roomCode));
	onTestFinished(() => pages.forEach((page) => page.close()));
	for (const page of pages) await until(() => expect(page.people()).toHaveLength(3));
	return pages;
}

test('[K2] [F2] killed before, inside and after the transaction of the end: ended once, with one of everything', async () => {
	const points = [...POINTS, ...STATEMENTS];
	const { server, roomCodes, sessionIds, everybody, ids } = await schoolOf(points.length);
	const mishap = (round: number) => {
		const point = points[round]?.[1];
		return { clockAheadMs, killed: point && killedAt(point, sessionIds[round]!) };
	};
	const told: number[] = [];
	let clockAheadMs = 0;
	await server.start(mishap(0));
	for (const [round, [name]] of points.entries()) {
		const roomCode = roomCodes[round]!;
		const pages = await enter(server, roomCode, everybody);
		const refused: string[] = [];
		const clock = browserClock();
		const request = repeatedly({ clock, goOn: () => true, onRefused: (text) => refused.push(text) });
		// As the mentor's page does it: again until the server has answered.
		const ending = request(() => pages[0]!.link.end());
		await server.died();
		const { session, ends, ledger, jobs } = await aftermathOf(server, roomCode);
		const done = session.status === 'completed';
		// All of it, or nothing.
		expect([name, ends.length, ledger.length, jobs.length]).toEqual([
			name,
			...(done ? [1, 1, 5] : [0, 0, 0])
		]);
		if (jobs.some(({ leaseUntil }) => leaseUntil)) clockAheadMs += LEASE_MS;

		const opened = await server.start(mishap(round + 1));
		await ending;
		for (const page of pages) await until(() => expect(page.entries.at(-1)?.type).toBe('session.end'));
		told.push(Date.now() - opened);
		expect(refused).toEqual([]);
		await until(async () => {
			const after = await aftermathOf(server, roomCode);
			// A server that starts before the figures are there looks for them beside these jobs.
			expect(
				after.jobs
					.filter(({ doneAt, uniqueKey }) => doneAt && !uniqueKey.startsWith('figures:'))
					.map(({ kind }) => kind)
					.sort()
			).toEqual(['analytics', 'notify-end']);
		});
		const after = await aftermathOf(server, roomCode);
		expect(after.session).toMatchObject({ status: 'completed', endReason: 'mentor' });
		expect(after.ends).toHaveLength(1);
		expect(after.ledger).toMatchObject([{ amountMinor: 1_000 }]);
		expect(after.stays.every(({ leftAt }) => leftAt !== null)).toBe(true);
		expect([name, toldOf(after, 'session-ended')]).toEqual([name, ids]);
		for (const page of pages) {
			await until(() => expect(page.people()).toEqual([]));
			expect(page.entries).toEqual(await server.log(roomCode));
			expect((await page.link.state()).session.status).toBe('completed');
			page.close();
		}
	}

	// Five minutes later, by the server's clock, everybody is reminded of each of them once.
	await server.kill();
	await server.start({ clockAheadMs: clockAheadMs + REMINDER_MS + LEASE_MS });
	await until(async () => expect((await server.metrics()).peerlearn_jobs_waiting).toBe(0));
	const all = await server.atStore((store) => readAftermath(store, roomCodes));
	expect([...all.values()].map((after) => toldOf(after, 'rating-reminder'))).toEqual(
		roomCodes.map(() => ids)
	);
	expect([...all.values()].map((after) => toldOf(after, 'session-ended'))).toEqual(roomCodes.map(() => ids));
	expect(server.output()).toBe('');
	measured(
		'[K2] killed while a session ends: everybody told of the end after the start',
		'ms',
		told,
		'≤ 2 s'
	);
});

test.each([
	['before the notification', { armedBy: [REMINDING], at: REMINDING, when: 'before' }],
	['when it is stored and the job is not done', { armedBy: [REMINDING], at: '^COMMIT', when: 'after' }]
] satisfies [string, KillPoint][])(
	'[K3] [F5] killed between claim and delivery of a rating reminder, %s: it comes after the lease, once',
	async (_name, killed) => {
		const { server, roomCodes, everybody, ids } = await schoolOf(1);
		const roomCode = roomCodes[0]!;
		await server.start();
		const pages = await enter(server, roomCode, everybody);
		await pages[0]!.link.end();
		pages.forEach((page) => page.close());
		await until(async () => expect((await server.metrics()).peerlearn_jobs_waiting).toBe(3));
		const reminded = async () => toldOf(await aftermathOf(server, roomCode), 'rating-reminder');

		// A few seconds before its time nothing is due.
		await server.kill();
		await server.start({ clockAheadMs: REMINDER_MS - 20_000 });
		await until(async () => {
			const { peerlearn_jobs_waiting: waiting, peerlearn_jobs_oldest_due_seconds: due } =
				await server.metrics();
			expect([waiting, due]).toEqual([3, 0]);
		});
		expect(await reminded()).toEqual([]);

		await server.kill();
		const later = { clockAheadMs: REMINDER_MS + 1_000 };
		await server.startAndDie({ ...later, killed });
		const { jobs } = await aftermathOf(server, roomCode);
		const [claimed, ...others] = jobs.filter(
			({ attempts, kind }) => attempts > 0 && kind === 'rating-reminder'
		);
		expect(others).toEqual([]);
		expect(claimed).toMatchObject({ attempts: 1, doneAt: null, lastError: null });
		const delivered = await reminded();
		expect(delivered).toHaveLength(killed.when === 'after' ? 1 : 0);

		// The others are not held up; this one waits for the lease.
		const killedAt = Date.now();
		await server.start(later);
		await until(async () => expect((await server.metrics()).peerlearn_jobs_waiting).toBe(1));
		expect(await reminded()).toHaveLength(2 + delivered.length);
		if (!SOAK) {
			await server.kill();
			await server.start({ clockAheadMs: later.clockAheadMs + LEASE_MS });
		}
		await until(async () => expect((await server.metrics()).peerlearn_jobs_waiting).toBe(0), 75_000);
		if (SOAK)
			measured(
				'[K3] from the kill until the reminder',
				'ms',
				Date.now() - killedAt,
				'≤ 60 s lease and a tick'
			);
		expect(await reminded()).toEqual(ids);
		expect(server.output()).toBe('');
	}
);
