import { expect, test } from 'vitest';
import { OPTIONAL_KINDS, type Notification } from './notification.ts';
import { bellWords, CHOICE_WORDS, newsWords, notificationWords, unreadFigure } from './notificationWords.ts';

const lesson = { roomCode: 'abc', title: 'Fractions' };
/** Half an hour after Berlin's clocks went forward. */
const START = Date.UTC(2026, 2, 29, 1, 30);

test.each([
	[
		{ kind: 'session-ended', payload: { ...lesson, durationSeconds: 2_700 } },
		'“Fractions” has ended',
		'It took 45 min. Its recap is ready.',
		'/session/abc/recap'
	],
	[
		{ kind: 'session-missed', payload: lesson },
		'“Fractions” did not take place',
		'Its time passed without a start.',
		'/session/abc/recap'
	],
	[
		{ kind: 'rating-reminder', payload: lesson },
		'How was “Fractions”?',
		'Your rating is still missing.',
		'/session/abc/recap#feedback'
	],
	[
		{ kind: 'rating-revealed', payload: { ...lesson, raterName: 'Liam Chen', stars: 4 } },
		'Liam Chen gave you 4 stars',
		'For “Fractions”',
		'/session/abc/recap#feedback'
	],
	[
		{ kind: 'rating-revealed', payload: { ...lesson, raterName: 'Liam Chen', stars: 1 } },
		'Liam Chen gave you 1 star',
		'For “Fractions”',
		'/session/abc/recap#feedback'
	],
	[
		{ kind: 'material-added', payload: { ...lesson, fileName: '<b>notes</b>.md' } },
		'New file for “Fractions”',
		'<b>notes</b>.md',
		'/session/abc/recap#files'
	],
	[
		{ kind: 'session-soon', payload: { ...lesson, startsAt: 0, minutesBefore: 1_440 } },
		'“Fractions” starts in 24 hours',
		'Try your camera and microphone in the room before it begins.',
		'/session/abc'
	],
	[
		{ kind: 'session-soon', payload: { ...lesson, startsAt: 0, minutesBefore: 10 } },
		'“Fractions” starts in 10 minutes',
		'Try your camera and microphone in the room before it begins.',
		'/session/abc'
	],
	[
		{
			kind: 'session-planned',
			payload: { ...lesson, mentorName: 'Maya Okafor', startsAt: START, weeks: 4 }
		},
		'Maya Okafor invites you to “Fractions”',
		'29 Mar 2026, 03:30 · 4 weeks in a row · Please accept or decline.',
		'/sessions/abc'
	],
	[
		{ kind: 'session-moved', payload: { ...lesson, startsAt: START, previousStart: 0, weeks: 2 } },
		'“Fractions” has a new time',
		'29 Mar 2026, 03:30 · A later one moved with it.',
		'/sessions/abc'
	],
	[
		{ kind: 'session-changed', payload: lesson },
		'“Fractions” was changed',
		'Its title, description or price is another one.',
		'/sessions/abc'
	],
	[
		{ kind: 'session-cancelled', payload: { ...lesson, startsAt: START, reason: 'I am ill.', weeks: 1 } },
		'“Fractions” was cancelled',
		'29 Mar 2026, 03:30 · “I am ill.”',
		'/sessions/abc'
	],
	[
		{ kind: 'session-cancelled', payload: { ...lesson, startsAt: START, reason: '', weeks: 3 } },
		'“Fractions” was cancelled',
		'29 Mar 2026, 03:30 · 2 later ones are cancelled too.',
		'/sessions/abc'
	],
	[
		{ kind: 'invitation-withdrawn', payload: { ...lesson, mentorName: 'Maya Okafor', startsAt: START } },
		'You are no longer invited to “Fractions”',
		'29 Mar 2026, 03:30 · Maya Okafor took you off its list.',
		'/sessions/abc'
	],
	[
		{ kind: 'invitation-answered', payload: { ...lesson, name: 'Liam Chen', answer: 'declined' } },
		'Liam Chen does not come to “Fractions”',
		'The invitation was declined.',
		'/sessions/abc'
	],
	[
		{ kind: 'session-booked', payload: { ...lesson, name: 'Liam Chen', startsAt: START } },
		'“Fractions” is booked',
		'29 Mar 2026, 03:30 · With Liam Chen',
		'/sessions/abc'
	]
] as [Pick<Notification, 'kind' | 'payload'>, string, string, string][])(
	'[F5] %o in words',
	(notification, title, text, href) => {
		expect(notificationWords(notification, 'Europe/Berlin')).toEqual({ title, text, href });
	}
);

test('[F5] several at once are one, with the newest by name', () => {
	const one = { kind: 'rating-reminder', payload: lesson } as Notification;
	const other = { kind: 'material-added', payload: { ...lesson, fileName: 'a.md' } } as Notification;
	expect(newsWords([one])).toEqual(notificationWords(one));
	expect(newsWords([one, one, other])).toEqual({
		title: '3 new notifications',
		text: 'New file for “Fractions”',
		href: '/notifications'
	});
});

test('[Y1] the bell says how many are unread, and where counting ends', () => {
	expect([0, 1, 99, 100].map(bellWords)).toEqual([
		'Notifications, none unread',
		'Notifications, 1 unread',
		'Notifications, 99 unread',
		'Notifications, more than 99 unread'
	]);
	expect([1, 99, 100].map(unreadFigure)).toEqual(['1', '99', '99+']);
});

test('[F5] every choice has its words', () => {
	for (const kind of OPTIONAL_KINDS) expect(CHOICE_WORDS[kind].name).toMatch(/^[A-Z]/);
});

test('[A4] where the reader’s zone is not known no time is said rather than a wrong one', () => {
	const payload = { ...lesson, startsAt: START, previousStart: 0, weeks: 1 };
	expect(notificationWords({ kind: 'session-moved', payload }).text).toBe('');
});

test('[S6] what is written from right to left keeps its own direction in a sentence', () => {
	const payload = { roomCode: 'abc', title: 'درس Java 2', raterName: 'ليلى حداد', stars: 4 };
	expect(notificationWords({ kind: 'rating-revealed', payload })).toEqual({
		title: '\u2068ليلى حداد\u2069 gave you 4 stars',
		text: 'For “\u2068درس Java 2\u2069”',
		href: '/session/abc/recap#feedback'
	});
});
