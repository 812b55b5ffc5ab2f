import { expect, test } from 'vitest';
import { firstSeen, type Block } from './weekBlocks.ts';

const block = (from: number, to: number, isHead = true) => ({ from, to, isHead, day: 0 }) as Block;
/** Ten hours fit into the window. */
const SEEN = 600;

test('[A2] a week opens where its lessons are', () => {
	const morning = 7 * 60 + 30;
	expect(firstSeen([], null, SEEN)).toBe(morning);
	expect(firstSeen([block(600, 660)], null, SEEN)).toBe(morning);
	// Early ones, and what is now, are seen.
	expect(firstSeen([block(360, 420)], null, SEEN)).toBe(330);
	expect(firstSeen([block(600, 660)], 300, SEEN)).toBe(270);
	expect(firstSeen([block(10, 60)], null, SEEN)).toBe(0);
	// Late ones too, and the first one stays in sight.
	expect(firstSeen([block(1_080, 1_140)], null, SEEN)).toBe(570);
	expect(firstSeen([block(480, 540), block(1_320, 1_380)], null, SEEN)).toBe(450);
	// The end of a lesson from the evening before does not count.
	expect(firstSeen([block(0, 60, false), block(600, 660)], null, SEEN)).toBe(morning);
});
