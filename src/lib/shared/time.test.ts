import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	dateIn,
	describeSpan,
	describeSpanExactly,
	formatCountdown,
	daysBetween,
	formatDay,
	formatDuration,
	formatLongDate,
	formatDate,
	formatShortDate,
	formatTime,
	formatTimeRange,
	formatZonedRange,
	isTimeZone,
	readZoned,
	zoneName
} from './time.ts';

const at = Date.UTC(2026, 6, 14, 13, 0);
const ZONES = [
	'UTC',
	'Europe/Lisbon',
	'America/New_York',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
	'Pacific/Apia'
];

test('[A4] one instant reads differently in two zones', () => {
	expect(formatTime(at, 'Europe/Berlin')).toBe('15:00');
	expect(formatTime(at, 'America/New_York')).toBe('09:00');
	expect(formatTime(Date.UTC(2026, 0, 1), 'UTC')).toBe('00:00');
	expect(zoneName(at, 'Europe/Berlin')).toBe('CEST');
	expect(formatLongDate(at, 'Europe/Berlin')).toBe('Tuesday, 14 July 2026');
	expect(formatShortDate(at, 'Europe/Berlin')).toBe('14 Jul 2026');
	expect(formatDate(at, 'Europe/Berlin')).toBe('14 July');
});

test('[A4] an unknown zone is shown as UTC instead of breaking the page', () => {
	expect(isTimeZone('Europe/Lisbon')).toBe(true);
	expect(isTimeZone('Mars/Olympus')).toBe(false);
	expect(isTimeZone('')).toBe(false);
	expect(formatTime(at, 'Mars/Olympus')).toBe('13:00');
});

test('[L1] days near today have their names, in the zone of the viewer', () => {
	expect(formatDay(at, at, 'UTC')).toBe('Today');
	expect(formatDay(at + 86_400_000, at, 'UTC')).toBe('Tomorrow');
	expect(formatDay(at - 86_400_000, at, 'UTC')).toBe('Yesterday');
	expect(formatDay(at + 5 * 86_400_000, at, 'UTC')).toBe('Sunday, 19 July');
	expect(formatDay(Date.UTC(2027, 0, 4), at, 'UTC')).toBe('Monday, 4 January 2027');
	const late = Date.UTC(2026, 6, 14, 23, 0);
	expect(formatDay(late, at, 'Europe/Berlin')).toBe('Tomorrow');
	expect(daysBetween(at, late, 'Europe/Berlin')).toBe(1);
});

test('[L1] a range past midnight names the day it ends on', () => {
	expect(formatTimeRange(at, at + 3_600_000, 'Europe/Berlin')).toBe('15:00 – 16:00');
	expect(formatTimeRange(at, at + 12 * 3_600_000, 'Europe/Berlin')).toBe('15:00 – 03:00 (15 Jul)');
});

test('[A4] [P12] a range over a change of the clocks says which time is meant', () => {
	const [berlin, hour] = ['Europe/Berlin', 3_600_000];
	const back = Date.UTC(2026, 9, 25, 0, 30);
	expect(formatTimeRange(back, back + hour, berlin)).toBe('02:30 CEST – 02:30 CET');
	const forward = Date.UTC(2026, 2, 29, 0, 30);
	expect(formatZonedRange(forward, forward + hour, berlin)).toBe('01:30 CET – 03:30 CEST');
	expect(formatZonedRange(back - hour, back, berlin)).toBe('01:30 – 02:30 CEST');
});

test('[M2] elapsed time is hh:mm:ss', () => {
	expect(formatDuration(0)).toBe('00:00:00');
	expect(formatDuration(-3)).toBe('00:00:00');
	expect(formatDuration(3_725.9)).toBe('01:02:05');
	expect(formatDuration(360_000)).toBe('100:00:00');
});

test('[F6] spans are told in words', () => {
	expect([38, 60, 2_700, 3_600, 3_900].map(describeSpan)).toEqual([
		'38 s',
		'1 min',
		'45 min',
		'1 h',
		'1 h 5 min'
	]);
	expect([38, 60, 150, 3_599, 3_605].map(describeSpanExactly)).toEqual([
		...['38 s', '1 min', '2 min 30 s', '59 min 59 s', '1 h']
	]);
});

test('[L1] the countdown gets finer as the start comes near', () => {
	const minute = 60_000;
	expect(formatCountdown(72 * 60 * minute)).toBe('3 days');
	expect(formatCountdown(28 * 60 * minute)).toBe('1 day 4 h');
	expect(formatCountdown(132 * minute)).toBe('2 h 12 min');
	expect(formatCountdown(12 * minute + 4_200)).toBe('12:05');
	expect(formatCountdown(1)).toBe('0:01');
	expect(formatCountdown(-5_000)).toBe('0:00');
});

test('[A4] an hour that the clocks skip does not exist, one they repeat exists twice', () => {
	expect(readZoned('2026-03-29', '02:30', 'Europe/Berlin')).toEqual({ kind: 'skipped' });
	const first = Date.UTC(2026, 9, 25, 0, 30);
	expect(readZoned('2026-10-25', '02:30', 'Europe/Berlin')).toEqual({
		kind: 'twice',
		at: first,
		again: first + 3_600_000
	});
	expect(readZoned('2026-07-14', '15:00', 'Europe/Berlin')).toEqual({ kind: 'once', at });
});

test('[A2] what is no date or time is told apart', () => {
	for (const [date, time] of [
		['', ''],
		['2026-02-30', '10:00'],
		['2026-13-01', '10:00'],
		['2026-07-14', '25:00'],
		['14.07.2026', '10:00']
	] as const) {
		expect(readZoned(date, time, 'UTC'), `${date} ${time}`).toEqual({ kind: 'unreadable' });
	}
	expect(readZoned('2026-07-14', '15:00', 'Mars/Olympus')).toEqual({ kind: 'unreadable' });
});

test('[A4] every minute written on a wall clock reads back as the same instant', () => {
	const minutes = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 });
	fc.assert(
		fc.property(minutes, fc.constantFrom(...ZONES), (minute, zone) => {
			const instant = minute * 60_000;
			const read = readZoned(dateIn(instant, zone), formatTime(instant, zone), zone);
			const readings = read.kind === 'once' ? [read.at] : read.kind === 'twice' ? [read.at, read.again] : [];
			expect(readings).toContain(instant);
		})
	);
});
