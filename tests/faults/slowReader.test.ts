import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { planLesson, startCrashing, type CrashingServer } from '../support/crashingServer.ts';
import { openPage } from '../support/nodePage.ts';
import { measured, rounds, SOAK } from '../support/rounds.ts';
import { openStuckReader } from '../support/stuckReader.ts';
import { until } from '../support/until.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
	for (const run of cleanUps.splice(0).reverse()) await run();
});

/** As many as fit into one frame. */
const BATCH = 25;

/** As fast as the server takes them, and looking at its memory meanwhile. The most it used, bytes. */
async function flood(
	server: CrashingServer,
	writer: LiveClient,
	roomCode: string,
	from: number,
	count: number
) {
	const filling = ' and more of it'.repeat(130);
	let most = 0;
	for (let n = from; n < from + count; n += BATCH) {
		const batch = Array.from({ length: Math.min(BATCH, from + count - n) }, (_, i) => n + i);
		await Promise.all(
			batch.map((i) =>
				writer.trpc.room.say.mutate({ roomCode, clientId: `flood-${i}`, text: `${i}${filling}` })
			)
		);
		most = Math.max(most, (await server.metrics()).process_resident_memory_bytes!);
	}
	return most;
}

test('[K9] readers that stop reading are disconnected, cost next to nothing, and have the same log later', async () => {
	const server = await startCrashing((desk) => planLesson(desk, 2));
	cleanUps.push(server.close);
	const { roomCode, mentor, learners } = server.planned;
	const writer = openClient(server.url, mentor);
	cleanUps.push(() => writer.close());
	const healthy = openPage(server.url, learners[0]!, roomCode);
	cleanUps.push(() => healthy.close());
	const EVENTS = rounds(10_000, 100_000);

	// The same flood first with everybody reading: what a busy server needs anyway is no cost of the slow ones.
	const usual = await flood(server, writer, roomCode, 0, EVENTS / 2);
	const stuck = await Promise.all(
		Array.from({ length: 4 }, () => openStuckReader(server.url, learners[1]!, roomCode))
	);
	cleanUps.push(() => stuck.forEach((reader) => reader.close()));
	for (const reader of stuck)
		await until(() => expect(reader.entries).toHaveLength(healthy.entries.length), 20_000);
	const sockets = (await server.metrics()).peerlearn_sockets!;
	const readBefore = stuck[0]!.entries.length;
	// One that stays silent is noticed by its missing pongs, one that goes on sending by what waits for it.
	stuck.forEach((reader, i) => reader.freeze({ chatty: SOAK && i % 2 === 0 }));
	const frozenAt = Date.now();
	const most = await flood(server, writer, roomCode, EVENTS / 2, EVENTS / 2);
	await until(async () => {
		expect((await server.metrics()).peerlearn_sockets).toBe(sockets - stuck.length);
		await delay(100);
	}, 40_000);
	const cutAfter = Date.now() - frozenAt;

	// Only those: nobody else noticed anything.
	const log = await server.log(roomCode);
	await until(() => expect(healthy.entries).toHaveLength(log.length), 20_000);
	expect(healthy.entries).toEqual(log);
	expect(healthy.status().name).toBe('live');
	expect(writer.closes).toEqual([]);

	for (const reader of stuck) {
		await reader.thaw();
		await reader.resume();
		await until(() => expect(reader.entries).toHaveLength(log.length), 30_000);
		expect(reader.entries).toEqual(log);
	}
	const growth = (most - usual) / 1e6;
	measured('[K9] events while 4 readers took nothing', 'entries', log.length - readBefore, '');
	measured('[K9] growth of the server’s memory by all 4 of them', 'MB', growth, '< 20 MB');
	measured('[K9] until all 4 were disconnected', 'ms', cutAfter, '');
	expect(growth).toBeLessThan(20);
	expect(server.output()).toBe('');
});
