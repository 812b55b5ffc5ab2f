import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	mergeSpans,
	weekdayOf,
	type BookingRules,
	type OpenHours,
	type Span
} from '../../shared/availability.ts';
import { dateIn, formatTime } from '../../shared/time.ts';
import { freeTimes, startsEvery, type Taken } from './freeTimes.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const RULES: BookingRules = { lessonMinutes: 60, pauseMinutes: 0, noticeHours: 0, aheadDays: 3 };

function every(zone: string, ...spans: [from: number, to: number][]): OpenHours {
	const day = spans.map(([from, to]) => ({ from: from * 60, to: to * 60 }));
	return { zone, week: Array.from({ length: 7 }, () => day), days: new Map() };
}

/** What is offered on one day, as the mentor's wall clock tells it. */
function offered(hours: OpenHours, date: string, now: number, rules = RULES, taken: Taken[] = []): string[] {
	return freeTimes(hours, rules, taken, now)
		.filter((at) => dateIn(at, hours.zone) === date)
		.map((at) => formatTime(at, hours.zone));
}

describe('[A4] free times', () => {
	const now = Date.UTC(2026, 5, 1);

	test('begin with the hours and every half hour from there on, as long as the lesson fits', () => {
		expect(offered(every('UTC', [9, 11]), '2026-06-02', now)).toEqual(['09:00', '09:30', '10:00']);
		expect(startsEvery(25)).toBe(15);
	});

	test('leave a pause before and after what takes place', () => {
		const taken = [{ from: Date.UTC(2026, 5, 2, 11), to: Date.UTC(2026, 5, 2, 12) }];
		expect(offered(every('UTC', [9, 14]), '2026-06-02', now, RULES, taken)).toEqual([
			...['09:00', '09:30', '10:00', '12:00', '12:30', '13:00']
		]);
		const rules = { ...RULES, pauseMinutes: 15 };
		expect(offered(every('UTC', [9, 14]), '2026-06-02', now, rules, taken)).toEqual([
			...['09:00', '09:30', '12:30', '13:00']
		]);
	});

	test('need notice, reach so many days ahead, and follow days that are not like their weekday', () => {
		const at = Date.UTC(2026, 5, 2, 8, 40);
		const rules = { ...RULES, noticeHours: 1, aheadDays: 1 };
		const hours: OpenHours = {
			...every('UTC', [9, 11]),
			days: new Map([
				['2026-06-03', []],
				['2026-06-04', [{ from: 0, to: 60 }]]
			])
		};
		expect(offered(hours, '2026-06-02', at, rules)).toEqual(['10:00']);
		expect(offered(hours, '2026-06-03', at, rules)).toEqual([]);
		expect(offered(hours, '2026-06-04', at, rules)).toEqual([]);
		expect(offered(hours, '2026-06-04', at, { ...rules, aheadDays: 2 })).toEqual(['00:00']);
	});

	test('go over midnight where the next day goes on', () => {
		expect(offered(every('Asia/Kathmandu', [22, 24], [0, 1]), '2026-06-02', now)).toEqual([
			...['00:00', '22:00', '22:30', '23:00', '23:30']
		]);
	});
});

describe('[A4] [P12] free times when the clocks change', () => {
	test('an hour that is left out is not offered; lessons go over it', () => {
		const now = Date.UTC(2026, 2, 28);
		expect(offered(every('Europe/Berlin', [1, 4]), '2026-03-29', now)).toEqual(['01:00', '01:30', '03:00']);
		// From 01:30 on one real hour later the clock says 03:30.
		const at = freeTimes(every('Europe/Berlin', [1, 4]), RULES, [], now).find(
			(one) => dateIn(one, 'Europe/Berlin') === '2026-03-29'
		);
		expect(at).toBe(Date.UTC(2026, 2, 29, 0));
	});

	test('an hour that comes twice is offered twice', () => {
		const now = Date.UTC(2026, 9, 24);
		expect(offered(every('Europe/Berlin', [2, 4]), '2026-10-25', now)).toEqual([
			...['02:00', '02:30', '02:00', '02:30', '03:00']
		]);
		expect(offered(every('Australia/Lord_Howe', [1, 3]), '2026-04-05', Date.UTC(2026, 3, 4))).toEqual([
			...['01:00', '01:30', '01:30', '02:00']
		]);
	});

	test('hours stay what they are on the mentor’s wall clock', () => {
		const hours = every('America/New_York', [9, 10]);
		const around = freeTimes(hours, { ...RULES, aheadDays: 9 }, [], Date.UTC(2026, 9, 28, 12));
		expect(around.map((at) => formatTime(at, 'America/New_York'))).toEqual(Array(10).fill('09:00'));
		expect(new Set(around.map((at) => formatTime(at, 'UTC')))).toEqual(new Set(['13:00', '14:00']));
	});

	test('a day that a zone leaves out has none', () => {
		const hours = every('Pacific/Apia', [9, 10]);
		const dates = freeTimes(hours, RULES, [], Date.UTC(2011, 11, 28, 12)).map((at) => dateIn(at, hours.zone));
		expect(dates).toEqual(['2011-12-28', '2011-12-29', '2011-12-31']);
	});
});

