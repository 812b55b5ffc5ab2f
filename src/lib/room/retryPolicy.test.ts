import { expect, test } from 'vitest';
import { answerPatience, callPatience, socketRetry } from './retryPolicy.ts';

const middle = () => 0.5;

test('[T2] the socket is tried at once, then more slowly, never more than 0.8 s apart in the first ten minutes', () => {
	expect([0, 1, 2, 3, 4, 5].map((attempt) => socketRetry(attempt, middle))).toEqual([
		0, 100, 200, 400, 800, 800
	]);
	let elapsed = 0;
	let attempt = 0;
	for (; elapsed < 10 * 60_000; attempt += 1) elapsed += socketRetry(attempt, middle);
	expect(socketRetry(attempt - 2, () => 1)).toBeLessThanOrEqual(1_000);
	expect(socketRetry(1_000_000, () => 1)).toBeLessThanOrEqual(3_000);
});

test('[T2] delays are spread, so that not everybody comes back at once', () => {
	expect(socketRetry(4, () => 0)).toBe(600);
	expect(socketRetry(4, () => 1)).toBe(1_000);
});

test('a call gets more time with each try, within reason', () => {
	expect(callPatience(1)).toBeGreaterThan(callPatience(0));
	expect(callPatience(100)).toBe(20_000);
	expect(answerPatience(1)).toBeGreaterThan(answerPatience(0));
	expect(answerPatience(100)).toBe(10_000);
});
