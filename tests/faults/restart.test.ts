import { setTimeout as delay } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Store } from '../../src/lib/server/db/store.ts';
import type { NotificationKind } from '../../src/lib/shared/notification.ts';
import type { CrashingServer } from '../support/crashingServer.ts';
import { fullLesson } from '../support/fullLesson.ts';
import { endLeases } from '../support/leases.ts';
import type { NodePage } from '../support/nodePage.ts';
import { between, measured, rounds } from '../support/rounds.ts';
import { until } from '../support/until.ts';

async function readSession({ atStore }: CrashingServer, roomCode: string) {
	return atStore(async ({ db, tables: { sessions } }) => {
		const [session] = await db.select().from(sessions).where(eq(sessions.roomCode, roomCode));
		return session!;
	});
}

/** Moves the scheduled end; the server looks at it every second. */
function endAt({ atStore }: CrashingServer, roomCode: string, at: number): Promise<void> {
	return atStore(async ({ transact, tables: { sessions } }) => {
		await transact(function* (tx) {
			const change = tx.update(sessions).set({ endsAt: new Date(at) });
			yield change.where(eq(sessions.roomCode, roomCode)).returning({ id: sessions.id });
		});
	});
}

/** As if their time had come while no server ran. */
async function makeRemindersDue({ transact, tables: { jobs } }: Store): Promise<void> {
	await transact(function* (tx) {
		const change = tx.update(jobs).set({ dueAt: new Date() });
		yield change.where(eq(jobs.kind, 'rating-reminder')).returning({ id: jobs.id });
	});
}

const everybodyLive = (pages: NodePage[], since: number) =>
	until(() => {
		for (const page of pages) {
			expect(page.status().name).toBe('live');
			expect(page.status().since).toBeGreaterThanOrEqual(since - 50);
		}
	});

test('[F1] [F2] [K2] the scheduled end passes while the server is down: ended once, at the right time, for everybody', async () => {
	const told: number[] = [];
	for (let round = 0; round < rounds(1, 10); round += 1) {
		const { server, pages, roomCode, everybody } = await fullLesson();
		const endsAt = Date.now() + 2_000;
		await endAt(server, roomCode, endsAt);
		await server.kill();
		// Longer than the scheduled end: the lesson does not become longer by it.
		await delay(endsAt + 500 - Date.now());
		let opened = await server.start();
		// Once more in the middle of it, before, while or after the end is written.
		await delay(between(0, 300));
		await server.kill();
		await server.atStore(endLeases);
		opened = await server.start();
		for (const page of pages) await until(() => expect(page.entries.at(-1)?.type).toBe('session.end'));
		told.push(Date.now() - opened);

		const session = await readSession(server, roomCode);
		const startedAt = session.startedAt!.getTime();
		const durationSeconds = Math.round((endsAt - startedAt) / 1_000);
		expect(session).toMatchObject({ status: 'completed', endReason: 'time', durationSeconds });
		expect(session.endedAt?.getTime()).toBe(endsAt);
		const log = await server.log(roomCode);
		expect(log.filter(({ type }) => type === 'session.end').map(({ payload }) => payload)).toEqual([
			{ reason: 'time', durationSeconds }
		]);
		const leaves = log.filter(({ type }) => type.endsWith('.leave'));
		expect(leaves.map(({ payload }) => payload)).toEqual(
			Array.from({ length: 3 }, () => ({ reason: 'session-end' }))
		);
		for (const page of pages) expect(page.entries).toEqual(log);
		for (const { joinedAt, leftAt } of await server.attendance(roomCode)) {
			expect(joinedAt.getTime()).toBeLessThan(endsAt);
			expect(leftAt?.getTime()).toBe(endsAt);
		}
		await until(() => expect(pages.map((page) => page.people())).toEqual([[], [], []]));

		// What follows was queued with the end, and is done by whichever server is there.
		const people = everybody.map(({ id }) => id).sort();
		const notified = (kind: NotificationKind) =>
			server.atStore(async ({ db, tables: { notifications } }) => {
				const rows = await db.select().from(notifications).where(eq(notifications.kind, kind));
				return rows.map(({ userId }) => userId).sort();
			});
		await until(async () => expect(await notified('session-ended')).toEqual(people));
		expect(await notified('rating-reminder')).toEqual([]);
		await server.kill();
		await server.atStore(makeRemindersDue);
		await server.start();
		await until(async () => expect(await notified('rating-reminder')).toEqual(people));
		expect(await notified('session-ended')).toEqual(people);
		const booked = await server.atStore(({ db, tables: { ledger } }) => db.select().from(ledger));
		expect(booked.map(({ amountMinor }) => amountMinor)).toEqual([1_000]);
		expect(server.output()).toBe('');
		pages.forEach((page) => page.close());
		await server.close();
	}
	measured('[F1] end that passed without a server: told to everybody after the start', 'ms', told, '≤ 2 s');
	expect(Math.min(...told)).toBeLessThan(2_000);
});

