import type { AnswerCounts } from '../../lib/shared/answerCounts.ts';
import { counted } from '../../lib/shared/counted.ts';
import { LOCALE } from '../../lib/shared/language.ts';
import type { Conflict, InvitationAnswer, Occurrence } from '../../lib/shared/planning.ts';
import {
	formatDate,
	formatDay,
	formatLongDate,
	formatTime,
	formatTimeRange,
	isTimeZone,
	zoneName
} from '../../lib/shared/time.ts';

/** How what is planned is said. Instants are ms since the epoch. */

const list = new Intl.ListFormat(LOCALE);
/** More dates than this are told by the first and the last one. */
const DATES_SHOWN = 6;

export const ANSWER_WORDS: Record<InvitationAnswer, string> = {
	open: 'Not answered yet',
	accepted: 'Accepted',
	declined: 'Declined'
};

export const ANSWER_TONES = { open: 'neutral', accepted: 'good', declined: 'danger' } as const;

/** What came back so far, and how it looks; null where nobody was asked. */
export function answersWords({
	open,
	accepted,
	declined
}: AnswerCounts): { text: string; tone: 'good' | 'danger' | 'neutral' } | null {
	const all = open + accepted + declined;
	if (all === 0) return null;
	if (accepted === all) return { text: all === 1 ? 'Accepted' : 'All accepted', tone: 'good' };
	if (declined === all) return { text: all === 1 ? 'Declined' : 'All declined', tone: 'danger' };
	if (open === all) return { text: all === 1 ? 'Not answered yet' : 'No answers yet', tone: 'neutral' };
	const some = `${accepted} of ${all} accepted`;
	return declined > 0
		? { text: `${some}, ${declined} declined`, tone: 'danger' }
		: { text: some, tone: 'neutral' };
}

type Span = Pick<Occurrence, 'startsAt' | 'endsAt'>;

/** `Tuesday, 14 July 2026, 15:00 – 16:00 CEST`. */
export function whenWords({ startsAt, endsAt }: Span, zone: string): string {
	return `${formatLongDate(startsAt, zone)}, ${formatTimeRange(startsAt, endsAt, zone)} ${zoneName(startsAt, zone)}`;
}

/** As short as it is clear from `now` on: `Today, 15:00 – 16:00`. */
export function dayWords({ startsAt, endsAt }: Span, now: number, zone: string): string {
	return `${formatDay(startsAt, now, zone)}, ${formatTimeRange(startsAt, endsAt, zone)}`;
}

/** All dates of a weekly series in one sentence. */
export function seriesWords(starts: readonly number[], zone: string): string {
	const [first, last] = [starts[0]!, starts.at(-1)!];
	const count = starts.length;
	const day = weekday(first, zone);
	if (count > DATES_SHOWN) {
		const [from, to] = [formatDate(first, zone), formatLongDate(last, zone)];
		return counted(count, {
			one: `Every ${day}, # session, from ${from} to ${to}.`,
			other: `Every ${day}, # sessions, from ${from} to ${to}.`
		});
	}
	const dates = list.format(starts.map((at) => formatDate(at, zone)));
	return counted(count, {
		one: `Every ${day}, # session: ${dates}.`,
		other: `Every ${day}, # sessions: ${dates}.`
	});
}

/** What the clocks do to a session on that day; null on all other days. */
export function clockWords({ startsAt, clock }: Occurrence, zone: string): string | null {
	const day = formatDate(startsAt, zone);
	if (clock === 'skipped') {
		return `On ${day} the clocks go forward and this time is skipped: the session starts at ${formatTime(startsAt, zone)}.`;
	}
	if (clock === 'twice') {
		return `On ${day} the clocks go back and this time comes twice: the first one is meant.`;
	}
	return null;
}

/**
 * When a session or series is for somebody in another zone: `09:00 – 10:00 EDT`, with the date where theirs is another
 * one, and each time from when on clocks that change on other days make it another time.
 */
export function timesThere(occurrences: readonly Span[], here: string, there: string): string {
	const times = occurrences.map(({ startsAt, endsAt }) => {
		const sameDay = formatDate(startsAt, here) === formatDate(startsAt, there);
		const time = formatTimeRange(startsAt, endsAt, there);
		return { startsAt, time, words: sameDay ? time : `${weekday(startsAt, there)} ${time}` };
	});
	const changes = times.filter(({ time }, nth) => nth === 0 || time !== times[nth - 1]!.time);
	return list.format(
		changes.map(({ startsAt, words }, nth) => {
			const said = `${words} ${zoneName(startsAt, there)}`;
			return nth === 0 ? said : `from ${formatDate(startsAt, there)} on ${said}`;
		})
	);
}

/** Whether clocks there show something else at any of these times. */
export function isElsewhere(occurrences: readonly Span[], here: string, there: string): boolean {
	return occurrences.some(
		({ startsAt }) =>
			formatTime(startsAt, here) !== formatTime(startsAt, there) ||
			formatDate(startsAt, here) !== formatDate(startsAt, there)
	);
}

/** One thing that is in the way. Of learners only that they are busy is known. */
export function conflictWords(conflict: Conflict, zone: string): string {
	const span = conflict.kind === 'own' ? conflict.with : conflict.at;
	const date = formatDate(span.startsAt, zone);
	if (conflict.kind === 'learner') {
		return `${conflict.name} has something else on ${date} at ${formatTime(span.startsAt, zone)}.`;
	}
	return `You have “${conflict.title}” on ${date}, ${formatTimeRange(span.startsAt, span.endsAt, zone)}.`;
}

/** `Europe/Lisbon` → `Europe/Lisbon`, `America/New_York` → `America/New York`. */
export function zoneWords(zone: string): string {
	return zone.replaceAll('_', ' ');
}

function weekday(at: number, zone: string): string {
	const timeZone = isTimeZone(zone) ? zone : 'UTC';
	return new Intl.DateTimeFormat(LOCALE, { weekday: 'long', timeZone }).format(at);
}
