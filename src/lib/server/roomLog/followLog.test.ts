import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import { roomTopic } from '../bus/bus.ts';
import type { Row } from '../db/store.ts';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createRoomLog } from './roomLogService.ts';
import type { NewEntry } from './writeEntry.ts';

let lesson: Lesson;
let session: Row<'sessions'>;

beforeEach(async () => {
	lesson = await planLesson();
	session = await lesson.session();
});
afterEach(() => lesson.close());

function chat(clientId: string, text = clientId, actorId = 'liam'): NewEntry {
	return { clientId, type: 'chat.message', actorId, payload: { text } };
}
function seqs(entries: readonly RoomEvent[]): number[] {
	return entries.map((entry) => entry.seq);
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Reads until `count` entries have come. */
async function take(
	batches: AsyncIterable<RoomEvent[]>,
	count: number,
	pause?: (i: number) => Promise<void>
): Promise<RoomEvent[]> {
	const taken: RoomEvent[] = [];
	for await (const batch of batches) {
		expect(batch.length).toBeGreaterThan(0);
		taken.push(...batch);
		if (taken.length >= count) break;
		await pause?.(taken.length);
	}
	return taken;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('following', () => {
	test('[T3] whoever comes at whatever moment, with whatever pauses, gets the same log: none missing, none twice', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record({
					bursts: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
					followers: fc.array(
						fc.record({
							joinsAtBurst: fc.nat(11),
							after: fc.nat(5),
							pauseEvery: fc.integer({ min: 1, max: 7 })
						}),
						{ minLength: 1, maxLength: 5 }
					),
					bufferSize: fc.integer({ min: 1, max: 8 }),
					pageSize: fc.integer({ min: 1, max: 8 })
				}),
				async ({ bursts, followers, bufferSize, pageSize }) => {
					const room = await lesson.planAnother();
					const log = createRoomLog({
						store: lesson.store,
						bus: lesson.bus,
						now: lesson.time.now,
						gatherMs: 0,
						bufferSize,
						pageSize
					});
					const total = bursts.reduce((sum, size) => sum + size, 0);
					const abort = new AbortController();
					const reading: Promise<RoomEvent[]>[] = [];
					let n = 0;
					for (const [i, size] of bursts.entries()) {
						const committed = (await log.readAll(room.id)).length;
						for (const { joinsAtBurst, after, pauseEvery } of followers) {
							if (joinsAtBurst % bursts.length !== i) continue;
							const from = Math.min(after, committed);
							const pause = (read: number) => (read % pauseEvery === 0 ? turn() : Promise.resolve());
							reading.push(take(log.follow(room, from, abort.signal), total - from, pause));
						}
						const burst = Array.from({ length: size }, () => log.append(room, chat(`c${++n}`)));
						if (i % 2) await Promise.all(burst);
						else await turn();
					}
					const whole = upTo(total);
					for (const entries of await Promise.all(reading))
						expect(seqs(entries)).toEqual(whole.slice(total - entries.length));
					abort.abort();
					expect(seqs(await log.readAll(room.id))).toEqual(whole);
				}
			),
			{ numRuns: 40 }
		);
	}, 60_000);

	test('[T3] entries that the bus brings out of order, twice or not at all are put right', async () => {
		const abort = new AbortController();
		const quiet = createRoomLog({
			store: lesson.store,
			bus: { publish: () => undefined, subscribe: () => () => undefined },
			now: lesson.time.now
		});
		const followed = take(lesson.roomLog.follow(session, 0, abort.signal), 6);
		await turn();
		const entries = await Promise.all(upTo(5).map((i) => quiet.append(session, chat(`c${i}`))));
		const publish = (entry: RoomEvent | undefined) =>
			lesson.bus.publish(roomTopic(session.roomCode), { type: 'entry', entry });
		publish(entries[1]);
		publish(entries[0]);
		publish(entries[1]);
		publish(entries[4]);
		await lesson.roomLog.append(session, chat('c6'));
		expect(seqs(await followed)).toEqual(upTo(6));
	});

	test('[T3] an entry the bus lost between two others is read before the second goes out', async () => {
		const abort = new AbortController();
		const quiet = createRoomLog({
			store: lesson.store,
			bus: { publish: () => undefined, subscribe: () => () => undefined },
			now: lesson.time.now
		});
		const followed = lesson.roomLog.follow(session, 0, abort.signal);
		const first = followed.next();
		await lesson.roomLog.append(session, chat('c1'));
		await first;
		const waiting = followed.next();
		const missed = await Promise.all(upTo(4).map((i) => quiet.append(session, chat(`d${i}`))));
		for (const i of [0, 1, 3])
			lesson.bus.publish(roomTopic(session.roomCode), { type: 'entry', entry: missed[i] });
		const got = (await waiting).value as RoomEvent[];
		if (got.length < 4) got.push(...(await take(followed, 4 - got.length)));
		expect(seqs(got)).toEqual([2, 3, 4, 5]);
		abort.abort();
	});

	test('[K9] a reader that stops keeps a bounded buffer and later reads the rest from the database', async () => {
		const small = createRoomLog({
			store: lesson.store,
			bus: lesson.bus,
			now: lesson.time.now,
			bufferSize: 16,
			pageSize: 50
		});
		const abort = new AbortController();
		const entries = small.follow(session, 0, abort.signal);
		await small.append(session, chat('first'));
		expect((await entries.next()).value).toMatchObject([{ seq: 1 }]);
		await Promise.all(upTo(1_000).map((i) => small.append(session, chat(`c${i}`))));
		expect(seqs(await take(entries, 1_000))).toEqual(upTo(1_001).slice(1));
	});

	test('[T3] aborting ends the wait and leaves no listener behind, also while the reader holds an entry', async () => {
		let listening = 0;
		const bus = {
			publish: lesson.bus.publish,
			subscribe(topic: string, listener: (message: unknown) => void) {
				listening += 1;
				const stop = lesson.bus.subscribe(topic, listener);
				let stopped = false;
				return () => {
					if (!stopped) listening -= 1;
					stopped = true;
					stop();
				};
			}
		};
		const log = createRoomLog({ store: lesson.store, bus, now: lesson.time.now });
		await log.append(session, chat('a'));
		const waiting = new AbortController();
		const holding = new AbortController();
		const waiter = take(log.follow(session, 1, waiting.signal), 99);
		const holder = log.follow(session, 0, holding.signal);
		await holder.next();
		await turn();
		expect(listening).toBe(2);
		waiting.abort();
		holding.abort();
		expect(listening).toBe(0);
		expect(await waiter).toEqual([]);
		expect((await holder.next()).done).toBe(true);
		const late = log.follow(session, 0, holding.signal);
		expect((await late.next()).done).toBe(true);
	});
});