test('[M2] [K1] a lesson that was extended right before a crash goes on until the new end', async () => {
	const { server, pages, roomCode } = await fullLesson();
	const endsAt = Date.now() + 3_000;
	await endAt(server, roomCode, endsAt);
	await pages[0]!.link.extend('five-more', 5);
	await server.kill();
	await delay(endsAt + 500 - Date.now());
	await everybodyLive(pages, await server.start());
	// Sent again, as by a page that did not hear the answer.
	await pages[0]!.link.extend('five-more', 5);
	const session = await readSession(server, roomCode);
	expect(session).toMatchObject({ status: 'live', endsAt: new Date(endsAt + 5 * 60_000) });
	// The server looks for what is due as soon as it starts; a message shows that this is past.
	pages[1]!.outbox.say('Go on', Date.now());
	await until(() => expect(pages[2]!.entries.at(-1)?.type).toBe('chat.message'));
	const types = (await server.log(roomCode)).map(({ type }) => type);
	expect(types.slice(3)).toEqual(['session.extend', 'chat.message']);
});

test('[T8] [K1] [O3] over restarts everybody keeps one stay; who does not come back left when last seen', async () => {
	const { server, pages, roomCode, everybody } = await fullLesson();
	const stays = (store: Store) =>
		store.db.select().from(store.tables.attendance).orderBy(asc(store.tables.attendance.joinedAt));
	const before = await server.atStore(stays);
	expect(before).toHaveLength(3);

	const toldAt = Date.now();
	await server.stop();
	const atStop = await server.atStore(stays);
	for (const { leftAt, heartbeatAt } of atStop) {
		expect(leftAt).toBeNull();
		// Written when the server stopped, not up to ten seconds earlier.
		expect(heartbeatAt.getTime()).toBeGreaterThanOrEqual(toldAt);
	}
	await everybodyLive(pages, await server.start());
	await until(() => expect(pages[0]!.people().map(({ state }) => state)).toEqual(['here', 'here', 'here']));

	await server.kill();
	const killedAt = Date.now();
	// A laptop that was closed meanwhile.
	const [gone] = pages.splice(2, 1);
	gone!.close();
	await everybodyLive(pages, await server.start());
	for (const page of pages) {
		await until(() => expect(page.people()).toHaveLength(2));
		// People and log come by streams of their own.
		await until(() =>
			expect(
				page.entries
					.filter(({ type }) => type.endsWith('.leave'))
					.map(({ actorId, payload }) => [actorId, payload])
			).toEqual([[everybody[2]!.id, { reason: 'lost', since: expect.any(Number) }]])
		);
	}
	const after = await server.atStore(stays);
	expect(after.map(({ id, joinedAt }) => [id, joinedAt])).toEqual(
		before.map(({ id, joinedAt }) => [id, joinedAt])
	);
	const left = after.find(({ userId }) => userId === everybody[2]!.id)!;
	expect(after.filter(({ leftAt }) => leftAt !== null)).toEqual([left]);
	expect(left.leftAt!.getTime()).toBeGreaterThanOrEqual(toldAt);
	expect(left.leftAt!.getTime()).toBeLessThanOrEqual(killedAt);
	const comings = (await server.log(roomCode)).filter(({ type }) => type.endsWith('.join'));
	expect(comings).toHaveLength(3);
});
