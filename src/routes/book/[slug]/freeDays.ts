import { weekdayOf } from '$lib/shared/availability.ts';
import { weekdayName } from '$lib/shared/calendarWords.ts';
import { dateIn, formatTime, offsetAt, zoneName } from '$lib/shared/time.ts';

const DAY = 86_400_000;

/** The times of each calendar day of a zone, both in order. */
export function byDay(times: readonly number[], zone: string): Map<string, number[]> {
	return Map.groupBy(times, (at) => dateIn(at, zone));
}

/** The weeks of a month (`2026-07`) from Monday to Sunday; null beside its first and last day. */
export function weeksOf(month: string): (string | null)[][] {
	const weeks: (string | null)[][] = [];
	for (let day = Date.parse(`${month}-01`); dateOf(day).startsWith(month); day += DAY) {
		const weekday = weekdayOf(dateOf(day));
		if (weekday === 0 || weeks.length === 0) weeks.push(Array(7).fill(null));
		weeks.at(-1)![weekday] = dateOf(day);
	}
	return weeks;
}

/** The month before or after: `2026-12` and 1 give `2027-01`. */
export function shiftMonth(month: string, by: number): string {
	const [year, nth] = month.split('-').map(Number) as [number, number];
	return dateOf(Date.UTC(year, nth - 1 + by, 1)).slice(0, 7);
}

/** Which day the arrows lead to: the nearest one with free times in that direction. Weeks are kept where it can be. */
export function dayFrom(day: string, key: string, days: readonly string[]): string | null {
	const at = days.indexOf(day);
	if (key === 'next') return days[at + 1] ?? null;
	if (key === 'previous') return days[at - 1] ?? null;
	if (key === 'first') return days.find((one) => one.slice(0, 7) === day.slice(0, 7)) ?? null;
	if (key === 'last') return days.findLast((one) => one.slice(0, 7) === day.slice(0, 7)) ?? null;
	const week = 7 * DAY * (key === 'down' ? 1 : -1);
	const same = days.find((one) => one === dateOf(Date.parse(day) + week));
	if (same) return same;
	const wanted = dateOf(Date.parse(day) + week);
	return (key === 'down' ? days.find((one) => one > wanted) : days.findLast((one) => one < wanted)) ?? null;
}

/** One time as it is offered. */
export interface OfferedTime {
	at: number;
	/** `15:00`, with the zone’s name where the clock shows it twice that day. */
	text: string;
	/** On the mentor’s clock, with the weekday where it is another day; null where it is the same. */
	theirs: string | null;
}

export function offeredTimes(times: readonly number[], zone: string, mentorZone: string): OfferedTime[] {
	const shown = times.map((at) => formatTime(at, zone));
	return times.map((at, nth) => {
		const text = shown[nth]!;
		const twice = shown.filter((other) => other === text).length > 1;
		const same = offsetAt(at, zone) === offsetAt(at, mentorZone);
		return {
			at,
			text: twice ? `${text} ${zoneName(at, zone)}` : text,
			theirs: same ? null : theirTime(at, zone, mentorZone)
		};
	});
}

/** An instant on the mentor’s clock, with the weekday where it is another day there. */
function theirTime(at: number, zone: string, mentorZone: string): string {
	const time = formatTime(at, mentorZone);
	const day = dateIn(at, mentorZone);
	return day === dateIn(at, zone) ? time : `${weekdayName(weekdayOf(day), 'short')} ${time}`;
}

function dateOf(day: number): string {
	return new Date(day).toISOString().slice(0, 10);
}
