import type { Notification, NotificationKind, NotificationPayloads, OptionalKind } from './notification.ts';
import { UNREAD_COUNTED } from './notification.ts';
import { lessonPagePath } from './planning.ts';
import { withShownNames } from './shownNames.ts';
import { describeSpan, formatShortDate, formatTime } from './time.ts';
import { counted } from './counted.ts';
import { isolated } from './isolated.ts';

/** A notification as people read it, and the place it leads to. */
export interface NotificationWords {
	title: string;
	text: string;
	href: string;
}

type WordsOf = {
	[K in NotificationKind]: (
		payload: NotificationPayloads[K],
		zone: string | null
	) => Omit<NotificationWords, 'href'>;
};

const WORDS: WordsOf = {
	'session-ended': ({ title, durationSeconds }) => ({
		title: `“${title}” has ended`,
		text: `It took ${describeSpan(durationSeconds)}. Its recap is ready.`
	}),
	'session-missed': ({ title }) => ({
		title: `“${title}” did not take place`,
		text: 'Its time passed without a start.'
	}),
	'rating-reminder': ({ title }) => ({
		title: `How was “${title}”?`,
		text: 'Your rating is still missing.'
	}),
	'rating-revealed': ({ title, raterName, stars }) => ({
		title: counted(stars, { one: `${raterName} gave you 1 star`, other: `${raterName} gave you # stars` }),
		text: `For “${title}”`
	}),
	'material-added': ({ title, fileName }) => ({
		title: `New file for “${title}”`,
		text: fileName
	}),
	'session-soon': ({ title, minutesBefore }) => ({
		title:
			minutesBefore >= 60
				? counted(Math.round(minutesBefore / 60), {
						one: `“${title}” starts in 1 hour`,
						other: `“${title}” starts in # hours`
					})
				: counted(minutesBefore, {
						one: `“${title}” starts in 1 minute`,
						other: `“${title}” starts in # minutes`
					}),
		text: 'Try your camera and microphone in the room before it begins.'
	}),
	'session-planned': ({ title, mentorName, startsAt, weeks }, zone) => ({
		title: `${mentorName} invites you to “${title}”`,
		text: joined(
			when(startsAt, zone),
			weeks > 1 && counted(weeks, { one: 'once', other: '# weeks in a row' }),
			'Please accept or decline.'
		)
	}),
	'session-moved': ({ title, startsAt, weeks }, zone) => ({
		title: `“${title}” has a new time`,
		text: joined(
			when(startsAt, zone),
			weeks > 1 &&
				counted(weeks - 1, { one: 'A later one moved with it.', other: '# later ones moved with it.' })
		)
	}),
	'session-changed': ({ title, weeks = 1 }) => ({
		title: `“${title}” was changed`,
		text: joined(
			'Its title, description or price is another one.',
			weeks > 1 &&
				counted(weeks - 1, { one: 'A later one changed with it.', other: '# later ones changed with it.' })
		)
	}),
	'session-cancelled': ({ title, startsAt, reason, weeks }, zone) => ({
		title: `“${title}” was cancelled`,
		text: joined(
			when(startsAt, zone),
			weeks > 1 &&
				counted(weeks - 1, {
					one: 'A later one is cancelled too.',
					other: '# later ones are cancelled too.'
				}),
			reason !== '' && `“${reason}”`
		)
	}),
	'invitation-withdrawn': ({ title, mentorName, startsAt, weeks = 1 }, zone) => ({
		title: `You are no longer invited to “${title}”`,
		text: joined(
			when(startsAt, zone),
			`${mentorName} took you off its list.`,
			weeks > 1 &&
				counted(weeks - 1, {
					one: 'The same with a later one.',
					other: 'The same with # later ones.'
				})
		)
	}),
	'invitation-answered': ({ title, name, answer }) => ({
		title: answer === 'accepted' ? `${name} comes to “${title}”` : `${name} does not come to “${title}”`,
		text: answer === 'accepted' ? 'The invitation was accepted.' : 'The invitation was declined.'
	}),
	'session-booked': ({ title, name, startsAt }, zone) => ({
		title: `“${title}” is booked`,
		text: joined(when(startsAt, zone), `With ${name}`)
	})
};

