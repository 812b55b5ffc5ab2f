import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPause } from './wakeablePause.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function isOver(waiting: Promise<void>, after: number): Promise<boolean> {
	let over = false;
	void waiting.then(() => (over = true));
	await vi.advanceTimersByTimeAsync(after);
	return over;
}

test('[T2] a pause lasts as long as it was set to, once', async () => {
	const pause = createPause();
	expect(await isOver(pause.wait(), 0)).toBe(true);
	pause.set(800);
	const waiting = pause.wait();
	expect(await isOver(waiting, 799)).toBe(false);
	expect(await isOver(waiting, 1)).toBe(true);
	expect(await isOver(pause.wait(), 0)).toBe(true);
});

test('[T2] waking ends the pause that runs, or the one that is about to begin', async () => {
	const pause = createPause();
	pause.set(3_000);
	const waiting = pause.wait();
	pause.skip();
	expect(await isOver(waiting, 0)).toBe(true);
	pause.skip();
	pause.set(3_000);
	expect(await isOver(pause.wait(), 0)).toBe(true);
	pause.set(3_000);
	expect(await isOver(pause.wait(), 0)).toBe(false);
});
