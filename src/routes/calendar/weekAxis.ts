import { dayStart } from '../../lib/shared/periods.ts';
import { formatTime } from '../../lib/shared/time.ts';

/**
 * A week as it lies on a page: seven days beside each other and the minutes of the wall clock below each other. Clocks that
 * go forward leave a gap in their day; for clocks that go back the axis of the whole week gets the repeated stretch once
 * more, so that every instant has exactly one place and each length is as high as it is long (spec A4).
 */
export interface Week {
	zone: string;
	/** Monday first. */
	days: WeekDay[];
	/** `[from, to)`, ms since the epoch. */
	from: number;
	to: number;
	/** Length of the axis: 1440 minutes, and what comes twice. */
	minutes: number;
	/** What comes twice in this week, on the wall clock (minutes after midnight); null in all weeks but one a year. */
	repeated: { from: number; to: number } | null;
}

export interface WeekDay {
	/** `2026-07-14`. */
	date: string;
	/** `[from, to)`, ms since the epoch; 23, 24 or 25 hours. */
	from: number;
	to: number;
	/** Without a change of the clocks there is one. */
	stretches: Stretch[];
}

/** A part of a day in which the clock does not change. */
interface Stretch {
	from: number;
	to: number;
	/** Where it begins on the axis, minutes. */
	at: number;
}

/** A place on the page: which day, and minutes down the axis. */
export interface Place {
	day: number;
	minute: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const DAY_MINUTES = 1440;

/** `2026-07-14` and `-1` → `2026-07-13`. */
export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** A calendar day in an address, within the years that pages speak of; null for anything else. */
export function readDate(text: string | null): string | null {
	if (!text || !/^20\d\d-\d\d-\d\d$/.test(text)) return null;
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : null;
}

/** The Monday on or before a calendar day. */
export function mondayOf(date: string): string {
	return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** The week of a calendar day in a zone. */
export function weekOf(date: string, zone: string): Week {
	const monday = mondayOf(date);
	const starts = Array.from({ length: 8 }, (_, nth) => dayStart(addDays(monday, nth), zone));
	const plain = starts.slice(0, 7).map((from, nth) => {
		const to = starts[nth + 1]!;
		return { date: addDays(monday, nth), from, to, parts: partsOf(from, to, zone) };
	});
	const back = plain
		.map(({ parts }) => parts)
		.find(([first, second]) => second && second.wall < endOf(first!));
	const repeated = back ? { from: back[1]!.wall, to: endOf(back[0]!) } : null;
	const more = repeated ? repeated.to - repeated.from : 0;
	const days = plain.map(({ date: day, from, to, parts }) => ({
		date: day,
		from,
		to,
		stretches: parts.flatMap((part, nth) => spread(part, parts === back && nth === 1))
	}));
	return { zone, days, from: starts[0]!, to: starts[7]!, minutes: DAY_MINUTES + more, repeated };

	/** A part of the wall clock on the axis; all but the second time lie around the stretch that was put in. */
	function spread({ from, to, wall }: Part, again: boolean): Stretch[] {
		if (!repeated || again) return [{ from, to, at: wall + (again ? more : 0) }];
		const edge = from + (repeated.to - wall) * MINUTE;
		if (edge >= to) return [{ from, to, at: wall }];
		if (edge <= from) return [{ from, to, at: wall + more }];
		return [
			{ from, to: edge, at: wall },
			{ from: edge, to, at: repeated.to + more }
		];
	}
}

/** Of a day, until the clock changes; `wall`: what the clock shows at its beginning, minutes after midnight. */
interface Part {
	from: number;
	to: number;
	wall: number;
}

const endOf = ({ from, to, wall }: Part) => wall + (to - from) / MINUTE;

function partsOf(from: number, to: number, zone: string): Part[] {
	const wall = wallMinute(from, zone);
	// How far the clock is ahead of a day that is counted from midnight on.
	const ahead = (at: number) => wallMinute(at, zone) - (at - from) / MINUTE;
	if (ahead(to - MINUTE) === ahead(from)) return [{ from, to, wall }];
	let [before, after] = [from, to - MINUTE];
	while (after - before > MINUTE) {
		const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
		if (ahead(middle) === ahead(from)) before = middle;
		else after = middle;
	}
	return [
		{ from, to: after, wall },
		{ from: after, to, wall: wallMinute(after, zone) }
	];
}

/** What the clock on the wall shows, minutes after midnight. */
function wallMinute(at: number, zone: string): number {
	const [hours, minutes] = formatTime(at, zone).split(':').map(Number);
	return hours! * 60 + minutes!;
}

/** Where an instant of this week lies; null for those of other weeks. */
export function placeOf(week: Week, at: number): Place | null {
	const day = week.days.findIndex(({ from, to }) => at >= from && at < to);
	const stretch = week.days[day]?.stretches.find(({ from, to }) => at >= from && at < to);
	return stretch ? { day, minute: stretch.at + (at - stretch.from) / MINUTE } : null;
}

/** What lies at a place. Where that day has nothing at this height it is the next instant that there is. */
export function instantAt(week: Week, { day, minute }: Place): number {
	const { stretches, to } = week.days[Math.min(6, Math.max(0, day))]!;
	for (const stretch of stretches) {
		if (minute < stretch.at) return stretch.from;
		const at = stretch.from + (minute - stretch.at) * MINUTE;
		if (at < stretch.to) return at;
	}
	return to - MINUTE;
}

/** What of a day is on the axis but not on its clock: `[from, to)` in minutes. */
export function gapsOf(week: Week, day: number): { from: number; to: number }[] {
	const gaps: { from: number; to: number }[] = [];
	let reached = 0;
	for (const { from, to, at } of week.days[day]!.stretches) {
		if (at > reached) gaps.push({ from: reached, to: at });
		reached = at + (to - from) / MINUTE;
	}
	if (reached < week.minutes) gaps.push({ from: reached, to: week.minutes });
	return gaps;
}

/** Which part of each day something takes up: `[from, to)` in minutes of the axis, one for each day it touches. */
export function spanOf(
	week: Week,
	{ startsAt, endsAt }: { startsAt: number; endsAt: number }
): { day: number; from: number; to: number }[] {
	return week.days.flatMap(({ from, to }, day) => {
		const [first, last] = [Math.max(startsAt, from), Math.min(endsAt, to)];
		if (first >= last) return [];
		// The last minute has a place of its own day; the end may be the next day's midnight.
		const end = placeOf(week, last - 1)!;
		return [{ day, from: placeOf(week, first)!.minute, to: end.minute + 1 / MINUTE }];
	});
}

/** The rows of the axis: what the clock shows at each full hour, and whether it shows it for the second time. */
export function hoursOf(week: Week): { minute: number; wall: number; again: boolean }[] {
	const { repeated, minutes } = week;
	return Array.from({ length: Math.ceil(minutes / 60) }, (_, nth) => {
		const minute = nth * 60;
		const more = repeated && minute >= repeated.to ? repeated.to - repeated.from : 0;
		return {
			minute,
			wall: minute - more,
			again: repeated !== null && more > 0 && minute < repeated.to + more
		};
	});
}
