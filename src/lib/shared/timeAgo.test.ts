import { expect, test } from 'vitest';
import { formatAgo } from './timeAgo.ts';

const at = Date.UTC(2026, 6, 14, 13, 0);

test('[F5] how long ago: minutes for an hour, then the day and the time in the viewer’s zone', () => {
	const ago = (ms: number) => formatAgo(at - ms, at, 'Europe/Berlin');
	const [minute, hour] = [60_000, 3_600_000];
	expect([-5_000, 0, 59_999].map(ago)).toEqual(['just now', 'just now', 'just now']);
	expect([minute, 59 * minute + 59_999].map(ago)).toEqual(['1 min ago', '59 min ago']);
	expect([hour, 24 * hour, 72 * hour, 365 * 24 * hour].map(ago)).toEqual([
		'Today, 14:00',
		'Yesterday, 15:00',
		'11 Jul, 15:00',
		'14 Jul 2025, 15:00'
	]);
});
