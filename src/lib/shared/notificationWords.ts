import type { Notification, NotificationKind, NotificationPayloads, OptionalKind } from './notification.ts';
import { UNREAD_COUNTED } from './notification.ts';
import { describeSpan } from './time.ts';
import { counted } from './counted.ts';

/** A notification as people read it, and the place it leads to. */
export interface NotificationWords {
	title: string;
	text: string;
	href: string;
}

type WordsOf = {
	[K in NotificationKind]: (payload: NotificationPayloads[K]) => Omit<NotificationWords, 'href'>;
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
	})
};

/** The part of the session's pages that a notification is about. */
const PART: Record<NotificationKind, '' | '/recap' | '/recap#feedback' | '/recap#files'> = {
	'session-ended': '/recap',
	'session-missed': '/recap',
	'rating-reminder': '/recap#feedback',
	'rating-revealed': '/recap#feedback',
	'material-added': '/recap#files',
	'session-soon': ''
};

export function notificationWords({
	kind,
	payload
}: Pick<Notification, 'kind' | 'payload'>): NotificationWords {
	// Kind and payload belong together (`Notification`), which the index does not tell the compiler.
	const words = (WORDS[kind] as (payload: unknown) => Omit<NotificationWords, 'href'>)(payload);
	return { ...words, href: `/session/${encodeURIComponent(payload.roomCode)}${PART[kind]}` };
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
export const ALWAYS_TOLD = 'You are always told when a session did not take place.';
