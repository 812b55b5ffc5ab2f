import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateIn, formatTime } from '../../lib/shared/time.ts';
import {
	addDays,
	gapsOf,
	hoursOf,
	instantAt,
	mondayOf,
	placeOf,
	readDate,
	spanOf,
	weekOf
} from './weekAxis.ts';

const ZONES = [
	'Europe/Berlin',
	'America/New_York',
	'Asia/Kathmandu',
	'Australia/Lord_Howe',
	'Africa/Cairo',
	'America/Asuncion',
	'Pacific/Auckland',
	'UTC'
];
const zone = fc.constantFrom(...ZONES);
const minute = fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2031, 0, 1) / 60_000 });
const utc = (text: string) => Date.parse(`${text}Z`);

test('[A4] every instant has one place in its week, and every place leads back to it', () => {
	fc.assert(
		fc.property(minute, zone, (at, where) => {
			const instant = at * 60_000;
			const week = weekOf(dateIn(instant, where), where);
			const place = placeOf(week, instant)!;
			expect(week.days[place.day]!.date).toBe(dateIn(instant, where));
			expect(place.minute).toBeGreaterThanOrEqual(0);
			expect(place.minute).toBeLessThan(week.minutes);
			expect(instantAt(week, place)).toBe(instant);
		}),
		{ numRuns: 120 }
	);
});

test('[A4] wherever one lets go, an instant of that day is meant', () => {
	fc.assert(
		fc.property(
			minute,
			zone,
			fc.integer({ min: 0, max: 6 }),
			fc.integer({ min: 0, max: 1500 }),
			(at, where, day, height) => {
				const week = weekOf(dateIn(at * 60_000, where), where);
				const found = instantAt(week, { day, minute: height });
				expect(placeOf(week, found)!.day).toBe(day);
			}
		),
		{ numRuns: 120 }
	);
});

test('[A4] what is on the clock and what is not make up the axis', () => {
	fc.assert(
		fc.property(minute, zone, (at, where) => {
			const week = weekOf(dateIn(at * 60_000, where), where);
			expect(week.days).toHaveLength(7);
			week.days.forEach(({ from, to }, day) => {
				const gaps = gapsOf(week, day).reduce((sum, gap) => sum + gap.to - gap.from, 0);
				expect((to - from) / 60_000 + gaps).toBe(week.minutes);
			});
		})
	);
});

test('[A4] a lesson is as high as it is long, also where clocks change and over midnight', () => {
	fc.assert(
		fc.property(minute, zone, fc.integer({ min: 5, max: 480 }), (at, where, minutes) => {
			const startsAt = at * 60_000;
			const week = weekOf(dateIn(startsAt, where), where);
			const spans = spanOf(week, { startsAt, endsAt: startsAt + minutes * 60_000 });
			const shown = spans.reduce((sum, { from, to }) => sum + to - from, 0);
			const past = Math.max(0, startsAt + minutes * 60_000 - week.to) / 60_000;
			const gaps = spans.flatMap(({ day, from, to }) =>
				gapsOf(week, day).filter((gap) => gap.from >= from && gap.to <= to)
			);
			const skipped = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
			expect(shown).toBeCloseTo(minutes - past + skipped, 3);
		}),
		{ numRuns: 120 }
	);
});

test('[A4] the hour that comes twice has two rows, on other days the second one is left out', () => {
	const week = weekOf('2026-10-25', 'Europe/Berlin');
	expect(week).toMatchObject({ minutes: 1500, repeated: { from: 120, to: 180 } });
	expect(hoursOf(week).slice(1, 5)).toEqual([
		{ minute: 60, wall: 60, again: false },
		{ minute: 120, wall: 120, again: false },
		{ minute: 180, wall: 120, again: true },
		{ minute: 240, wall: 180, again: false }
	]);
	expect(placeOf(week, utc('2026-10-25T00:30:00'))).toEqual({ day: 6, minute: 150 });
	expect(placeOf(week, utc('2026-10-25T01:30:00'))).toEqual({ day: 6, minute: 210 });
	expect(gapsOf(week, 6)).toEqual([]);
	expect(gapsOf(week, 0)).toEqual([{ from: 180, to: 240 }]);
	expect(formatTime(instantAt(week, { day: 0, minute: 200 }), 'Europe/Berlin')).toBe('03:00');
});

test('[A4] the hour that is skipped is a gap, and what is let go in it begins after it', () => {
	const week = weekOf('2026-03-29', 'Europe/Berlin');
	expect(week).toMatchObject({ minutes: 1440, repeated: null });
	expect(gapsOf(week, 6)).toEqual([{ from: 120, to: 180 }]);
	expect(instantAt(week, { day: 6, minute: 150 })).toBe(utc('2026-03-29T01:00:00'));
});

test('weeks begin on Monday', () => {
	expect(mondayOf('2026-11-29')).toBe('2026-11-23');
	expect(mondayOf('2026-11-23')).toBe('2026-11-23');
	expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
});

test('an address names a day or nothing', () => {
	expect(readDate('2026-07-14')).toBe('2026-07-14');
	for (const text of [null, '', '2026-02-30', '2026-7-1', '1999-01-01', 'today'])
		expect(readDate(text)).toBeNull();
});
