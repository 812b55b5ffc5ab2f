import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockChangeOn, clockChanges, clockChangeWords } from './clockChanges.ts';
import { offsetAt } from './time.ts';

const HOUR = 3_600_000;

test('[A4] the changes of a year, with the half hour of Lord Howe', () => {
	const year = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)] as const;
	expect(clockChanges(...year, 'Europe/Berlin')).toEqual([
		{ at: Date.UTC(2026, 2, 29, 1), before: HOUR, after: 2 * HOUR },
		{ at: Date.UTC(2026, 9, 25, 1), before: 2 * HOUR, after: HOUR }
	]);
	expect(clockChanges(...year, 'Australia/Lord_Howe').map(({ before, after }) => after - before)).toEqual([
		-HOUR / 2,
		HOUR / 2
	]);
	for (const zone of ['UTC', 'Asia/Kathmandu', 'Pacific/Apia'])
		expect(clockChanges(...year, zone)).toEqual([]);
});

test('[A4] what a change does to its day is told in the day’s own times', () => {
	const words = (date: string, zone: string) => {
		const change = clockChangeOn(date, zone);
		return change && clockChangeWords(change);
	};
	expect(words('2026-03-29', 'Europe/Berlin')).toBe(
		'The clocks go forward that day: 02:00 – 03:00 does not exist.'
	);
	expect(words('2026-10-25', 'Europe/Berlin')).toBe(
		'The clocks go back that day: 02:00 – 03:00 comes twice.'
	);
	expect(words('2026-11-01', 'America/New_York')).toBe(
		'The clocks go back that day: 01:00 – 02:00 comes twice.'
	);
	expect(words('2026-04-05', 'Australia/Lord_Howe')).toBe(
		'The clocks go back that day: 01:30 – 02:00 comes twice.'
	);
	// Cairo goes forward and back at midnight: a day that begins at one, and one with an hour more.
	expect(words('2026-04-23', 'Africa/Cairo')).toBeNull();
	expect(words('2026-04-24', 'Africa/Cairo')).toBe(
		'The clocks go forward that day: 00:00 – 01:00 does not exist.'
	);
	expect(words('2026-10-29', 'Africa/Cairo')).toBe('The clocks go back that day: 23:00 – 00:00 comes twice.');
	expect(words('2026-03-28', 'Europe/Berlin')).toBeNull();
	expect(words('nonsense', 'Europe/Berlin')).toBeNull();
});

test('[A4] between two changes nothing changes', () => {
	const zones = [
		'Europe/Berlin',
		'America/New_York',
		'Australia/Lord_Howe',
		'Africa/Casablanca',
		'Pacific/Apia'
	];
	fc.assert(
		fc.property(
			fc.constantFrom(...zones),
			fc.integer({ min: Date.UTC(2005, 0, 1), max: Date.UTC(2034, 0, 1) }),
			fc.integer({ min: 1, max: 400 }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(zone, from, days, share) => {
				const to = from + days * 24 * HOUR;
				const at = Math.round(from + share * (to - from));
				const last = clockChanges(from, to, zone).findLast((change) => change.at <= at);
				expect(offsetAt(at, zone)).toBe(last ? last.after : offsetAt(from, zone));
			}
		)
	);
});
