import { expect, test } from 'vitest';
import { isMeant } from './unreadEntries.ts';

test('[M2] a double click does not answer the question that it brought up; keys and later presses do', () => {
	const shownAt = 10_000;
	expect(isMeant({ detail: 2, timeStamp: 10_150 }, shownAt)).toBe(false);
	// Too slow for a double click, and nobody reads in that time either.
	expect(isMeant({ detail: 1, timeStamp: 10_399 }, shownAt)).toBe(false);
	expect(isMeant({ detail: 0, timeStamp: 10_150 }, shownAt)).toBe(true);
	expect(isMeant({ detail: 1, timeStamp: 10_400 }, shownAt)).toBe(true);
	expect(isMeant({ detail: 1, timeStamp: 150 }, -Infinity)).toBe(true);
});
