import type { Language } from '../../shared/language.ts';
import type { Database, Steps } from '../db/store.ts';

/** A lesson as mails and calendars tell of it. Instants are ms since the epoch. */
export interface MailLesson {
	/** Also the calendar entry's UID, with the server's name. */
	sessionId: string;
	roomCode: string;
	title: string;
	description: string;
	startsAt: number;
	endsAt: number;
	priceMinor: number;
	/** ISO 4217. */
	currency: string;
	/** SEQUENCE of the calendar entry. */
	sequence: number;
	mentor: { name: string; email: string };
}

/** What each kind of mail is about. Tokens are those of links, in clear: they stand nowhere else. */
export interface MailPayloads {
	'verify-address': { token: string };
	/** To the new address: the link makes it the account's. */
	'change-address': { token: string };
	/** To the old address. */
	'address-changed': { newAddress: string };
	'reset-password': { token: string };
	'password-changed': Record<string, never>;
	/** To the owner of an account with whose address somebody wanted to sign up. */
	'signed-up-again': Record<string, never>;
	/** `others`: later lessons of the series that it asks to as well. */
	invitation: { lesson: MailLesson; others?: MailLesson[]; token: string };
	/** `others`: later lessons of the series that moved with it. */
	'lesson-moved': { lesson: MailLesson; others?: MailLesson[]; previousStart: number };
	/** `others`: later lessons of the series that were changed with it. */
	'lesson-changed': { lesson: MailLesson; others?: MailLesson[] };
	/** `others`: later lessons of the series that were cancelled with it. The reason may be empty. */
	'lesson-cancelled': { lesson: MailLesson; others?: MailLesson[]; reason: string };
	/** To somebody whom the mentor took off the list, also off those of `others`, later ones of the series. */
	'invitation-withdrawn': { lesson: MailLesson; others?: MailLesson[] };
	/** To the mentor. */
	'lesson-answered': { lesson: MailLesson; name: string; answer: 'accepted' | 'declined' };
	/** To both: a learner picked a time on the booking page. */
	'lesson-booked': { lesson: MailLesson; name: string };
	'lesson-soon': { lesson: MailLesson; minutesBefore: number };
}
export type MailKind = keyof MailPayloads;

/** Whom a mail goes to, and how they read it. */
export interface MailRecipient {
	/** Null where the address belongs to nobody yet. */
	userId: string | null;
	address: string;
	name: string | null;
	/** Null: English. */
	language: Language | null;
	/** IANA name; null where it is not known: times are then given in the mentor's zone and in UTC. */
	timeZone: string | null;
}

export type NewMail = {
	[K in MailKind]: {
		kind: K;
		/** A second mail with the same key is the same mail. */
		uniqueKey: string;
		to: MailRecipient;
		payload: MailPayloads[K];
		/** Pointless from then on, ms since the epoch; null: never. */
		dropAt: number | null;
	};
}[MailKind];

/** Mails as rows: written in the transaction that makes them necessary, sent by a job. */
export interface Mails {
	/** Renders and stores each mail with the job that sends it; one with a known key changes nothing. */
	enqueue(tx: Database, mails: readonly NewMail[]): Steps<void>;
	/** Whether mails leave this server; else they stay in the outbox. */
	readonly leave: boolean;
}
