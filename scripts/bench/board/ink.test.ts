import { expect, test } from 'vitest';
import { delaysOf } from './ink.ts';

test('[X3] each point is late by as much as the ink that reaches it', () => {
	const pointed = Array.from({ length: 40 }, (_, nth) => ({ x: 10 + 12 * nth, y: 50, at: 16 * nth }));
	const reached = Array.from({ length: 500 }, (_, x) => ({ x, at: 16 * Math.ceil((x - 10) / 12) + 70 }));
	const delays = delaysOf(pointed, reached);
	expect(delays.length).toBeGreaterThan(30);
	// The end of a smoothed stroke is about one point behind the pointer, so it is reached a little sooner.
	for (const delay of delays) expect(Math.abs(delay - 62)).toBeLessThanOrEqual(24);
	expect(delaysOf(pointed, [])).toEqual([]);
});
