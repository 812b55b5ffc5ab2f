import { expect, test } from 'vitest';
import { median, p95, percentile } from './statistics.ts';

test('gives values that were measured, by nearest rank', () => {
	const values = [30, 10, 20, 40];
	expect(median(values)).toBe(20);
	expect(p95(values)).toBe(40);
	expect(percentile(values, 0)).toBe(10);
	expect(values).toEqual([30, 10, 20, 40]);
});

test('leaves one slow run of twenty out of the 95 per cent, and none of ten', () => {
	const twenty = [...Array<number>(19).fill(1), 100];
	expect(p95(twenty)).toBe(1);
	expect(p95([...Array<number>(9).fill(1), 100])).toBe(100);
});

test('refuses to describe nothing', () => {
	expect(() => median([])).toThrow('nothing');
});
