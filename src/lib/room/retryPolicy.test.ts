import { expect, test } from 'vitest';
import { answerPatience, callPatience, restartRetry, socketRetry } from './retryPolicy.ts';

const latest = () => 1;
const soonest = () => 0;

test('[T2] the socket is tried at once, then more slowly, never more than 0.8 s apart in the first ten minutes', () => {
	expect([0, 1, 2, 3, 4, 5].map((attempt) => socketRetry(attempt, latest))).toEqual([
		0, 100, 200, 400, 800, 800
	]);
	let elapsed = 0;
	for (let attempt = 0; elapsed < 10 * 60_000; attempt += 1) {
		expect(socketRetry(attempt, latest)).toBeLessThanOrEqual(800);
		elapsed += socketRetry(attempt, soonest);
	}
	expect(socketRetry(1_000_000, latest)).toBeLessThanOrEqual(3_000);
});

test('[T2] delays are spread, so that not everybody comes back at once, and never beyond what is promised', () => {
	expect(socketRetry(4, soonest)).toBe(400);
	expect(socketRetry(4, latest)).toBe(800);
});

test('[T2] [O3] a server that said it restarts is looked for often for some seconds, then as any other', () => {
	let elapsed = 0;
	let attempt = 0;
	for (; restartRetry(attempt, latest) <= 150; attempt += 1) elapsed += restartRetry(attempt, latest);
	expect(elapsed).toBeGreaterThan(5_000);
	expect(restartRetry(0, latest)).toBe(0);
	expect(restartRetry(attempt, latest)).toBe(800);
});

test('a call gets more time with each try, within reason', () => {
	expect(callPatience(1)).toBeGreaterThan(callPatience(0));
	expect(callPatience(100)).toBe(20_000);
	expect(answerPatience(1)).toBeGreaterThan(answerPatience(0));
	expect(answerPatience(100)).toBe(10_000);
});
