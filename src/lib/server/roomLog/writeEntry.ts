import { isDeepStrictEqual } from 'node:util';
import type { RoomEvent, RoomEventPayloads, RoomEventType } from '../../shared/roomEvents.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { Database, Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { findByClientId, giveSeqBack, insertEntry, takeSeq } from './roomLogQueries.ts';

/** An entry before the log gave it its place and time. */
export type NewEntry = {
	[T in RoomEventType]: {
		/** Ids from clients match `CLIENT_ID`; the server's own contain a colon, so that nobody can take them. */
		clientId: string;
		type: T;
		actorId: string | null;
		payload: RoomEventPayloads[T];
	};
}[RoomEventType];

export interface Written {
	event: RoomEvent;
	/** False when this client id was written before: nothing to publish. */
	isNew: boolean;
}

/** What may still be written once a session is over: the end itself and people going. */
const ALLOWED_WHEN_OVER: readonly RoomEventType[] = [
	'session.end',
	'session.cancelled',
	'mentor.leave',
	'learner.leave'
];

/**
 * Writes one entry inside a transaction; a repeated client id gets the first result.
 * Refusals: `not-found`, `id-conflict` (same id, other content), `session-over`.
 */
export function* writeEntry(
	tables: Tables,
	tx: Database,
	sessionId: string,
	entry: NewEntry,
	at: number
): Steps<Written> {
	// The seq comes first because it locks the room: whoever repeats an id at the same moment waits here.
	const taken = yield* takeSeq(tables, tx, sessionId);
	if (!taken) throw new Refusal('not-found');

	// The repeated write of a session that ended meanwhile is still answered with its first result.
	const earlier = yield* findByClientId(tables, tx, sessionId, entry.clientId);
	if (earlier) {
		if (!isSameEntry(earlier, entry)) throw new Refusal('id-conflict');
		yield* giveSeqBack(tables, tx, sessionId);
		return { event: earlier, isNew: false };
	}

	if (isOver(taken.status) && !ALLOWED_WHEN_OVER.includes(entry.type)) throw new Refusal('session-over');
	const event = yield* insertEntry(tables, tx, {
		sessionId,
		seq: taken.seq,
		clientId: entry.clientId,
		at: new Date(at),
		actorId: entry.actorId,
		type: entry.type,
		payload: entry.payload
	});
	return { event, isNew: true };
}

function isSameEntry(earlier: RoomEvent, entry: NewEntry): boolean {
	return (
		earlier.type === entry.type &&
		earlier.actorId === entry.actorId &&
		isDeepStrictEqual(earlier.payload, entry.payload)
	);
}
