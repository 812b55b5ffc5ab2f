import { LANGUAGE } from './language.ts';

/** Every reason for which the server says no, with the sentence people read. */
export const REFUSALS = {
	'signed-out': 'Please sign in to go on.',
	'bad-csrf': 'This page is too old to go on. Please sign in again.',
	'not-found': 'There is nothing here, or it is not for you.',
	'not-mentor': 'Only the mentor of this session can do that.',
	'too-early': 'It is too early to start this session.',
	'too-late': 'The scheduled end of this session has passed.',
	'not-live': 'The session is not running.',
	'not-over': 'The session has not ended yet.',
	'session-over': 'This session is over.',
	'session-cancelled': 'This session was cancelled.',
	'overlaps-next': 'Somebody of this session has another one that starts before then.',
	'room-full': 'The room is full. You come in as soon as a place is free.',
	removed: 'The mentor has removed you from this session.',
	'seat-taken': 'You are in this session in another tab or on another device.',
	'no-seat': 'You are not in the room.',
	'id-conflict': 'Something else was already sent with this id.',
	'log-restored': 'The server was restored from a backup. What was written after it may be gone.',
	'rating-revealed': 'This can no longer be changed: it has been shown to the person it is about.',
	'board-locked': 'The mentor has locked the board.',
	'board-full': 'The board is full. Please delete something first.',
	'board-in-use': 'There is something on this board already.',
	'bad-input': 'Something in what was sent is not right.',
	'too-many': 'That is too much at once. Please wait a moment.',
	'too-large': 'That is too large.',
	'no-space': 'There is no room left on the server at the moment.',
	'email-taken': 'There is already an account with this e-mail.',
	'wrong-login': 'E-mail or password is not right.',
	'not-a-learner': 'Only learners can be invited, and nobody invites themselves.',
	'session-live': 'This session has begun.',
	'too-many-invitations': 'You have invited many new people today. Please invite the others tomorrow.',
	'too-many-mails': 'Somebody of this session has been sent many mails today. Please go on tomorrow.',
	'other-address': 'This invitation was sent to another address. Sign in with the account of that address.',
	'wrong-password': 'This password is not right.',
	'dead-link': 'This link no longer works.',
	unverified:
		'Please confirm your e-mail address first: the link is in the mail we sent you. On your account page you can have it sent again.',
	'address-taken': 'Somebody else has this address already. Please choose another one.',
	'own-page': 'This is your own page: learners book their sessions here.',
	'learners-only': 'You are signed in as a mentor. Sessions are booked with the account of a learner.',
	'time-taken': 'This time is not free any more. Please choose another one.',
	'offer-changed': 'Length or price have changed meanwhile. Please look at them again.',
	'too-many-bookings':
		'You have booked several sessions that are still to come. You can book again after the next one.',
	internal: 'Something went wrong on our side. Please try again.'
} as const;

/** What somebody can tell whoever runs the server, who finds the failure in the log by it. */
export function referenceWords(reference: string): string {
	return `Reference: ${reference}`;
}

export type RefusalReason = keyof typeof REFUSALS;

/** Thrown by services; the edges (tRPC, pages) turn it into their own kind of answer. */
export class Refusal extends Error {
	readonly reason: RefusalReason;
	constructor(reason: RefusalReason, message: string = REFUSALS[reason]) {
		super(message);
		this.name = 'Refusal';
		this.reason = reason;
	}

	/** Also one that was made by the build of another language: all of them use one app (scripts/languageHandler.ts). */
	static override [Symbol.hasInstance](value: unknown): boolean {
		if (this !== Refusal) return Function.prototype[Symbol.hasInstance].call(this, value);
		return value instanceof Error && 'reason' in value && isRefusalReason(value.reason);
	}
}

/** More exact sentences of the server, by themselves: what it says is English, what is shown is the build's language. */
const EXACT: Record<string, string> = {
	'This file is empty.': 'This file is empty.',
	'What arrived is not the file it began with.': 'What arrived is not the file it began with.',
	'This file was handed over and removed too often.': 'This file was handed over and removed too often.',
	'Too many files are on their way already.': 'Too many files are on their way already.',
	'Programs cannot be handed over. Put it into a ZIP file if it has to be.':
		'Programs cannot be handed over. Put it into a ZIP file if it has to be.',
	'The pictures on this board would be larger than 100 MB together.':
		'The pictures on this board would be larger than 100 MB together.',
	'Too many tries. Please wait a quarter of an hour, or choose a new password by mail.':
		'Too many tries. Please wait a quarter of an hour, or choose a new password by mail.',
	'We have just sent you a mail. Please look into your mailbox, or try again in a minute.':
		'We have just sent you a mail. Please look into your mailbox, or try again in a minute.',
	'We have sent several mails already. Please look into your mailbox, or try again in an hour.':
		'We have sent several mails already. Please look into your mailbox, or try again in an hour.',
	'E-mail or password is not right. If you have just signed up, open the link in the mail we sent you first.':
		'E-mail or password is not right. If you have just signed up, open the link in the mail we sent you first.',
	'Choose a PNG, JPEG or WebP picture.': 'Choose a PNG, JPEG or WebP picture.',
	'This picture is larger than 1 MB.': 'This picture is larger than 1 MB.',
	'One of the later sessions would have too many learners.':
		'One of the later sessions would have too many learners.',
	'You are giving a session right now. Please end it first.':
		'You are giving a session right now. Please end it first.'
};

/** What the server refused, in the reader’s language: its own sentence where there is one, else that of the reason. */
export function refusalWords(reason: RefusalReason, said: string | undefined): string {
	if (LANGUAGE === 'en') return said || REFUSALS[reason];
	const exact = said !== undefined && Object.values(EXACT).includes(said) ? said : EXACT[said ?? ''];
	return exact ?? REFUSALS[reason];
}

export function isRefusalReason(value: unknown): value is RefusalReason {
	return typeof value === 'string' && Object.hasOwn(REFUSALS, value);
}
