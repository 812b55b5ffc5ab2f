import { expect, test } from 'vitest';
import { measureSpeed, secondsLeft, startSpeed } from './speed.ts';

test('[F3] a steady line is told right after a moment, and not before', () => {
	let speed = startSpeed(0, 0);
	const told: (number | null)[] = [];
	for (let at = 100; at <= 4_000; at += 100) {
		speed = measureSpeed(speed, at, at * 100);
		told.push(secondsLeft(speed, 1_000_000));
	}
	expect(told.slice(0, 14).every((left) => left === null)).toBe(true);
	expect(told.at(-1)).toBeCloseTo(6, 0);
});

test('[F3] a line that stands still has no time left to tell', () => {
	let speed = startSpeed(0, 0);
	for (let at = 500; at <= 60_000; at += 500) speed = measureSpeed(speed, at, 0);
	expect(secondsLeft(speed, 1_000)).toBeNull();
});

test('[F3] a faster line shows within a few looks', () => {
	let speed = startSpeed(0, 0);
	for (let at = 500; at <= 5_000; at += 500) speed = measureSpeed(speed, at, at);
	const slow = secondsLeft(speed, 105_000)!;
	for (let at = 5_500; at <= 10_000; at += 500) speed = measureSpeed(speed, at, 5_000 + (at - 5_000) * 10);
	expect(secondsLeft(speed, 155_000)!).toBeLessThan(slow / 5);
});
