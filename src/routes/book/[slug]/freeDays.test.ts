import { expect, test } from 'vitest';
import { byDay, dayFrom, offeredTimes, shiftMonth, weeksOf } from './freeDays.ts';

test('[A4] one instant is on another day in another zone', () => {
	const at = Date.UTC(2026, 10, 30, 23, 30);
	expect([...byDay([at], 'Europe/Berlin').keys()]).toEqual(['2026-12-01']);
	expect([...byDay([at], 'America/New_York').keys()]).toEqual(['2026-11-30']);
	expect([...byDay([at], 'Pacific/Apia').keys()]).toEqual(['2026-12-01']);
});

test('[A4] a month is whole weeks from Monday on', () => {
	const weeks = weeksOf('2026-03');
	expect(weeks).toHaveLength(6);
	expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-03-01']);
	expect(weeks[5]).toEqual(['2026-03-30', '2026-03-31', null, null, null, null, null]);
	expect(weeks.flat().filter(Boolean)).toHaveLength(31);
	expect([shiftMonth('2026-12', 1), shiftMonth('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
});

test('[Y1] arrows lead from one day with free times to the next, over months', () => {
	const days = ['2026-11-27', '2026-11-30', '2026-12-01', '2026-12-07', '2026-12-20'];
	const from = (day: string, key: string) => dayFrom(day, key, days);
	expect(from('2026-11-30', 'next')).toBe('2026-12-01');
	expect(from('2026-11-27', 'previous')).toBeNull();
	expect(from('2026-11-30', 'down')).toBe('2026-12-07');
	expect(from('2026-12-01', 'down')).toBe('2026-12-20');
	expect(from('2026-12-20', 'up')).toBe('2026-12-07');
	expect(from('2026-12-20', 'down')).toBeNull();
	expect([from('2026-12-07', 'first'), from('2026-12-07', 'last')]).toEqual(['2026-12-01', '2026-12-20']);
});

test('[A4] [P12] the mentor’s time stands beside one’s own, and an hour that comes twice is told apart', () => {
	const hour = 3_600_000;
	const night = Date.UTC(2026, 9, 25, 0);
	expect(offeredTimes([night, night + hour], 'Europe/Berlin', 'America/New_York')).toEqual([
		{ at: night, text: '02:00 CEST', theirs: 'Sat 20:00' },
		{ at: night + hour, text: '02:00 CET', theirs: 'Sat 21:00' }
	]);
	expect(offeredTimes([night], 'Europe/Berlin', 'Europe/Paris')).toEqual([
		{ at: night, text: '02:00', theirs: null }
	]);
	expect(offeredTimes([Date.UTC(2026, 6, 1, 8)], 'UTC', 'Asia/Kathmandu')[0]!.theirs).toBe('13:45');
});
