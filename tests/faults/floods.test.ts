import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { p95 } from '../../scripts/bench/statistics.ts';
import { callRate, SOCKET_LIMITS } from '../../src/lib/server/socketLimits.ts';
import { BOARD_DRAWS_AT_ONCE, BOARD_DRAWS_PER_SECOND } from '../../src/lib/shared/boardLimits.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { REFUSALS } from '../../src/lib/shared/refusals.ts';
import { startFlood, type Flood, type FloodTally } from '../support/flood.ts';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { openNeighbours, type Neighbours } from '../support/neighbours.ts';
import { measured, rounds, SOAK } from '../support/rounds.ts';
import { until } from '../support/until.ts';
import { postForm, request } from '../support/visitor.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

/** How long each flood goes on, ms. */
const LASTS = rounds(1_000, 10_000);
/** What neighbours say while nobody floods, to compare with. */
const SAMPLES = rounds(8, 200);
/** What the fault list allows, ms. */
const SLOWER_MAX = 50;

let world: World;
let neighbours: Neighbours;

beforeAll(async () => {
	world = await startWorld();
	neighbours = await openNeighbours(world);
});
afterAll(async () => {
	neighbours.close();
	await world.close();
});

let lesson: Lesson;
let page: LiveClient;
let flood: Omit<Flood, 'kind'>;
beforeEach(async () => {
	lesson = await world.classroom({ lasts: 8 * 3_600 });
	const learner = lesson.learners[0]!;
	const mentor = openClient(world.url, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	page = openClient(world.url, learner);
	const seat = page.followLive(lesson);
	await until(() => expect(seat.people().map(({ seatId }) => seatId)).toContain(seat.seatId));
	const { cookie, csrf } = learner;
	flood = {
		url: world.url,
		cookie,
		csrf,
		roomCode: lesson.roomCode,
		seatId: seat.seatId,
		email: lesson.mentor.email
	};
	return async () => {
		await Promise.all([mentor.close(), page.close()]);
	};
});

/** Floods, and measures meanwhile how long it takes two people in another room to hear each other; asserts what they may notice. */
async function during(kind: Flood['kind']): Promise<FloodTally & { seconds: number }> {
	const before = await neighbours.chatWhile(Promise.resolve(), SAMPLES);
	const running = await startFlood({ ...flood, kind });
	const at = performance.now();
	const meanwhile = await neighbours.chatWhile(delay(LASTS), SAMPLES);
	const tally = await running.stop();
	const seconds = (performance.now() - at) / 1_000;
	const after = await neighbours.chatWhile(Promise.resolve(), SAMPLES);
	const quiet = p95([...before, ...after]);
	measured(`[B6] ${kind}: another room while nobody floods`, 'ms', [...before, ...after], '');
	measured(`[B6] ${kind}: another room meanwhile`, 'ms', meanwhile, '');
	measured(`[B6] ${kind}: its p95 grows by`, 'ms', p95(meanwhile) - quiet, `< ${SLOWER_MAX} ms`);
	measured(`[B6] ${kind}: tried in a second`, '', tally.sent / seconds, '');
	expect(neighbours.wasCut()).toBe(false);
	// In every test run others share the machine: what is measured then says more of them.
	if (SOAK) expect(p95(meanwhile) - quiet).toBeLessThan(SLOWER_MAX);
	expect(world.server.output()).toBe('');
	return { ...tally, seconds };
}

describe('[B6] [S3] floods are limited, and people in another room go on', () => {
	test('1,000 messages a second', async () => {
		const { done, refused, thrownOut, seconds } = await during('messages');
		const { burst, perSecond } = callRate(60);
		expect(done).toBeLessThanOrEqual(burst + perSecond * seconds + 1);
		expect(refused + thrownOut).toBeGreaterThan(0);
		const said = (await world.log(lesson)).filter(({ type }) => type === 'chat.message').length;
		expect(said).toBeLessThanOrEqual(burst + perSecond * seconds + 1);
	});

	test('10,000 moves of a pointer a second', async () => {
		const { done, refused, thrownOut, codes, seconds } = await during('pointers');
		expect(done).toBeLessThanOrEqual(BOARD_DRAWS_AT_ONCE + BOARD_DRAWS_PER_SECOND * seconds + 1);
		expect(refused + thrownOut).toBeGreaterThan(0);
		expect(codes['1008']).toBeGreaterThan(0);
	});

	test('the largest frames there may be, for nothing', async () => {
		const { done, codes } = await during('lists');
		expect(done).toBe(0);
		expect(codes['1008']).toBeGreaterThan(0);
	});

	test('100 sockets of one person', async () => {
		const { done, refused } = await during('sockets');
		// One is the page's own.
		expect(done).toBeLessThan(SOCKET_LIMITS.socketsPerPerson);
		expect(refused).toBeGreaterThan(50);
	});

	test('room codes, called and opened as pages', async () => {
		const { refused } = await during('codes');
		expect(refused).toBeGreaterThan(0);
		const learner = lesson.learners[0]!;
		const guess = () => request(world.url, `/session/${createId()}`, learner);
		await until(async () => expect((await guess()).status).toBe(429));
		expect(await (await guess()).text()).toContain(REFUSALS['too-many']);
		// Whoever guesses is not kept out of their own lesson, and nobody else is kept out of anything.
		await page.trpc.room.state.query({ roomCode: lesson.roomCode });
		expect((await request(world.url, `/session/${createId()}`, lesson.mentor)).status).toBe(404);
	});

	test('passwords', async () => {
		const { done } = await during('passwords');
		expect(done).toBeLessThanOrEqual(10);
		const form = () => ({ email: lesson.mentor.email, password: createId() });
		await until(async () =>
			expect(await (await postForm(world.url, '/login', form())).text()).toContain('Too many tries')
		);
	});
});
