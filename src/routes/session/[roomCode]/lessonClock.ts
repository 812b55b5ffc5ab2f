import { EXTENSION_MINUTES, WARNING_MINUTES } from '../../../lib/shared/limits.ts';
import type { NextSession } from '../../../lib/shared/nextSession.ts';
import type { Member } from '../../../lib/shared/roomState.ts';
import { describeSpan, formatCountdown, formatTime } from '../../../lib/shared/time.ts';

/** Instants and spans are milliseconds on the server's clock; nothing here reads a clock. */

const MINUTE = 60_000;
const LAST = Math.min(...WARNING_MINUTES) * MINUTE;
const SOON = Math.max(...WARNING_MINUTES) * MINUTE;

/** The lobby's countdown. */
export function startsInWords(now: number, startsAt: number): string {
	return startsAt > now ? `Starts in ${formatCountdown(startsAt - now)}` : 'It is time to start';
}

/** How urgent the scheduled end is; the steps are those of the warnings. */
export type Urgency = 'calm' | 'soon' | 'last';

/** The time left until the scheduled end, in words, rounded up (spec M2). */
export function timeLeft(now: number, endsAt: number): { words: string; urgency: Urgency } {
	const left = endsAt - now;
	const urgency = left <= LAST ? 'last' : left <= SOON ? 'soon' : 'calm';
	if (left <= 0) return { words: 'Time is up', urgency };
	if (left < MINUTE) return { words: `${Math.ceil(left / 1_000)} s left`, urgency };
	return { words: `${describeSpan(Math.ceil(left / MINUTE) * 60)} left`, urgency };
}

const LONGEST_EXTENSION = Math.max(...EXTENSION_MINUTES) * MINUTE;

/** What the mentor sees beside the time left when their next session begins so soon after this one that it matters. */
export function nextInWords(nextStartsAt: number | null, endsAt: number, timeZone: string): string | null {
	if (nextStartsAt === null || nextStartsAt - endsAt >= LONGEST_EXTENSION) return null;
	return `Next session at ${formatTime(nextStartsAt, timeZone)}`;
}

/** The fact behind the question whether to extend all the same; nobody but the mentor is told what they have planned. */
export function overlapInWords(
	next: readonly NextSession[],
	me: { userId: string },
	members: readonly Member[],
	{ now, timeZone }: { now: number; timeZone: string }
): string {
	return next
		.map(({ userId, startsAt }) => {
			const time = formatTime(startsAt, timeZone);
			const begun = startsAt <= now;
			if (userId === me.userId)
				return begun ? `Your next session began at ${time}.` : `Your next session starts at ${time}.`;
			const name = members.find((member) => member.userId === userId)?.name ?? 'Somebody';
			return begun
				? `${name} has had another session since ${time}.`
				: `${name} has another session at ${time}.`;
		})
		.join(' ');
}
