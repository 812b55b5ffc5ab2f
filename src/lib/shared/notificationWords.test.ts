import { expect, test } from 'vitest';
import { OPTIONAL_KINDS, type Notification } from './notification.ts';
import { bellWords, CHOICE_WORDS, newsWords, notificationWords, unreadFigure } from './notificationWords.ts';

const lesson = { roomCode: 'abc', title: 'Fractions' };

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
	]
] as [Pick<Notification, 'kind' | 'payload'>, string, string, string][])(
	'[F5] %o in words',
	(notification, title, text, href) => {
		expect(notificationWords(notification)).toEqual({ title, text, href });
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
