import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartTicks } from './chartTicks.ts';

test('[F7] the lines of the chart are round amounts', () => {
	expect(chartTicks(0, 2)).toEqual([0]);
	expect(chartTicks(10_500, 2)).toEqual([0, 5_000, 10_000, 15_000]);
	expect(chartTicks(3_500, 2)).toEqual([0, 2_000, 4_000]);
	expect(chartTicks(30_000, 2)).toEqual([0, 10_000, 20_000, 30_000]);
	expect(chartTicks(7, 2)).toEqual([0, 3, 6, 9]);
	expect(chartTicks(9_000, 0)).toEqual([0, 5_000, 10_000]);
});

test('[F7] few lines, and no bar above the last one', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 1e12 }), fc.constantFrom(0, 2, 3), (most, digits) => {
			const ticks = chartTicks(most, digits);
			expect(ticks.length).toBeGreaterThan(1);
			expect(ticks.length).toBeLessThanOrEqual(4);
			expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
			expect(ticks.at(-2)).toBeLessThan(most);
			expect(ticks.every(Number.isSafeInteger)).toBe(true);
		})
	);
});
