import { COMMA, counted } from '../../lib/shared/counted.ts';
import { isolated } from '../../lib/shared/isolated.ts';
import { LOCALE } from '../../lib/shared/language.ts';
import type { CalendarLesson } from '../../lib/shared/planning.ts';
import {
	formatDate,
	formatLongDate,
	formatTime,
	formatTimeRange,
	isTimeZone
} from '../../lib/shared/time.ts';
import type { Week } from './weekAxis.ts';

const list = new Intl.ListFormat(LOCALE);

/** Where a lesson stands, where that is not plain from its time; null for what is simply planned. */
export function lessonMark({ status, answer }: Pick<CalendarLesson, 'status' | 'answer'>): string | null {
	if (status === 'live') return 'Live now';
	if (status === 'cancelled') return 'Cancelled';
	if (status === 'missed') return 'Did not take place';
	if (answer === 'open' && status === 'scheduled') return 'Not answered yet';
	return null;
}

/** With whom: `Liam Chen and Aisha Rahman`; of more than three how many more. */
export function peopleWords(people: readonly string[]): string {
	const names = people.map(isolated);
	if (people.length <= 3) return list.format(names);
	return list.format([
		...names.slice(0, 2),
		counted(people.length - 2, { one: '# more person', other: '# more people' })
	]);
}

/** A lesson as a screen reader meets it in the week. */
export function lessonWords(lesson: CalendarLesson, zone: string): string {
	const parts = [
		lesson.title,
		`${formatLongDate(lesson.startsAt, zone)}, ${formatTimeRange(lesson.startsAt, lesson.endsAt, zone)}`
	];
	if (lesson.people.length > 0) parts.push(`with ${peopleWords(lesson.people)}`);
	const mark = lessonMark(lesson);
	if (mark) parts.push(mark);
	return parts.join(COMMA);
}

/** Where something is being moved to. */
export function targetWords(startsAt: number, endsAt: number, zone: string): string {
	return `${formatLongDate(startsAt, zone)}, ${formatTimeRange(startsAt, endsAt, zone)}`;
}

/** `Mon`. */
export function shortWeekday(at: number, zone: string): string {
	const timeZone = isTimeZone(zone) ? zone : 'UTC';
	return new Intl.DateTimeFormat(LOCALE, { weekday: 'short', timeZone }).format(at);
}

/** What the clocks do in this week; null in all weeks but two a year. */
export function clockChange({ days, zone }: Week): string | null {
	for (const { stretches } of days) {
		const changed = stretches.find(({ from }, nth) => {
			const before = stretches[nth - 1];
			return before !== undefined && formatTime(from, zone) !== afterClock(before.to, zone);
		});
		if (!changed) continue;
		const day = formatDate(changed.from, zone);
		const [was, is] = [afterClock(changed.from, zone), formatTime(changed.from, zone)];
		return is > was
			? `On ${day} the clocks go forward: after ${formatTime(changed.from - 60_000, zone)} it is ${is}.`
			: `On ${day} the clocks go back: the time from ${is} to ${was} comes twice.`;
	}
	return null;
}

/** What the clock would show without a change, a minute after the one before: `03:00` where it jumps from 02:59 to 02:00. */
function afterClock(at: number, zone: string): string {
	const [hours, minutes] = formatTime(at - 60_000, zone)
		.split(':')
		.map(Number);
	const next = (hours! * 60 + minutes! + 1) % 1440;
	return `${String(Math.floor(next / 60)).padStart(2, '0')}:${String(next % 60).padStart(2, '0')}`;
}
