import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startSchedule } from './schedule.ts';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 2, 29, 0, 59, 55) }));
afterEach(() => void vi.useRealTimers());

test('[F1] every duty is asked at the start and then every second, also while clocks change', async () => {
	let asked = 0;
	const schedule = startSchedule([{ name: 'count', run: async () => (asked += 1) }], () => undefined);
	expect(asked).toBe(0);
	await vi.advanceTimersByTimeAsync(10);
	expect(asked).toBe(1);
	await vi.advanceTimersByTimeAsync(10_000);
	expect(asked).toBeGreaterThanOrEqual(10);
	expect(asked).toBeLessThanOrEqual(12);
	await schedule.stop();
	const before = asked;
	await vi.advanceTimersByTimeAsync(5_000);
	expect(asked).toBe(before);
});

test('[F1] a clock that is set back, or far ahead, stops nothing', async () => {
	let asked = 0;
	const schedule = startSchedule([{ name: 'count', run: async () => (asked += 1) }], () => undefined);
	await vi.advanceTimersByTimeAsync(2_000);
	// A month of seconds one by one would take minutes.
	for (const hours of [-1, 720, -720]) {
		vi.setSystemTime(Date.now() + hours * 3_600_000);
		await vi.advanceTimersByTimeAsync(2_000);
		const before = asked;
		await vi.advanceTimersByTimeAsync(10_000);
		expect(asked - before).toBeGreaterThanOrEqual(9);
		expect(asked - before).toBeLessThanOrEqual(11);
	}
	await schedule.stop();
});

test('[F1] a slow duty does not overlap with itself and does not hold up the others', async () => {
	let slow = 0;
	let running = 0;
	let quick = 0;
	const duties = [
		{
			name: 'slow',
			async run() {
				slow += 1;
				running += 1;
				expect(running).toBe(1);
				await new Promise((resolve) => setTimeout(resolve, 3_500));
				running -= 1;
			}
		},
		{ name: 'quick', run: async () => (quick += 1) }
	];
	const schedule = startSchedule(duties, () => undefined);
	await vi.advanceTimersByTimeAsync(8_000);
	expect(slow).toBeLessThanOrEqual(3);
	expect(quick).toBeGreaterThanOrEqual(8);
	const stopped = schedule.stop();
	await vi.advanceTimersByTimeAsync(4_000);
	await stopped;
	expect(running).toBe(0);
});

test('[F1] a duty that fails is told by name and asked again', async () => {
	const failures: string[] = [];
	const run = () => {
		throw new Error('no');
	};
	const schedule = startSchedule([{ name: 'broken', run }], (error, duty) =>
		failures.push(`${duty}: ${error}`)
	);
	await vi.advanceTimersByTimeAsync(3_000);
	await schedule.stop();
	expect(failures.length).toBeGreaterThanOrEqual(3);
	expect(new Set(failures)).toEqual(new Set(['broken: Error: no']));
});
