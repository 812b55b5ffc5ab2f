import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { eq } from 'drizzle-orm';
import { linkFailure } from '../../src/lib/room/failures.ts';
import { readAftermath, type Aftermath } from '../support/aftermath.ts';
import type { CrashingServer } from '../support/crashingServer.ts';
import { fullLesson } from '../support/fullLesson.ts';
import { testUnless } from '../support/testUnless.ts';
import { until } from '../support/until.ts';

/** From now on no file of this process takes a further byte, or all do again: the system refuses as a full disk does. */
function fillDisk(server: CrashingServer, full: boolean): void {
	execFileSync('prlimit', ['--pid', String(server.pid()), `--fsize=${full ? '1' : 'unlimited'}:unlimited`]);
}

/** Why no disk can be filled here; null where it can be. */
function noPrlimit(): string | null {
	try {
		execFileSync('prlimit', ['--version'], { stdio: 'ignore' });
		return null;
	} catch {
		return 'there is no prlimit to refuse a process its writes';
	}
}
const impossible = noPrlimit();

async function aftermathOf(server: CrashingServer, roomCode: string): Promise<Aftermath> {
	return (await server.atStore((store) => readAftermath(store, [roomCode]))).get(roomCode)!;
}

testUnless(
	impossible,
	'[K7] [F2] the disk is full while a session ends: not acknowledged and not begun; works again without a restart',
	async () => {
		const { server, pages, roomCode } = await fullLesson();
		const [mentor] = pages;
		fillDisk(server, true);
		const refused = await mentor!.link.end().then(() => null, linkFailure);
		expect(refused).toMatchObject({ kind: 'refused', reason: 'internal' });
		const before = await aftermathOf(server, roomCode);
		expect(before).toMatchObject({ session: { status: 'live' }, ends: [], ledger: [], jobs: [] });
		for (const page of pages) expect(page.entries.map(({ type }) => type)).not.toContain('session.end');
		// Reading goes on.
		expect((await mentor!.link.state()).session.status).toBe('live');

		fillDisk(server, false);
		await mentor!.link.end();
		for (const page of pages) await until(() => expect(page.entries.at(-1)?.type).toBe('session.end'));
		const after = await aftermathOf(server, roomCode);
		expect(after).toMatchObject({ session: { endReason: 'mentor' }, ends: [{}], ledger: [{}] });
		await until(async () => expect((await server.metrics()).peerlearn_jobs_waiting).toBe(3));
	}
);

testUnless(
	impossible,
	'[K7] [F1] the disk is full over the scheduled end: it comes when there is room again, at its time',
	async () => {
		const { server, pages, roomCode } = await fullLesson();
		// Before the end is set: it must not come while there is room.
		fillDisk(server, true);
		const endsAt = Date.now() + 1_000;
		await server.atStore(async ({ transact, tables: { sessions } }) => {
			await transact(function* (tx) {
				const change = tx.update(sessions).set({ endsAt: new Date(endsAt) });
				yield change.where(eq(sessions.roomCode, roomCode)).returning({ id: sessions.id });
			});
		});
		// It has tried, and said so.
		await until(() => expect(server.output()).toContain('endOverdue'));
		expect(await aftermathOf(server, roomCode)).toMatchObject({ session: { status: 'live' }, ends: [] });
		fillDisk(server, false);
		for (const page of pages) await until(() => expect(page.entries.at(-1)?.type).toBe('session.end'));
		const { session, ledger } = await aftermathOf(server, roomCode);
		expect(session).toMatchObject({ status: 'completed', endReason: 'time', endedAt: new Date(endsAt) });
		expect(ledger).toHaveLength(1);
	}
);