/** Several sentences and notes as one line; what is missing is left out. */
function joined(...parts: (string | false)[]): string {
	return parts.filter((part) => part !== false && part !== '').join(' · ');
}

/** Nothing where the reader's zone is not known: a time in another one would be a wrong time. */
function when(at: number, zone: string | null): string {
	return zone === null ? '' : `${formatShortDate(at, zone)}, ${formatTime(at, zone)}`;
}

type Part = '' | '/recap' | '/recap#feedback' | '/recap#files';
/** The part of the room's pages that a notification is about; `plan`: the page of the planned lesson. */
const PART: Record<NotificationKind, Part | 'plan'> = {
	'session-ended': '/recap',
	'session-missed': '/recap',
	'rating-reminder': '/recap#feedback',
	'rating-revealed': '/recap#feedback',
	'material-added': '/recap#files',
	'session-soon': '',
	'session-planned': 'plan',
	'session-moved': 'plan',
	'session-changed': 'plan',
	'session-cancelled': 'plan',
	'invitation-withdrawn': 'plan',
	'invitation-answered': 'plan',
	'session-booked': 'plan'
};

/** What people wrote, in payloads. */
const WRITTEN = new Set(['title', 'name', 'mentorName', 'raterName', 'fileName', 'reason']);

function namesIsolated(payload: object): Record<string, unknown> {
	const entries = Object.entries(payload) as [string, unknown][];
	return Object.fromEntries(
		entries.map(([key, value]) => [
			key,
			typeof value === 'string' && WRITTEN.has(key) ? isolated(value) : value
		])
	);
}

/** `zone`: the reader's, IANA name; without one times are left out. */
export function notificationWords(
	{ kind, payload }: Pick<Notification, 'kind' | 'payload'>,
	zone: string | null = null
): NotificationWords {
	// Kind and payload belong together (`Notification`), which the index does not tell the compiler.
	const words = (WORDS[kind] as (payload: unknown, zone: string | null) => Omit<NotificationWords, 'href'>)(
		namesIsolated(withShownNames(payload)),
		zone
	);
	const part = PART[kind];
	const { roomCode } = payload;
	const href = part === 'plan' ? lessonPagePath(roomCode) : `/session/${encodeURIComponent(roomCode)}${part}`;
	return { ...words, href };
}

/** Several that came at once, oldest first, as one. */
export function newsWords(news: readonly Notification[]): NotificationWords {
	const newest = notificationWords(news.at(-1)!);
	if (news.length === 1) return newest;
	return {
		title: counted(news.length, { one: '1 new notification', other: '# new notifications' }),
		text: newest.title,
		href: '/notifications'
	};
}

/** Name of the bell. */
export function bellWords(unread: number): string {
	if (unread === 0) return 'Notifications, none unread';
	return `Notifications, ${unread < UNREAD_COUNTED ? unread : `more than ${UNREAD_COUNTED - 1}`} unread`;
}

/** On the bell, and beside headings. */
export function unreadFigure(unread: number): string {
	return unread < UNREAD_COUNTED ? String(unread) : `${UNREAD_COUNTED - 1}+`;
}

/** What one chooses from. */
export const CHOICE_WORDS: Record<OptionalKind, { name: string; text: string }> = {
	'rating-reminder': {
		name: 'Reminders to rate',
		text: 'A few minutes after a session whose rating is still missing.'
	},
	'rating-revealed': { name: 'Ratings about me', text: 'When I may read what somebody said about me.' },
	'material-added': { name: 'New files', text: 'When a file was handed over for one of my sessions.' },
	'session-ended': { name: 'Ended sessions', text: 'When a session is over and its recap is ready.' }
};

/** Why there is no choice about the rest. */
export const ALWAYS_TOLD =
	'You are always told when a session is planned, changed, moved or cancelled, when it starts soon, and when it did not take place.';