const known = new Map<string, { date: string; minute: number }>();

/** Read once: asking the clock is what takes long. */
function reading(at: number, zone: string): { date: string; minute: number } {
	const key = `${at} ${zone}`;
	let found = known.get(key);
	if (!found) {
		const time = formatTime(at, zone);
		found = { date: dateIn(at, zone), minute: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) };
		known.set(key, found);
	}
	return found;
}

/** As plain as can be: minute by minute. */
function slowly(hours: OpenHours, rules: BookingRules, taken: readonly Taken[], now: number): number[] {
	const lastDate = new Date(Date.parse(dateIn(now, hours.zone)) + rules.aheadDays * DAY)
		.toISOString()
		.slice(0, 10);
	const from = Math.ceil(now / MINUTE);
	const count = (rules.aheadDays + 3) * 24 * 60;
	const readings = Array.from({ length: count }, (_, nth) => {
		const at = (from + nth) * MINUTE;
		const { date, minute } = reading(at, hours.zone);
		const spans = hours.days.get(date) ?? hours.week[weekdayOf(date)]!;
		const span = spans.find((one) => one.from <= minute && minute < one.to);
		return { at, date, minute, span };
	});
	return readings.flatMap(({ at, date, minute, span }, nth) => {
		if (!span || (minute - span.from) % startsEvery(rules.lessonMinutes) !== 0) return [];
		if (date > lastDate || at < now + rules.noticeHours * HOUR) return [];
		for (let later = 0; later < rules.lessonMinutes; later += 1) if (!readings[nth + later]?.span) return [];
		const [start, end] = [
			at - rules.pauseMinutes * MINUTE,
			at + (rules.lessonMinutes + rules.pauseMinutes) * MINUTE
		];
		return taken.some((one) => start < one.to && one.from < end) ? [] : [at];
	});
}

describe('[A4] [P12] free times beside a slow and plain model', () => {
	/** Shortly before the clocks change, or a day is left out. */
	const PLACES: [zone: string, near: number][] = [
		['Europe/Berlin', Date.UTC(2026, 2, 28, 12)],
		['Europe/Berlin', Date.UTC(2026, 9, 24, 12)],
		['America/New_York', Date.UTC(2026, 2, 7, 12)],
		['America/New_York', Date.UTC(2026, 9, 31, 12)],
		['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 0)],
		['Australia/Lord_Howe', Date.UTC(2026, 9, 3, 0)],
		['Asia/Kathmandu', Date.UTC(2026, 5, 1)],
		['Pacific/Apia', Date.UTC(2011, 11, 29)],
		['Africa/Cairo', Date.UTC(2026, 3, 23)]
	];
	const span = fc
		.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 40 }))
		.map(([from, length]): Span => ({ from: from * 15, to: Math.min(1_440, (from + length) * 15) }));
	const spans = fc.array(span, { maxLength: 3 }).map((all) => mergeSpans(all).spans);

	test.each(PLACES)('%s, %i', (zone, near) => {
		fc.assert(
			fc.property(
				fc.array(spans, { minLength: 7, maxLength: 7 }),
				fc.option(spans),
				fc.integer({ min: 0, max: 24 * 60 }),
				fc.record({
					lessonMinutes: fc.constantFrom(15, 25, 45, 60, 90),
					pauseMinutes: fc.constantFrom(0, 10, 30),
					noticeHours: fc.constantFrom(0, 1, 12),
					aheadDays: fc.constantFrom(0, 1, 2)
				}),
				fc.array(fc.tuple(fc.integer({ min: 0, max: 3 * 24 * 12 }), fc.integer({ min: 1, max: 24 })), {
					maxLength: 3
				}),
				(week, exception, minutes, rules, lessons) => {
					const now = near + minutes * MINUTE + 17;
					const days = new Map(exception ? [[dateIn(now + DAY, zone), exception]] : []);
					const taken = lessons.map(([at, length]) => ({
						from: near + at * 5 * MINUTE,
						to: near + (at + length) * 5 * MINUTE
					}));
					const hours = { zone, week, days };
					expect(freeTimes(hours, rules, taken, now)).toEqual(slowly(hours, rules, taken, now));
				}
			),
			{ numRuns: 25 }
		);
	});
});
