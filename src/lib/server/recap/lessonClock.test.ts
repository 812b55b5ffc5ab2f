import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Departure, RoomEvent } from '../../shared/roomEvents.ts';
import { lessonClock } from './lessonClock.ts';

const START = 1_000_000;
const MINUTE = 60_000;
const END = START + 60 * MINUTE;
const session = { startedAt: START, endedAt: END };
const maya = { userId: 'maya', role: 'mentor' as const };
const liam = { userId: 'liam', role: 'learner' as const };
const aisha = { userId: 'aisha', role: 'learner' as const };
type Who = typeof maya | typeof liam;

/** Minutes after the start. */
const came = (who: Who, minute: number) => entry(who, minute, 'join', {});
const went = (who: Who, minute: number, departure: Departure) => entry(who, minute, 'leave', departure);
const since = (minute: number) => START + minute * MINUTE;

function entry({ userId, role }: Who, minute: number, what: 'join' | 'leave', payload: object): RoomEvent {
	const at = START + minute * MINUTE;
	return {
		...{ seq: 0, clientId: '', at, actorId: userId },
		...{ type: `${role}.${what}`, payload }
	} as RoomEvent;
}

/** From and to as minutes after the start. */
function read(members: Who[], entries: RoomEvent[]) {
	const { interruptions, ...figures } = lessonClock(session, members, entries);
	return {
		figures,
		told: interruptions.map(({ from, to, cause, userIds }) =>
			[(from - START) / MINUTE, (to - START) / MINUTE, cause, ...userIds].join(' ')
		)
	};
}

describe('[F6] the fair lesson clock', () => {
	test('a lesson with everybody there is taught from start to end', () => {
		const { figures, told } = read([maya, liam], [came(liam, -4), came(maya, -3)]);
		expect(figures).toEqual({ lessonSeconds: 3_600, taughtSeconds: 3_600, interruptedSeconds: 0 });
		expect(told).toEqual([]);
	});

	test('says who was away, how and for how long', () => {
		const { figures, told } = read(
			[maya, liam],
			[
				came(maya, -3),
				came(liam, 2),
				went(liam, 10.25, { reason: 'lost', since: since(10) }),
				came(liam, 13),
				went(maya, 30, { reason: 'goodbye' }),
				came(maya, 31),
				went(maya, 60, { reason: 'session-end' }),
				went(liam, 60, { reason: 'session-end' })
			]
		);
		expect(told).toEqual(['0 2 not-come liam', '10 13 lost liam', '30 31 left maya']);
		expect(figures).toEqual({ lessonSeconds: 3_600, taughtSeconds: 3_240, interruptedSeconds: 360 });
	});

	test('in a group teaching goes on with one learner; the last who went is named', () => {
		const { told } = read(
			[maya, liam, aisha],
			[
				came(maya, -3),
				came(liam, -2),
				came(aisha, -1),
				went(liam, 10, { reason: 'goodbye' }),
				went(aisha, 20, { reason: 'lost' }),
				came(liam, 25)
			]
		);
		expect(told).toEqual(['20 25 lost aisha']);
	});

	test('where nobody came yet all of them are named, and causes that overlap count once', () => {
		expect(read([maya, liam, aisha], []).told).toEqual(['0 60 not-come maya liam aisha']);
		const { told, figures } = read(
			[maya, liam],
			[
				...[came(maya, -3), came(liam, -2)],
				...[went(maya, 10, { reason: 'lost' }), went(liam, 12, { reason: 'goodbye' })],
				...[came(maya, 15), came(liam, 20)]
			]
		);
		// Liam went because Maya was gone; only what is left of his absence is his.
		expect(told).toEqual(['10 15 lost maya', '15 20 left liam']);
		expect(figures.interruptedSeconds).toBe(600);
	});

	test('a loss that was written long after it happened was seen by no server', () => {
		const both = [came(maya, -3), came(liam, -2)];
		const afterRestart = [maya, liam].map((who) => went(who, 25, { reason: 'lost', since: since(20) }));
		expect(read([maya, liam], [...both, ...afterRestart, came(maya, 26), came(liam, 27)]).told).toEqual([
			'20 25 server-away maya liam',
			'25 26 lost maya liam',
			'26 27 lost liam'
		]);
		const overTheEnd = [maya, liam].map((who) => went(who, 90, { reason: 'session-end', since: since(50) }));
		expect(read([maya, liam], [...both, ...overTheEnd]).told).toEqual(['50 60 server-away maya liam']);
	});

	test('what never started has no time', () => {
		const none = { lessonSeconds: 0, taughtSeconds: 0, interruptedSeconds: 0, interruptions: [] };
		expect(lessonClock({ startedAt: null, endedAt: null }, [maya, liam], [came(liam, 0)])).toEqual(none);
	});

	const people = [maya, liam, aisha];
	const anyEntry = fc
		.record({
			who: fc.constantFrom(...people),
			minute: fc.double({ min: -20, max: 80, noNaN: true }),
			join: fc.boolean(),
			reason: fc.constantFrom('goodbye', 'lost', 'session-end'),
			before: fc.option(fc.double({ min: 0, max: 30, noNaN: true }), { nil: null })
		})
		.map(({ who, minute, join, reason, before }) =>
			join
				? came(who, minute)
				: went(who, minute, { reason, ...(before === null ? {} : { since: since(minute - before) }) })
		);
	const anyLog = fc.array(anyEntry, { maxLength: 24 }).map((entries) => entries.sort((a, b) => a.at - b.at));

	test('whatever the log holds: taught and interrupted are the lesson, never negative, never longer', () => {
		fc.assert(
			fc.property(anyLog, fc.integer({ min: 0, max: 7_200_000 }), (entries, lasted) => {
				const times = lessonClock({ startedAt: START, endedAt: START + lasted }, people, entries);
				expect(times.lessonSeconds).toBe(Math.round(lasted / 1000));
				expect(times.taughtSeconds + times.interruptedSeconds).toBe(times.lessonSeconds);
				expect(Math.min(times.taughtSeconds, times.interruptedSeconds)).toBeGreaterThanOrEqual(0);
				let reached = START;
				for (const { from, to, userIds } of times.interruptions) {
					expect(from).toBeGreaterThanOrEqual(reached);
					expect(to).toBeGreaterThan(from);
					expect(userIds).not.toEqual([]);
					reached = to;
				}
				expect(reached).toBeLessThanOrEqual(START + lasted);
			})
		);
	});

	test('at every moment: interrupted exactly when the mentor or every learner is away', () => {
		/** The log read anew for one moment, without `since`. */
		const isThere = (who: Who, entries: RoomEvent[], at: number) =>
			entries.findLast((one) => one.actorId === who.userId && one.at <= at)?.type.endsWith('.join') ?? false;
		const plain = anyLog.map((entries) =>
			entries.map((one) => (one.type.endsWith('.leave') ? { ...one, payload: { reason: 'goodbye' } } : one))
		) as fc.Arbitrary<RoomEvent[]>;
		fc.assert(
			fc.property(plain, fc.integer({ min: 0, max: 3_599_999 }), (entries, after) => {
				const at = START + after;
				// Moments next to an entry belong to the overlaps that are left out.
				fc.pre(entries.every((one) => Math.abs(one.at - at) > 1_000));
				const taught = isThere(maya, entries, at) && [liam, aisha].some((who) => isThere(who, entries, at));
				const { interruptions } = lessonClock(session, people, entries);
				expect(interruptions.some(({ from, to }) => from <= at && at < to)).toBe(!taught);
			})
		);
	});
});
