import { setTimeout as delay } from 'node:timers/promises';
import { eq, inArray } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { readAftermath, toldOf } from '../support/aftermath.ts';
import { startCrashing, type CrashingServer, type Visitor } from '../support/crashingServer.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { between, measured, rounds } from '../support/rounds.ts';
import { until } from '../support/until.ts';

/** Lessons whose scheduled end is the same second: the server looks for them once a second. */
const TOGETHER = 12;
const MINUTE = 60_000;

/** Makes these lessons end at `at`, with a learner in them. */
function setEnd(
	{ atStore }: CrashingServer,
	roomCodes: string[],
	learner: Visitor,
	at: number
): Promise<void> {
	return atStore(async ({ db, transact, tables: { sessions, attendance } }) => {
		const rows = await db.select().from(sessions).where(inArray(sessions.roomCode, roomCodes));
		const now = new Date();
		const stays = rows.map(({ id }) => ({
			...{ id: createId(), sessionId: id, userId: learner.id, seatId: createId() },
			...{ joinedAt: now, heartbeatAt: now, leftAt: null, deviceTrouble: null }
		}));
		await transact(function* (tx) {
			yield tx.insert(attendance).values(stays).returning({ id: attendance.id });
			for (const { id } of rows) {
				const change = tx.update(sessions).set({ endsAt: new Date(at) });
				yield change.where(eq(sessions.id, id)).returning({ id: sessions.id });
			}
		});
	});
}

/** Asked again until there is an answer, as a page does whose socket breaks. */
async function answered(ask: () => Promise<unknown>): Promise<string> {
	for (;;) {
		const answer = await outcome(ask());
		if (answer === 'ok' || /^[a-z-]+$/.test(answer)) return answer;
		await delay(10);
	}
}

test('[P5] [P6] [F1] the button twice, a retry, an extension and the clock at the same moment: one end, or none', async () => {
	const ticks = rounds(4, 84);
	// Further ones on a machine on which one side has won all of the first.
	const most = 3 * ticks;
	const server = await startCrashing(async (desk) => {
		const [mentor, learner] = [await desk.person('mentor', 'Grace'), await desk.person('learner', 'Ada')];
		const roomCodes: string[] = [];
		for (let i = 0; i < most * TOGETHER; i += 1) roomCodes.push(await desk.lesson(mentor, [learner]));
		return { roomCodes, mentor, learner };
	});
	onTestFinished(server.close);
	const { roomCodes, mentor, learner } = server.planned;
	const clients = [openClient(server.url, mentor), openClient(server.url, mentor)] as const;
	onTestFinished(() => Promise.all(clients.map((client) => client.close())).then(() => undefined));
	await Promise.all(clients.map((client) => client.trpc.room.clock.query()));

	const end = ({ trpc }: LiveClient, roomCode: string) => answered(() => trpc.room.end.mutate({ roomCode }));
	const extend = ({ trpc }: LiveClient, roomCode: string, clientId: string) =>
		// The mentor gives all these lessons at once.
		answered(() => trpc.room.extend.mutate({ roomCode, clientId, minutes: 5, overlapAccepted: true }));
	const counts = { mentor: 0, time: 0, extended: 0 };

	const isRace = () => Math.min(...Object.values(counts)) > 0;
	for (let tick = 0; tick < ticks || (tick < most && !isRace()); tick += 1) {
		const those = roomCodes.slice(tick * TOGETHER, (tick + 1) * TOGETHER);
		// A whole second, because that is when the clock strikes; far enough away to prepare for it.
		const at = Math.ceil((Date.now() + 400) / 1_000) * 1_000;
		await setEnd(server, those, learner, at);
		// Further apart each time: who is slower here, the clock or the people, wins now and then all the same.
		const width = 1 + (tick < ticks ? tick % 4 : tick);
		const around = () => delay(Math.max(0, at + between(-20 * width, 80 * width) - Date.now()));
		const work = those.map(async (roomCode, i) => {
			const presses = i % 3 === 0 ? 0 : between(1, 3);
			const ended = Array.from({ length: presses }, async (_, press) => {
				await around();
				return end(clients[press % 2]!, roomCode);
			});
			const id = createId();
			// Sent twice with the same id, by two connections.
			const extended = clients.map(async (client) => {
				if (i % 3 === 1) return null;
				await around();
				return extend(client, roomCode, id);
			});
			return { ended: await Promise.all(ended), extended: await Promise.all(extended) };
		});
		// In the middle of it one connection breaks: what was under way is asked again.
		await delay(Math.max(0, at + between(-20, 80) - Date.now()));
		clients[0].cut();
		const outcomes = await Promise.all(work);
		const overdue = async () => {
			const found = await server.atStore((store) => readAftermath(store, those));
			for (const { session } of found.values())
				if (session.endsAt.getTime() <= at) expect(session.status).toBe('completed');
			return found;
		};
		const found = await until(overdue);

		for (const [i, roomCode] of those.entries()) {
			const { session, ends, extensions, ledger, jobs, stays } = found.get(roomCode)!;
			const over = session.status === 'completed';
			const { ended, extended } = outcomes[i]!;
			expect(ended.every((answer) => answer === 'ok')).toBe(true);
			if (ended.length > 0) expect(over).toBe(true);
			expect(extensions.length).toBeLessThanOrEqual(1);
			expect(session.endsAt.getTime()).toBe(at + extensions.length * 5 * MINUTE);
			// Both are told the same, unless one of them came before and the other after the end.
			const answers = new Set(extended.filter((answer) => answer !== null));
			if (extensions.length === 0) for (const answer of answers) expect(answer).toBe('session-over');
			else expect([...answers]).toEqual(['ok']);
			expect(ends).toHaveLength(over ? 1 : 0);
			expect(ledger.map(({ amountMinor }) => amountMinor)).toEqual(over ? [1_000] : []);
			expect(jobs.map(({ kind }) => kind).sort()).toEqual(
				over ? ['analytics', 'notify-end', 'rating-reminder'] : []
			);
			expect(stays.every(({ leftAt }) => (leftAt !== null) === over)).toBe(true);
			counts.extended += extensions.length;
			if (!over) continue;
			expect(ends[0]!.payload.reason).toBe(session.endReason);
			counts[session.endReason!] += 1;
			// Extended or ended by the clock, never both.
			if (session.endReason === 'time')
				expect([extensions.length, session.endedAt!.getTime()]).toEqual([0, at]);
		}
	}
	// It was a race indeed.
	expect(isRace()).toBe(true);
	await until(async () => {
		const found = await server.atStore((store) => readAftermath(store, roomCodes));
		for (const after of found.values()) {
			const people = [learner.id, mentor.id].sort();
			expect(toldOf(after, 'session-ended')).toEqual(after.session.status === 'completed' ? people : []);
		}
	});
	expect(server.output()).toBe('');
	const label = '[P5] [P6] of lessons in which everything met at once:';
	measured(`${label} ended by the button`, '', counts.mentor, 'each once');
	measured(`${label} ended by the clock`, '', counts.time, 'each once');
	measured(`${label} extended`, '', counts.extended, 'none of them ended by the clock');
});
