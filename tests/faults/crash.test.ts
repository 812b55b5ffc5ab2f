import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { median } from '../../scripts/bench/statistics.ts';
import type { RoomEvent } from '../../src/lib/shared/roomEvents.ts';
import { fullLesson } from '../support/fullLesson.ts';
import type { NodePage } from '../support/nodePage.ts';
import { between, measured, rounds } from '../support/rounds.ts';
import { until } from '../support/until.ts';

/** A lesson in which everybody talks all the time. */
async function busyLesson() {
	const { server, pages, roomCode } = await fullLesson();
	const said = new Map<string, string[]>();
	let talking = true;
	const talk = pages.map(async (page) => {
		const texts: string[] = [];
		said.set(page.person.id, texts);
		for (let n = 0; talking; n += 1) {
			const text = `${page.person.name} ${n}`;
			texts.push(text);
			page.outbox.say(text, Date.now());
			await delay(between(5, 60));
		}
	});
	return {
		server,
		pages,
		roomCode,
		said,
		async hush() {
			talking = false;
			await Promise.all(talk);
			for (const page of pages) await until(() => expect(page.outbox.outbox()).toEqual([]));
		}
	};
}

/** Everything that was promised is there once, in the same order for all, and nobody came or went. */
async function expectSameLog({
	server,
	pages,
	roomCode,
	said
}: Awaited<ReturnType<typeof busyLesson>>): Promise<RoomEvent[]> {
	const log = await server.log(roomCode);
	expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
	expect(new Set(log.map(({ clientId }) => clientId)).size).toBe(log.length);
	for (const page of pages) {
		await until(() => expect(page.entries.at(-1)?.seq).toBe(log.length));
		expect(page.entries).toEqual(log);
		for (const event of page.acknowledged) expect(log[event.seq - 1]).toEqual(event);
		const own = log.filter((event) => event.type === 'chat.message' && event.actorId === page.person.id);
		expect(own.map(({ payload }) => (payload as { text: string }).text)).toEqual(said.get(page.person.id));
		expect(page.refused).toEqual([]);
	}
	const comings = log.filter(({ type }) => type !== 'chat.message').map(({ type }) => type);
	expect(comings.sort()).toEqual(['learner.join', 'learner.join', 'mentor.join']);
	const stays = await server.attendance(roomCode);
	expect(stays.map(({ leftAt }) => leftAt)).toEqual([null, null, null]);
	return log;
}

/** How long after the server was there again each page had its socket and its seat, ms. */
async function comeBack(pages: NodePage[], openedAt: number): Promise<number[]> {
	return Promise.all(
		pages.map(async (page) => {
			await until(() => {
				expect(page.status().name).toBe('live');
				expect(page.status().since).toBeGreaterThanOrEqual(openedAt - 50);
			});
			return Math.max(0, page.status().since - openedAt);
		})
	);
}

test('[K1] [K6] killed at random moments while everybody talks: every acknowledged entry once, the same log for all', async () => {
	const lesson = await busyLesson();
	const { server, pages } = lesson;
	const began = Date.now();
	const back: number[] = [];
	const ROUNDS = rounds(5, 100);
	for (let round = 0; round < ROUNDS; round += 1) {
		// The first five as fast as the machine starts a server.
		await delay(between(100, round < 5 ? 400 : 900));
		await server.kill();
		await delay(round < 5 ? 0 : between(0, 1_000));
		back.push(...(await comeBack(pages, await server.start())));
		if (round !== 4) continue;
		const five = Date.now() - began;
		measured('[K6] five crashes in a row, all back', 'ms', five, '≤ 60 s');
		expect(five).toBeLessThan(60_000);
	}
	await lesson.hush();
	const log = await expectSameLog(lesson);
	const sendings = pages.flatMap(({ sent }) => [...sent.values()]);
	const again = sendings.filter((times) => times > 1).length;
	measured('[K1] entries, the same for three pages and the database', 'entries', log.length, 'none missing');
	measured('[K1] messages that were under way at a kill and sent again', 'entries', again, '> 0');
	measured('[K1] server socket back after the server was', 'ms', back, '≤ 1 s p95');
	expect(median(back)).toBeLessThan(1_000);
	expect(log.length).toBeGreaterThan(ROUNDS * 10);
	expect(server.output()).toBe('');
});

test('[K5] told to stop in the middle of a lesson: everybody is told, it ends quickly, seats and log survive', async () => {
	const lesson = await busyLesson();
	const { server, pages } = lesson;
	const ending: number[] = [];
	const back: number[] = [];
	const flicker: number[] = [];
	for (let round = 0; round < rounds(1, 20); round += 1) {
		await delay(between(100, 900));
		const toldAt = Date.now();
		const stopped = server.stop();
		// Told, not cut off: long before a dead connection would be noticed everybody tries again.
		for (const page of pages) await until(() => expect(page.status().name).not.toBe('live'), 1_500);
		const { code, ms } = await stopped;
		expect(code).toBe(0);
		ending.push(ms);
		const opened = await server.start();
		back.push(...(await comeBack(pages, opened)));
		flicker.push(Math.max(...pages.map(({ status }) => status().since)) - toldAt);
	}
	await lesson.hush();
	await expectSameLog(lesson);
	measured('[K5] from SIGTERM to the end of the process', 'ms', ending, '< 10 s');
	measured('[K5] server socket back after the server was', 'ms', back, '≤ 1 s p95');
	measured('[K5] from SIGTERM until everybody is back, the next start included', 'ms', flicker, '< 1 s');
	expect(Math.max(...ending)).toBeLessThan(10_000);
});
