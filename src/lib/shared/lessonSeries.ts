import type { Occurrence } from './planning.ts';
import { dateIn, formatTime, readZoned } from './time.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Lessons a week apart at the same time on the wall clock of `zone` (spec A4), the first at exactly `startsAt`. Instants
 * are ms since the epoch. A time that does not exist on its day is as much later as the clocks jump, of one that comes
 * twice the first is meant (RFC 5545, 3.3.5).
 */
export function weeklySeries(
	{ startsAt, minutes, weeks }: { startsAt: number; minutes: number; weeks: number },
	zone: string
): Occurrence[] {
	return Array.from({ length: weeks }, (_, week) => {
		const at = week === 0 ? clockOf(startsAt, zone) : sameClock(startsAt, startsAt, week * 7, zone);
		return { ...at, endsAt: at.startsAt + Math.round(minutes * MINUTE) };
	});
}

/**
 * Where a later lesson of a series goes when an earlier one is moved: as many days on, at the new time of day.
 * `later` keeps nothing of its own time of day: the series has one.
 */
export function movedWith(
	move: { from: number; to: number; minutes: number },
	later: number,
	zone: string
): Occurrence {
	const days = daysFrom(dateIn(move.from, zone), dateIn(move.to, zone));
	const at = sameClock(move.to, later, days, zone);
	return { ...at, endsAt: at.startsAt + Math.round(move.minutes * MINUTE) };
}

/** The time of day of `clock`, so many days after the date of `day`. */
function sameClock(clock: number, day: number, days: number, zone: string): Omit<Occurrence, 'endsAt'> {
	const date = addDays(dateIn(day, zone), days);
	const time = formatTime(clock, zone);
	// Wall clocks are read to the minute; demonstrations start between two.
	const rest = clock - Math.floor(clock / MINUTE) * MINUTE;
	const reading = readZoned(date, time, zone);
	if (reading.kind === 'once' || reading.kind === 'twice')
		return { startsAt: reading.at + rest, clock: reading.kind };
	// With the offset from before the jump, in which the day before still was.
	const before = readZoned(addDays(date, -1), time, zone);
	const at = before.kind === 'once' ? before.at : before.kind === 'twice' ? before.again : null;
	// Neither day has that time: no zone has done so yet. Then it is counted in days of 24 hours.
	const startsAt = at === null ? clock + daysFrom(dateIn(clock, zone), date) * DAY : at + DAY + rest;
	return { startsAt, clock: 'skipped' };
}

/** How the clock reads the instant one has: it may come twice, and exists. */
function clockOf(startsAt: number, zone: string): Omit<Occurrence, 'endsAt'> {
	const reading = readZoned(dateIn(startsAt, zone), formatTime(startsAt, zone), zone);
	return { startsAt, clock: reading.kind === 'twice' ? 'twice' : 'once' };
}

function addDays(date: string, days: number): string {
	return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

function daysFrom(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}
