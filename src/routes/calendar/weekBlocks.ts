import type { CalendarLesson } from '../../lib/shared/planning.ts';
import { inLanes, type InLane } from './lanes.ts';
import { spanOf, type Week } from './weekAxis.ts';

/** What of a lesson lies in one day; `from` and `to` in minutes of the axis. */
export interface Block {
	lesson: CalendarLesson;
	day: number;
	from: number;
	to: number;
	/** Where it begins in this week. What goes on after midnight belongs to it and is no thing of its own. */
	isHead: boolean;
}

/** A quarter of an hour still has to be seen and pressed: lanes are laid out as if nothing were shorter, minutes. */
const SHORTEST = 25;

/** The hour in which a day of lessons usually begins. */
export const MORNING = 8;

/** All blocks of a week, what overlaps beside each other. */
export function blocksOf(week: Week, lessons: readonly CalendarLesson[]): InLane<Block>[] {
	const blocks = lessons.flatMap((lesson) =>
		spanOf(week, lesson).map((span, nth) => ({ lesson, ...span, isHead: nth === 0 }))
	);
	return week.days.flatMap((_, day) =>
		inLanes(
			blocks
				.filter((block) => block.day === day)
				.map((block) => ({ ...block, to: Math.max(block.to, block.from + SHORTEST) }))
		)
	);
}

/** Which row of the axis something begins in. */
export function rowOf({ from }: { from: number }): number {
	return Math.floor(from / 60);
}

/**
 * The minute of the axis that is to be seen first where `seen` minutes are seen at once: the morning, earlier where
 * something lies before it, and later where the last lesson would else be out of sight. `present`: the minute it is now,
 * or null in another week.
 */
export function firstSeen(blocks: readonly Block[], present: number | null, seen: number): number {
	// What goes on after midnight is no beginning of a day.
	const heads = blocks.filter(({ isHead }) => isHead);
	const first = Math.min(...heads.map(({ from }) => from), present ?? Infinity);
	const last = Math.max(...heads.map(({ to }) => to), 0);
	const morning = Math.min(first, MORNING * 60) - 30;
	return Math.max(0, Math.min(Math.max(morning, last + 30 - seen), first - 30));
}
