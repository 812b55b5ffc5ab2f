import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { planLesson, startCrashing, type CrashingServer } from '../support/crashingServer.ts';
import { measured, rounds, SOAK } from '../support/rounds.ts';
import { createLogDigest, openStuckReader } from '../support/stuckReader.ts';
import { until } from '../support/until.ts';

/** Texts are shorter in the soak, where it is the number that counts. */
const FILLING = ' and more of it'.repeat(SOAK ? 40 : 130);
/** As many as fit into one frame. */
const BATCH = SOAK ? 70 : 25;
/** So many learners write beside the mentor that nobody says more than one person may, however fast the server takes it. */
const LEARNERS = rounds(20, 80);

/** As fast as the server takes them, with a look at its figures now and then. The most memory it used, bytes. */
async function flood(
	server: CrashingServer,
	writers: readonly LiveClient[],
	roomCode: string,
	[from, to]: readonly [number, number],
	onLook: (figures: Record<string, number>) => void = () => undefined
) {
	let most = 0;
	for (let n = from; n < to; n += BATCH) {
		const batch = Array.from({ length: Math.min(BATCH, to - n) }, (_, i) => n + i);
		const writer = writers[Math.floor(n / BATCH) % writers.length]!;
		await Promise.all(
			batch.map((i) =>
				writer.trpc.room.say.mutate({ roomCode, clientId: `flood-${i}`, text: `${i}${FILLING}` })
			)
		);
		const figures = await server.metrics();
		onLook(figures);
		most = Math.max(most, figures.process_resident_memory_bytes!);
	}
	return most;
}

const SLOW = rounds(8, 3);
const WARM = rounds(2_000, 10_000);
const EVENTS = rounds(4_000, 100_000);

/**
 * A lesson with one reader who keeps up and `SLOW` more, who after a while take nothing any more – or, for comparison,
 * go on reading. What the server's memory grew by from then on, and for how long it bore with them.
 */
async function lesson({ frozen }: { frozen: boolean }): Promise<{ growth: number; cutAfter: number }> {
	const server = await startCrashing((desk) => planLesson(desk, LEARNERS));
	onTestFinished(server.close);
	const { roomCode, learners, everybody } = server.planned;
	const writers = everybody.map((person) => openClient(server.url, person));
	const closeAll = () => Promise.all(writers.map((writer) => writer.close()));
	onTestFinished(async () => void (await closeAll()));
	// The figures of the server are compared from here on.
	await Promise.all(writers.map((writer) => writer.trpc.room.clock.query()));
	const readers = await Promise.all(
		Array.from({ length: SLOW + 1 }, () => openStuckReader(server.url, learners[0]!, roomCode))
	);
	onTestFinished(() => readers.forEach((reader) => reader.close()));
	const healthy = readers[0]!;
	const slow = frozen ? readers.slice(1) : [];

	const usual = await flood(server, writers, roomCode, [0, WARM]);
	for (const reader of readers) await until(() => expect(reader.log.count()).toBe(WARM), 30_000);
	const sockets = (await server.metrics()).peerlearn_sockets!;
	// One that stays silent is noticed by its missing pongs, one that goes on sending by what waits for it.
	slow.forEach((reader, i) => reader.freeze({ chatty: SOAK && i % 2 === 0 }));
	const frozenAt = Date.now();
	let cutAfter: number | null = null;
	const look = ({ peerlearn_sockets: open }: Record<string, number>) => {
		if (open === sockets - slow.length) cutAfter ??= Date.now() - frozenAt;
	};
	const most = await flood(server, writers, roomCode, [WARM, WARM + EVENTS], look);
	await until(async () => {
		look(await server.metrics());
		expect(cutAfter).not.toBeNull();
		await delay(100);
	}, 60_000);

	// Only those: nobody else noticed anything.
	const log = await server.log(roomCode);
	expect(log).toHaveLength(WARM + EVENTS);
	const whole = createLogDigest();
	whole.add(log);
	await until(() => expect(healthy.log.count()).toBe(log.length), 30_000);
	expect(healthy.isOpen()).toBe(true);
	expect(writers.flatMap((writer) => writer.closes)).toEqual([]);
	for (const reader of slow) {
		await reader.thaw();
		await reader.resume();
	}
	for (const reader of readers) {
		await until(() => expect(reader.log.count()).toBeGreaterThanOrEqual(log.length), rounds(60_000, 300_000));
		expect(reader.log.value()).toBe(whole.value());
	}
	expect(server.output()).toBe('');
	// The next one is to be alone on this machine.
	readers.forEach((reader) => reader.close());
	await closeAll();
	await server.close();
	return { growth: (most - usual) / 1e6, cutAfter: cutAfter! };
}

test('[K9] readers that stop reading are disconnected, cost next to nothing, and have the same log later', async () => {
	// A busy server grows by itself, and not always by the same: its memory is compared with what two need whose readers
	// all keep up.
	const others = [await lesson({ frozen: false }), await lesson({ frozen: false })];
	const usual = { growth: Math.max(...others.map((other) => other.growth)) };
	const { growth, cutAfter } = await lesson({ frozen: true });
	measured(`[K9] events while ${SLOW} readers took nothing`, 'entries', EVENTS, '');
	measured('[K9] growth of the server’s memory meanwhile', 'MB', growth, '');
	measured('[K9] the same with all of them reading', 'MB', usual.growth, '');
	measured(`[K9] what ${SLOW} stuck readers cost`, 'MB', growth - usual.growth, '< 20 MB');
	measured('[K9] until all of them were disconnected', 'ms', cutAfter, '');
	expect(growth - usual.growth).toBeLessThan(20);
});
