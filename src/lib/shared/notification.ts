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
