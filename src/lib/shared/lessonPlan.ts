import type { PlanForm } from './formSchemas.ts';
import { parseMoney } from './money.ts';
import { readZoned } from './time.ts';

/** What the form offers, minutes. */
export const LESSON_LENGTHS = [15, 20, 25, 30, 40, 45, 50, 60, 75, 90, 120, 150, 180, 240];

/** The offered length that comes closest. */
export function offeredLength(minutes: number): number {
	return LESSON_LENGTHS.reduce((best, offered) =>
		Math.abs(offered - minutes) < Math.abs(best - minutes) ? offered : best
	);
}

/** A lesson ready to be stored: an instant in ms, minutes, minor units. */
export interface LessonPlan {
	title: string;
	learnerEmails: string[];
	startsAt: number;
	minutes: number;
	priceMinor: number;
}

export type ReadPlan =
	| { kind: 'plan'; plan: LessonPlan }
	| { kind: 'problems'; problems: Partial<Record<'date' | 'time' | 'price', string>> };

/**
 * What a plan means for a mentor who lives in `zone` and is paid in `currency`: checks that need more than
 * the field itself. Of an hour that comes twice when clocks go back, the first one is meant.
 */
export function readLessonPlan(form: PlanForm, zone: string, currency: string, now: number): ReadPlan {
	const problems: Partial<Record<'date' | 'time' | 'price', string>> = {};
	const reading = readZoned(form.date, form.time, zone);
	if (reading.kind === 'unreadable') problems.date = 'This is not a date and time.';
	if (reading.kind === 'skipped') {
		problems.time = 'This time does not exist on that day: the clocks go forward. Choose another one.';
	}
	const startsAt = reading.kind === 'once' || reading.kind === 'twice' ? reading.at : null;
	if (startsAt !== null && startsAt + form.minutes * 60_000 <= now) {
		problems.date = 'This lies in the past. Choose a later date or time.';
	}
	const priceMinor = parseMoney(form.price, currency);
	if (priceMinor === null) problems.price = 'Enter a price such as 45 or 45.50.';
	if (startsAt === null || priceMinor === null || problems.date !== undefined) {
		return { kind: 'problems', problems };
	}
	const { title, learnerEmails, minutes } = form;
	return {
		kind: 'plan',
		plan: { title, learnerEmails: [...new Set(learnerEmails)], startsAt, minutes, priceMinor }
	};
}
