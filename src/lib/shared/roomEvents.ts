import type { EndReason } from './sessionStatus.ts';

/** What each type of room-log entry carries beside its envelope. */
export interface RoomEventPayloads {
	'mentor.join': Record<never, never>;
	'learner.join': Record<never, never>;
	'mentor.leave': Departure;
	'learner.leave': Departure;
	/** The mentor removed this learner from the running session, or lets them in again. */
	'learner.removed': { userId: string };
	'learner.readmitted': { userId: string };
	'session.start': Record<never, never>;
	/** `endsAt`: the new scheduled end, in ms since the epoch. */
	'session.extend': { minutes: number; endsAt: number };
	'session.end': { reason: EndReason; durationSeconds: number };
	/** Before it began: it has another time. Instants in ms since the epoch; `sequence` counts the changes of a plan. */
	'session.moved': { startsAt: number; endsAt: number; sequence: number };
	/** Before it began: its words or its people changed. */
	'session.changed': { title: string; sequence: number };
	/** It will not take place. The reason may be empty. */
	'session.cancelled': { reason: string };
	'chat.message': { text: string };
	/** From now on learners may, or may not, write on the board. */
	'board.lock': { locked: boolean };
}

/**
 * `goodbye`: the page said so. `lost`: the grace period passed. `session-end`: the session was over.
 * `removed`: the mentor removed them.
 */
export type LeaveReason = 'goodbye' | 'lost' | 'session-end' | 'removed';
/** `since`: when they were last there, ms since the epoch, where that is well before the entry was written. */
export type Departure = { reason: LeaveReason; since?: number };
export type RoomEventType = keyof RoomEventPayloads;

interface Envelope<T extends RoomEventType> {
	/** Position in this room's log: 1, 2, 3 … without gaps. */
	seq: number;
	/** Made by whoever wrote the entry; unique in the room, so that a repeated write is the same entry. */
	clientId: string;
	/** Server time, ms since the epoch. */
	at: number;
	/** User id of the person who caused it; null when the server did. */
	actorId: string | null;
	type: T;
	payload: RoomEventPayloads[T];
}

/** One entry of the durable, ordered list of what happened in a room. */
export type RoomEvent = { [T in RoomEventType]: Envelope<T> }[RoomEventType];
export type RoomEventOf<T extends RoomEventType> = Extract<RoomEvent, { type: T }>;
