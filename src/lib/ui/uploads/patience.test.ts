import { expect, test } from 'vitest';
import { pauseMs } from './patience.ts';

test('[F3] tries come at growing distances, at most half a minute or so apart, and not all at the same moment', () => {
	const middle = [1, 2, 3, 4, 7, 100].map((attempt) => pauseMs(attempt, () => 0.5));
	expect(middle).toEqual([500, 1_000, 2_000, 4_000, 30_000, 30_000]);
	expect(pauseMs(1, () => 0)).toBe(375);
	expect(pauseMs(100, () => 1)).toBe(37_500);
});
