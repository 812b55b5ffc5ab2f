import { weekdayOf, type BookingRules, type OpenHours, type Span } from '../../shared/availability.ts';
import { clockChanges } from '../../shared/clockChanges.ts';
import { dateIn, offsetAt } from '../../shared/time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Something that takes place, ms since the epoch. */
export interface Taken {
	from: number;
	to: number;
}

/** A stretch of bookable time; lessons begin at `anchor` and every few minutes after it. */
interface Stretch extends Taken {
	anchor: number;
	/** Of the day on the mentor's wall clock. */
	date: string;
}

/** Minutes between two starts that are offered: on the wall clock, counted from the beginning of the hours. */
export function startsEvery(lessonMinutes: number): number {
	return lessonMinutes < 30 ? 15 : 30;
}

/**
 * When lessons can begin, ms since the epoch, in order. A minute is bookable when its reading on the mentor's wall clock lies
 * in the hours of that day: an hour that the clocks leave out is in none, one that comes twice is there twice. A lesson fits
 * when all of its minutes are bookable and it keeps the pause from everything that takes place.
 */
export function freeTimes(
	hours: OpenHours,
	rules: BookingRules,
	taken: readonly Taken[],
	now: number
): number[] {
	const { zone } = hours;
	const first = now + rules.noticeHours * HOUR;
	const lastDate = shiftDate(dateIn(now, zone), rules.aheadDays);
	// A lesson may go on after midnight of the last day, wherever that is.
	const end = Date.parse(lastDate) + 3 * DAY;
	const stretches = stretchesOf(hours, now - DAY, end);
	const open = joined(stretches);
	const [length, pause] = [rules.lessonMinutes * MINUTE, rules.pauseMinutes * MINUTE];
	const step = startsEvery(rules.lessonMinutes) * MINUTE;
	const found = new Set<number>();
	for (const { from, to, anchor, date } of stretches) {
		if (date > lastDate) continue;
		for (let at = anchor + Math.ceil((from - anchor) / step) * step; at < to; at += step) {
			if (at < first) continue;
			const fits = open.some((one) => one.from <= at && at + length <= one.to);
			const free = !taken.some((one) => at < one.to + pause && at + length > one.from - pause);
			if (fits && free) found.add(at);
		}
	}
	return [...found].sort((a, b) => a - b);
}

/** The hours between two instants. Between two changes of the clocks the wall clock runs as time does. */
function stretchesOf(hours: OpenHours, from: number, to: number): Stretch[] {
	const changes = clockChanges(from, to, hours.zone);
	const stretches: Stretch[] = [];
	let [start, offset] = [from, offsetAt(from, hours.zone)];
	for (const { at: end, after } of [...changes, { at: to, after: 0 }]) {
		for (let day = dayStart(start + offset); day - offset < end; day += DAY) {
			const date = new Date(day).toISOString().slice(0, 10);
			for (const span of spansOn(hours, date)) {
				const anchor = day + span.from * MINUTE - offset;
				const part = { from: Math.max(start, anchor), to: Math.min(end, day + span.to * MINUTE - offset) };
				if (part.from < part.to) stretches.push({ ...part, anchor, date });
			}
		}
		[start, offset] = [end, after];
	}
	return stretches;
}

/** Stretches that follow each other without a gap are one: a lesson may go over midnight and over a change of the clocks. */
function joined(stretches: readonly Taken[]): Taken[] {
	const result: Taken[] = [];
	for (const { from, to } of stretches.toSorted((a, b) => a.from - b.from)) {
		const last = result.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else result.push({ from, to });
	}
	return result;
}

function spansOn({ week, days }: OpenHours, date: string): readonly Span[] {
	return days.get(date) ?? week[weekdayOf(date)] ?? [];
}

/** Midnight before a reading of the wall clock; both as if they were UTC. */
function dayStart(reading: number): number {
	return Math.floor(reading / DAY) * DAY;
}

function shiftDate(date: string, days: number): string {
	return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}
