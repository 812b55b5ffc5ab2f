import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lastPeriods, PERIOD_KINDS, periodName, shortPeriodName, yearIn, yearPeriod } from './periods.ts';
import { dateIn, formatTime } from './time.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

test('[F7] weeks begin on Monday, months on the first, in the viewer’s zone', () => {
	// A Sunday evening in New York is Monday in Berlin.
	const now = utc('2026-11-23T02:30:00');
	expect(lastPeriods('week', now, 'America/New_York', 2)).toEqual([
		{ from: utc('2026-11-09T05:00:00'), to: utc('2026-11-16T05:00:00') },
		{ from: utc('2026-11-16T05:00:00'), to: utc('2026-11-23T05:00:00') }
	]);
	expect(lastPeriods('week', now, 'Europe/Berlin', 1)).toEqual([
		{ from: utc('2026-11-22T23:00:00'), to: utc('2026-11-29T23:00:00') }
	]);
	expect(lastPeriods('month', utc('2026-01-01T00:30:00'), 'America/New_York', 2)).toEqual([
		{ from: utc('2025-11-01T04:00:00'), to: utc('2025-12-01T05:00:00') },
		{ from: utc('2025-12-01T05:00:00'), to: utc('2026-01-01T05:00:00') }
	]);
});

test('[A4] [F7] the week of a changed clock is an hour shorter or longer, and nothing falls between two weeks', () => {
	const hours = (now: string) => {
		const [week] = lastPeriods('week', utc(now), 'Europe/Berlin', 1);
		return (week!.to - week!.from) / 3_600_000;
	};
	expect(hours('2026-03-27T12:00:00')).toBe(7 * 24 - 1);
	expect(hours('2026-10-23T12:00:00')).toBe(7 * 24 + 1);
});

test('[A4] [F7] where clocks go forward at midnight a month begins with its first minute', () => {
	// In Asunción there was no 00:00 on 1 October 2017; in São Paulo none on the Sunday before this week.
	const [week] = lastPeriods('week', utc('2018-11-05T12:00:00'), 'America/Sao_Paulo', 1);
	expect(dateIn(week!.from, 'America/Sao_Paulo')).toBe('2018-11-05');
	const [month] = lastPeriods('month', utc('2017-10-10T12:00:00'), 'America/Asuncion', 1);
	expect(formatTime(month!.from, 'America/Asuncion')).toBe('01:00');
	expect(dateIn(month!.from, 'America/Asuncion')).toBe('2017-10-01');
	expect(dateIn(month!.from - 1, 'America/Asuncion')).toBe('2017-09-30');
});

const ZONES = [
	...['UTC', 'Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'America/Asuncion', 'Asia/Kathmandu'],
	...[
		'Pacific/Kiritimati',
		'Pacific/Pago_Pago',
		'Australia/Lord_Howe',
		'Africa/Cairo',
		'Asia/Beirut',
		'no/zone'
	]
];
const instant = fc.integer({ min: utc('2015-01-01T00:00:00'), max: utc('2035-01-01T00:00:00') });

test('[A4] [F7] periods follow each other, begin with their day and hold every instant once', () => {
	fc.assert(
		fc.property(
			instant,
			fc.constantFrom(...ZONES),
			fc.constantFrom(...PERIOD_KINDS),
			fc.nat(400 * 86_400_000),
			(now, zone, kind, ago) => {
				const periods = lastPeriods(kind, now, zone, 12);
				expect(periods).toHaveLength(12);
				for (const [nth, { from, to }] of periods.entries()) {
					expect(to).toBeGreaterThan(from);
					if (nth > 0) expect(from).toBe(periods[nth - 1]!.to);
					const date = dateIn(from, zone);
					expect(dateIn(from - 1, zone) < date).toBe(true);
					if (kind === 'month') expect(date.slice(8)).toBe('01');
					else expect(new Date(`${date}T00:00:00Z`).getUTCDay()).toBe(1);
				}
				expect(periods[11]!.from <= now && now < periods[11]!.to).toBe(true);
				const then = now - ago;
				const holding = periods.filter(({ from, to }) => from <= then && then < to);
				expect(holding).toHaveLength(then >= periods[0]!.from ? 1 : 0);
			}
		)
	);
});

test('[F7] a year is twelve months of its zone', () => {
	fc.assert(
		fc.property(instant, fc.constantFrom(...ZONES), (at, zone) => {
			const { from, to } = yearPeriod(yearIn(at, zone), zone);
			expect(from <= at && at < to).toBe(true);
			const months = lastPeriods('month', to - 1, zone, 12);
			expect([months[0]!.from, months[11]!.to]).toEqual([from, to]);
		})
	);
});

test('[F7] periods are named as people say them', () => {
	const week = (at: string) => lastPeriods('week', utc(at), 'Europe/Berlin', 1)[0]!;
	const zone = 'Europe/Berlin';
	expect(periodName('week', week('2026-11-25T12:00:00'), zone)).toBe('23 – 29 Nov 2026');
	expect(periodName('week', week('2026-12-02T12:00:00'), zone)).toBe('30 Nov – 6 Dec 2026');
	expect(periodName('week', week('2026-12-30T12:00:00'), zone)).toBe('28 Dec 2026 – 3 Jan 2027');
	expect(shortPeriodName('week', week('2026-12-02T12:00:00'), zone)).toBe('30 Nov');
	const month = lastPeriods('month', utc('2026-11-25T12:00:00'), zone, 1)[0]!;
	expect(periodName('month', month, zone)).toBe('November 2026');
	expect(shortPeriodName('month', month, zone)).toBe('Nov');
});
