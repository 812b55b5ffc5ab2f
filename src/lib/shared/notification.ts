/** What a person is told outside of a room, and what belongs to it. Instants are ms since the epoch. */
export interface NotificationPayloads {
	'session-ended': { roomCode: string; title: string; durationSeconds: number };
	/** Its end passed and it was never started. */
	'session-missed': { roomCode: string; title: string };
	/** A rating is still to be given. */
	'rating-reminder': { roomCode: string; title: string };
	/** What somebody said about this person may be read now. */
	'rating-revealed': { roomCode: string; title: string; raterName: string; stars: number };
	/** Files were handed over after the lesson; one notification a file. */
	'material-added': { roomCode: string; title: string; fileName: string };
	/** A mentor asks this learner to one lesson, or to several in a series (`weeks`), the first at `startsAt`. */
	'session-planned': { roomCode: string; title: string; mentorName: string; startsAt: number; weeks: number };
	/** With `weeks` − 1 later ones of its series. */
	'session-moved': {
		roomCode: string;
		title: string;
		startsAt: number;
		previousStart: number;
		weeks: number;
	};
	/** Title, description or price; with `weeks` − 1 later ones of its series. Earlier rows lack `weeks`: 1. */
	'session-changed': { roomCode: string; title: string; weeks?: number };
	/** The reason may be empty. */
	'session-cancelled': { roomCode: string; title: string; startsAt: number; reason: string; weeks: number };
	/** The mentor took this learner off the list, also off those of `weeks` − 1 later ones. Earlier rows lack `weeks`: 1. */
	'invitation-withdrawn': {
		roomCode: string;
		title: string;
		mentorName: string;
		startsAt: number;
		weeks?: number;
	};
	/** To the mentor. */
	'invitation-answered': {
		roomCode: string;
		title: string;
		name: string;
		answer: 'accepted' | 'declined';
	};
	/** To both: a learner picked a time on the booking page. */
	'session-booked': { roomCode: string; title: string; name: string; startsAt: number };
	/** A session starts soon. Instant in ms since the epoch. */
	'session-soon': { roomCode: string; title: string; startsAt: number; minutesBefore: number };
}
export type NotificationKind = keyof NotificationPayloads;

export type Notification = {
	[K in NotificationKind]: {
		id: string;
		/** Place among this person's notifications; grows, with gaps. */
		seq: number;
		kind: K;
		payload: NotificationPayloads[K];
		createdAt: number;
		readAt: number | null;
	};
}[NotificationKind];

/** Kinds one may choose not to be told of. The others are always told: nobody may miss that a lesson did not happen. */
export const OPTIONAL_KINDS = [
	'rating-reminder',
	'rating-revealed',
	'material-added',
	'session-ended'
] as const satisfies readonly NotificationKind[];
export type OptionalKind = (typeof OPTIONAL_KINDS)[number];
/** Whether each kind is wanted. */
export type NotificationChoices = Record<OptionalKind, boolean>;

/** More unread ones than this are not counted one by one: “99+”. */
export const UNREAD_COUNTED = 100;
/** Notifications in one answer of `notifications.page`. */
export const NOTIFICATIONS_PER_PAGE = 20;

/** What `notifications.follow` carries: what is new, oldest first, and how many are unread now (at most `UNREAD_COUNTED`). */
export interface NotificationNews {
	notifications: Notification[];
	unread: number;
}

/** What `notifications.nudges` carries. Nothing of it is kept: it says what an open page should read anew. */
export type Nudge =
	/** The first one after each connection: whatever was nudged before it may have been missed. */
	| { type: 'standing'; unread: number }
	/** Read, or chosen anew what to be told of, on another page of this person. */
	| { type: 'inbox'; unread: number }
	| { type: 'sessions' }
	| { type: 'earnings' };

/** The newest first. */
export interface NotificationPage {
	notifications: Notification[];
	/** There are older ones: ask with `before`, the last one's `seq`. */
	older: boolean;
	/** When they were read, ms since the epoch. */
	serverNow: number;
}

/** Which of one's own notifications were read: these, all up to a place, or all about one lesson. */
export type ReadNotifications = { ids: string[] } | { upTo: number } | { roomCode: string };
