import { expect, onTestFinished, test } from 'vitest';
import { FROM, invitation, TO_LIAM } from '../../src/lib/server/mail/mailFixture.ts';
import { enqueueReminders } from '../../src/lib/server/mail/reminders.ts';
import { startCrashing, type CrashingServer } from '../support/crashingServer.ts';
import { endLeases } from '../support/leases.ts';
import { enqueueMails } from '../support/mailDesk.ts';
import { startMailServer } from '../support/mailServer.ts';
import type { KillPoint } from '../support/mishap.ts';
import { until } from '../support/until.ts';

const CLAIMED = 'update "jobs" set "lease_until"';

/** Where the server dies while it sends a mail, and how often that mail may arrive. */
const POINTS: [string, KillPoint, number][] = [
	['with the mail claimed and not sent', { armedBy: [CLAIMED], at: 'from "mails"', when: 'before' }, 1],
	[
		'with the mail sent and that not written down',
		{ armedBy: [CLAIMED], at: 'update "mails"', when: 'before' },
		2
	],
	['before that is committed', { armedBy: ['update "mails"'], at: '^COMMIT', when: 'before' }, 2],
	[
		'before the job is noted as done',
		{ armedBy: ['update "mails"'], at: 'update "jobs" .*"done_at"', when: 'before' },
		1
	]
];

async function crashing(): Promise<CrashingServer> {
	const server = await startCrashing(async (desk) => {
		const mentor = await desk.person('mentor', 'Grace Hopper');
		await desk.lesson(mentor, [await desk.person('learner', 'Alan')]);
	});
	onTestFinished(server.close);
	await server.kill();
	return server;
}

test('[K3] [A3] killed between claiming and sending, or between sending and noting it: it arrives, at most once more, as the same mail', async () => {
	const post = await startMailServer();
	const server = await crashing();
	server.mail = { url: post.url, from: FROM };
	for (const [nth, [name, killed, most]] of POINTS.entries()) {
		const address = `ada-${nth}@people.test`;
		const mail = invitation({ uniqueKey: name, to: { ...TO_LIAM, userId: null, address } });
		await server.atStore((store) => enqueueMails(store, server.url, [mail]));
		await server.startAndDie({ killed });
		await server.atStore(endLeases);
		await server.start();
		await until(async () => expect((await server.metrics()).peerlearn_mails_waiting).toBe(0));
		await server.kill();
		const arrived = post.mails.filter(({ to_ }) => to_.includes(address));
		expect([name, arrived.length]).toEqual([name, most]);
		expect(new Set(arrived.map(({ messageId }) => messageId)).size).toBe(1);
	}
	await post.close();
});

test('[K3] killed while it reminds of a session: each member is told once, and written to once', async () => {
	const post = await startMailServer();
	const server = await crashing();
	server.mail = { url: post.url, from: FROM };
	const startsAt = Date.now() + 3_600_000;
	await server.atStore(async (store) => {
		const { sessions } = store.tables;
		await store.transact(function* (tx) {
			const times = { startsAt: new Date(startsAt), endsAt: new Date(startsAt + 3_600_000) };
			const change = tx.update(sessions).set({ ...times, status: 'scheduled' as const });
			const [session] = (yield change.returning()) as { id: string; startsAt: Date }[];
			yield* enqueueReminders(store, tx, session!, startsAt - 601_000);
			// As if ten minutes before had come just now.
			yield tx.update(store.tables.jobs).set({ dueAt: new Date() }).returning({ id: store.tables.jobs.id });
		});
	});
	// The clock of the server stands at the minute it reminds in.
	const clockAheadMs = startsAt - 600_000 - Date.now();
	for (const armedBy of ['insert into "notifications"', 'insert into "mails"'])
		for (const when of ['before', 'after'] as const) {
			await server.startAndDie({ clockAheadMs, killed: { armedBy: [armedBy], at: '^COMMIT', when } });
			await server.atStore(endLeases);
			if (armedBy.includes('mails') && when === 'after') break;
		}
	await server.start({ clockAheadMs });
	await until(() => expect(post.mails).toHaveLength(2));
	await until(async () => expect((await server.metrics()).peerlearn_jobs_waiting).toBe(0));
	await server.kill();
	expect(new Set(post.mails.map(({ to_ }) => to_[0])).size).toBe(2);
	expect(post.mails).toHaveLength(2);
	const told = await server.atStore(({ db, tables }) => db.select().from(tables.notifications));
	expect(told.filter(({ kind }) => kind === 'session-soon')).toHaveLength(2);
	await post.close();
});
