import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askedTime, heardTime, looksWrong, offsetOf, startClock } from './serverClock.ts';

const HOUR = 3_600_000;

test('[M2] however wrong the local clock and however uneven the way, the error stays below half the best round trip', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: -48 * HOUR, max: 48 * HOUR }),
			fc.array(fc.record({ there: fc.nat(3_000), back: fc.nat(3_000), pause: fc.nat(5_000) }), {
				minLength: 1
			}),
			(offset, trips) => {
				let server = 1_800_000_000_000;
				const local = () => server - offset;
				let clock = startClock(server, local());
				let best = Infinity;
				for (const { there, back, pause } of trips) {
					server += pause;
					const askedAt = local();
					server += there;
					const answer = server;
					server += back;
					clock = askedTime(clock, answer, askedAt, local());
					best = Math.min(best, there + back);
					// The bounds widen a little with time, for clocks that drift.
					expect(Math.abs(offsetOf(clock) - offset)).toBeLessThanOrEqual(best / 2 + 60);
				}
			}
		)
	);
});

test('[M2] messages alone never put the clock ahead of the server', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(10_000), { minLength: 1 }), (delays) => {
			const clock = delays.reduce((known, delay, i) => heardTime(known, 1_000 * i, 1_000 * i + delay), {
				...startClock(0, 10_000)
			});
			expect(offsetOf(clock)).toBeLessThanOrEqual(1);
		})
	);
});

test('[M2] a local clock that is changed is noticed and followed', () => {
	let clock = askedTime(startClock(1_000, 1_000), 1_000, 995, 1_005);
	expect(looksWrong(clock, 5_000, 5_050)).toBe(false);
	// Set back by an hour.
	expect(looksWrong(clock, 6_000, 6_000 - HOUR)).toBe(true);
	clock = heardTime(clock, 6_000, 6_000 - HOUR);
	expect(offsetOf(clock)).toBe(HOUR);
	// Set ahead by two: only a question can tell.
	expect(looksWrong(clock, 7_000, 7_000 + HOUR)).toBe(true);
	clock = askedTime(clock, 7_000, 6_990 + HOUR, 7_010 + HOUR);
	expect(offsetOf(clock)).toBe(-HOUR);
});
