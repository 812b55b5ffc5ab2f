import type { CalendarLesson } from '../../lib/shared/planning.ts';
import { targetWords } from './calendarWords.ts';
import { instantAt, placeOf, spanOf, type Place, type Week } from './weekAxis.ts';

/** Times are taken in steps of so many minutes, by hand and by key. */
export const STEP = 15;
/** What a mere press on free time plans, minutes. */
const PRESSED_MINUTES = 60;

/** What somebody is about to do in the week; nothing has happened yet. */
type Moving =
	/** A lesson is carried to another time. `asking`: it was let go, and a window asks whether it is meant. */
	| { kind: 'lesson'; lesson: CalendarLesson; startsAt: number; asking: boolean }
	/** Free time is marked; `to` in minutes of the axis, or null for a press that marks nothing. */
	| { kind: 'free'; day: number; from: number; to: number | null };

/** Carrying a lesson to another time and marking free time: the same by pointer and by keys. */
export function createWeekMoves(deps: {
	week: () => Week;
	/** Ms since the epoch. */
	now: () => number;
	/** For screen readers. */
	say: (sentence: string) => void;
	/** A lesson was let go at another time. */
	onDropped: (lesson: CalendarLesson, startsAt: number) => void;
	/** Free time was chosen. */
	onChosen: (startsAt: number, minutes: number) => void;
}) {
	const { week, now, say } = deps;
	let moving = $state.raw<Moving | null>(null);

	/** Where what is carried would be. */
	const span = $derived.by(() => {
		if (!moving) return null;
		if (moving.kind === 'lesson') {
			const { lesson, startsAt } = moving;
			return { startsAt, endsAt: startsAt + (lesson.endsAt - lesson.startsAt) };
		}
		const { day, from, to } = moving;
		const startsAt = instantAt(week(), { day, minute: from });
		const endsAt = to === null ? startsAt + PRESSED_MINUTES * 60_000 : endAt(day, to);
		return { startsAt, endsAt };
	});
	const ghost = $derived(span ? spanOf(week(), span) : []);

	/** The end of a marked stretch, which may be the end of its day. */
	function endAt(day: number, minute: number): number {
		return instantAt(week(), { day, minute: minute - 1 }) + 60_000;
	}

	function snap(minute: number): number {
		return Math.round(minute / STEP) * STEP;
	}

	function carryTo({ day, minute }: Place): void {
		if (moving?.kind !== 'lesson' || moving.asking) return;
		const last = week().minutes - STEP;
		const startsAt = instantAt(week(), { day, minute: Math.min(last, Math.max(0, snap(minute))) });
		if (startsAt !== moving.startsAt) moving = { ...moving, startsAt };
	}

	function stop(): void {
		moving = null;
	}

	return {
		get moving(): Moving | null {
			return moving;
		},
		/** Each day's part of where it would be. */
		get ghost() {
			return ghost;
		},
		get span() {
			return span;
		},

		/** Takes a lesson up. */
		lift(lesson: CalendarLesson): void {
			moving = { kind: 'lesson', lesson, startsAt: lesson.startsAt, asking: false };
		},
		/** Takes it up by a key, and says how to go on. */
		liftByKey(lesson: CalendarLesson): void {
			this.lift(lesson);
			say(
				`Moving “${lesson.title}”. Arrow keys choose the time, Enter takes it, Escape leaves it where it was.`
			);
		},
		carryTo,
		/** By so many steps of time, or days. */
		nudge({ steps = 0, days = 0 }: { steps?: number; days?: number }): void {
			if (moving?.kind !== 'lesson' || moving.asking) return;
			const before = moving.startsAt;
			// What began before this week is carried from where this week begins.
			const at = placeOf(week(), Math.max(before, week().from))!;
			const day = at.day + days;
			// Over a gap of the clock the next step lies behind it.
			for (let tries = 1; tries <= 8 && moving.startsAt === before && day >= 0 && day <= 6; tries += 1) {
				carryTo({ day, minute: at.minute + steps * STEP * tries });
				if (steps === 0) break;
			}
			const { startsAt, lesson } = moving;
			if (startsAt === before) return say('It goes no further in this week.');
			say(targetWords(startsAt, startsAt + lesson.endsAt - lesson.startsAt, week().zone));
		},
		/** Lets go: asks, or leaves it where it was. */
		drop(): void {
			if (moving?.kind === 'free') {
				const chosen = span!;
				const isPast = chosen.startsAt < now();
				if (isPast) stop();
				else deps.onChosen(chosen.startsAt, Math.round((chosen.endsAt - chosen.startsAt) / 60_000));
				return;
			}
			if (!moving || moving.asking) return;
			const { lesson, startsAt } = moving;
			if (startsAt === lesson.startsAt) return stop();
			moving = { ...moving, asking: true };
			deps.onDropped(lesson, startsAt);
		},
		/** Nothing happens. */
		stop,
		/** By a key: it stays where it was. */
		giveUp(): void {
			if (moving?.kind === 'lesson') say(`“${moving.lesson.title}” stays where it was.`);
			stop();
		},

		/** Begins to mark free time. */
		mark({ day, minute }: Place): void {
			if (instantAt(week(), { day, minute }) < now()) return;
			moving = { kind: 'free', day, from: Math.floor(minute / (2 * STEP)) * 2 * STEP, to: null };
		},
		/** As far as the pointer is, within that day. */
		markTo(minute: number): void {
			if (moving?.kind !== 'free') return;
			const end = Math.min(week().minutes, Math.ceil(minute / STEP) * STEP);
			moving = { ...moving, to: Math.max(end, moving.from + STEP) };
		},
		/** An hour chosen by a key. */
		chooseHour(day: number, row: number): void {
			const startsAt = instantAt(week(), { day, minute: row * 60 });
			if (startsAt < now()) say('This time has passed.');
			else deps.onChosen(startsAt, PRESSED_MINUTES);
		}
	};
}

export type WeekMoves = ReturnType<typeof createWeekMoves>;
