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

export type ReadStart =
	| { kind: 'start'; startsAt: number }
	| { kind: 'problems'; problems: Partial<Record<'date' | 'time', string>> };

/**
 * When a lesson is meant to start by the wall clock of `zone`. Of an hour that comes twice when clocks go back, the first
 * one is meant. `now`: ms since the epoch; a lesson whose end has passed cannot be planned.
 */
export function readStart(
	{ date, time, minutes }: { date: string; time: string; minutes: number },
	zone: string,
	now: number
): ReadStart {
	const reading = readZoned(date, time, zone);
	if (reading.kind === 'unreadable') {
		return { kind: 'problems', problems: { date: 'This is not a date and time.' } };
	}
	if (reading.kind === 'skipped') {
		const sentence = 'This time does not exist on that day: the clocks go forward. Choose another one.';
		return { kind: 'problems', problems: { time: sentence } };
	}
	if (reading.at + minutes * 60_000 <= now) {
		return { kind: 'problems', problems: { date: 'This lies in the past. Choose a later date or time.' } };
	}
	return { kind: 'start', startsAt: reading.at };
}

export type ReadPlan =
	| { kind: 'plan'; plan: LessonPlan }
	| { kind: 'problems'; problems: Partial<Record<'date' | 'time' | 'price', string>> };

/** What a plan means for a mentor who lives in `zone` and is paid in `currency`: checks that need more than the field itself. */
export function readLessonPlan(form: PlanForm, zone: string, currency: string, now: number): ReadPlan {
	const start = readStart(form, zone, now);
	const priceMinor = readPrice(form.price, currency);
	if (start.kind === 'problems' || typeof priceMinor === 'string') {
		const problems: Partial<Record<'date' | 'time' | 'price', string>> =
			start.kind === 'problems' ? start.problems : {};
		if (typeof priceMinor === 'string') problems.price = priceMinor;
		return { kind: 'problems', problems };
	}
	const { title, learnerEmails, minutes } = form;
	return {
		kind: 'plan',
		plan: { title, learnerEmails: [...new Set(learnerEmails)], startsAt: start.startsAt, minutes, priceMinor }
	};
}

/** A typed price in minor units, or the sentence that says what is wrong with it. */
export function readPrice(text: string, currency: string): number | string {
	return parseMoney(text, currency) ?? 'Enter a price such as 45 or 45.50.';
}
