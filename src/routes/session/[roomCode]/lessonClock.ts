import { WARNING_MINUTES } from '../../../lib/shared/limits.ts';
import { describeSpan, formatCountdown } from '../../../lib/shared/time.ts';

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
