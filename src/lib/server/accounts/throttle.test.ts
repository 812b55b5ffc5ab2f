import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createThrottle } from './throttle.ts';

describe('[S5] a throttle', () => {
	test('lets so many tries of a key through, each key by itself, until the first is old enough', () => {
		let now = 0;
		const throttle = createThrottle({ tries: 3, within: 1_000 }, () => now);
		expect([1, 2, 3, 4].map(() => throttle.take('a'))).toEqual([true, true, true, false]);
		expect(throttle.take('b')).toBe(true);
		now = 999;
		expect(throttle.take('a')).toBe(false);
		now = 1_000;
		expect(throttle.take('a')).toBe(true);
	});

	test('what is given back or forgotten does not count', () => {
		const throttle = createThrottle({ tries: 1, within: 1_000 }, () => 0);
		for (let round = 0; round < 5; round += 1) {
			expect(throttle.take('a')).toBe(true);
			throttle.giveBack('a');
		}
		expect(throttle.take('a')).toBe(true);
		expect(throttle.take('a')).toBe(false);
		throttle.forget('a');
		expect(throttle.take('a')).toBe(true);
		throttle.giveBack('never tried');
	});

	test('whatever the times of the tries: never more of them than allowed within any span', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(400), { maxLength: 60 }), (waits) => {
				let now = 0;
				const throttle = createThrottle({ tries: 4, within: 1_000 }, () => now);
				const passed = waits.flatMap((wait) => {
					now += wait;
					return throttle.take('key') ? [now] : [];
				});
				for (const at of passed) {
					const within = passed.filter((other) => other >= at && other - at < 1_000);
					expect(within.length).toBeLessThanOrEqual(4);
				}
			})
		);
	});
});
