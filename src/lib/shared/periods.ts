import { LOCALE } from './language.ts';
import { dateIn, formatShortDate, isTimeZone, readZoned } from './time.ts';

/** What earnings are summed by: weeks from Monday on, calendar months; both on the wall clock of a time zone. */
export const PERIOD_KINDS = ['week', 'month'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** `[from, to)`, ms since the epoch. */
export interface Period {
	from: number;
	to: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The last `count` weeks or months without gaps, oldest first; the last one is that of `now` (ms since the epoch). */
export function lastPeriods(kind: PeriodKind, now: number, zone: string, count: number): Period[] {
	const today = calendarDay(dateIn(now, zone));
	// Of one more: each ends where the next one begins, however long a day with a changed clock is.
	const starts = Array.from({ length: count + 1 }, (_, nth) => {
		const back = count - 1 - nth;
		if (kind === 'month') return Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1);
		const sinceMonday = (today.getUTCDay() + 6) % 7;
		return today.getTime() - (sinceMonday + 7 * back) * DAY;
	}).map((day) => startOfDay(day, zone));
	return starts.slice(0, count).map((from, nth) => ({ from, to: starts[nth + 1]! }));
}

/** A calendar year in a zone. */
export function yearPeriod(year: number, zone: string): Period {
	return { from: startOfDay(Date.UTC(year, 0, 1), zone), to: startOfDay(Date.UTC(year + 1, 0, 1), zone) };
}

/** The calendar year of an instant in a zone. */
export function yearIn(at: number, zone: string): number {
	return Number(dateIn(at, zone).slice(0, 4));
}

/** As a table names it: `23 – 29 Nov 2026`, `30 Nov – 6 Dec 2026`, `November 2026`. */
export function periodName(kind: PeriodKind, { from, to }: Period, zone: string): string {
	if (kind === 'month') return monthName(from, zone, 'long');
	const first = formatShortDate(from, zone).split(' ');
	const last = formatShortDate(to - 1, zone).split(' ');
	const shared = first[2] !== last[2] ? 3 : first[1] !== last[1] ? 2 : 1;
	return `${first.slice(0, shared).join(' ')} – ${last.join(' ')}`;
}

/** As short as below a bar: `23 Nov`, `Nov`. */
export function shortPeriodName(kind: PeriodKind, { from }: Period, zone: string): string {
	return kind === 'month'
		? monthName(from, zone, 'short').replace(/ \d{4}$/, '')
		: formatShortDate(from, zone).replace(/ \d{4}$/, '');
}

function monthName(at: number, zone: string, month: 'long' | 'short'): string {
	const timeZone = isTimeZone(zone) ? zone : 'UTC';
	return new Intl.DateTimeFormat(LOCALE, { month, year: 'numeric', timeZone }).format(at);
}

/** Calendar days are counted as midnights of UTC: none of them is longer than another. */
function calendarDay(date: string): Date {
	return new Date(`${date}T00:00:00Z`);
}

/** When a calendar day begins in a zone: with its first minute, which need not be midnight (ms since the epoch). */
export function dayStart(date: string, zone: string): number {
	return startOfDay(Date.parse(`${date}T00:00:00Z`), zone);
}

/** As `dayStart`, of a day that is counted as midnight of UTC. */
function startOfDay(day: number, zone: string): number {
	const date = new Date(day).toISOString().slice(0, 10);
	const midnight = readZoned(date, '00:00', isTimeZone(zone) ? zone : 'UTC');
	if (midnight.kind === 'once' || midnight.kind === 'twice') return midnight.at;
	// Clocks go forward at midnight: the day begins with the first minute that has its date.
	let [before, within] = [day - 2 * DAY, day + 2 * DAY];
	while (within - before > MINUTE) {
		const middle = before + Math.floor((within - before) / 2 / MINUTE) * MINUTE;
		if (dateIn(middle, zone) < date) before = middle;
		else within = middle;
	}
	return within;
}
