import type { Bus } from '../bus/bus.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import { followLog } from './followLog.ts';
import type { Cursor } from './cursor.ts';
import { createGroupCommit } from './groupCommit.ts';
import { findByClientId, lockSession, readAfter } from './roomLogQueries.ts';
import { listenToRoom, publishToRoom, type RoomRef } from './roomMessages.ts';
import { writeEntry, type NewEntry } from './writeEntry.ts';

/** What a client may call its writes. */
export const CLIENT_ID = /^[\w-]{1,64}$/;

/** Appends in one transaction. */
const COMMIT_MAX = 100;
/** Entries handed on together: the cost of a message is nearly the same for one entry and for many. */
const BATCH_MAX = 50;

/** The log inside somebody else's transaction. */
export interface LogInTransaction {
	/** The instant of everything in this transaction, ms since the epoch. */
	at: number;
	/** Reads a session's row and keeps others from changing it until the commit; take it before other rows. */
	lock(sessionId: string): Steps<Row<'sessions'> | null>;
	find(sessionId: string, clientId: string): Steps<RoomEvent | null>;
	/** As `RoomLog.append`; a refusal undoes the transaction unless it is caught around a savepoint. */
	append(session: RoomRef, entry: NewEntry): Steps<RoomEvent>;
}

/** The durable, ordered list of what happened in each room. */
export interface RoomLog {
	/**
	 * Resolves after the commit. A repeated client id gets the first result.
	 * Refusals: `bad-input` (client id), `id-conflict`, `session-over`, `not-found`.
	 */
	append(session: RoomRef, entry: NewEntry): Promise<RoomEvent>;
	/** One transaction of rows and entries; what was appended is published after the commit, never before. */
	transact<T>(body: (tx: Database, log: LogInTransaction) => Steps<T>): Promise<T>;
	/** At most `limit` entries with `seq > after`. */
	read(sessionId: string, after: number, limit: number): Promise<RoomEvent[]>;
	/** The whole log: for what is made of it once, such as the recap. */
	readAll(sessionId: string): Promise<RoomEvent[]>;
	/**
	 * Whether this log holds what a reader has seen last. It does not after a backup was restored: then the reader
	 * must start over.
	 */
	holds(sessionId: string, cursor: Cursor): Promise<boolean>;
	/** All entries with `seq > after`, in order and once, then each new one until `signal` aborts; in batches. */
	follow(session: RoomRef, after: number, signal: AbortSignal): AsyncGenerator<RoomEvent[], void, undefined>;
	/** Writes what is still gathered. */
	close(): Promise<void>;
}

export function createRoomLog(deps: {
	store: Store;
	bus: Bus;
	now: () => number;
	/** How long appends wait for others to share a commit, ms. */
	gatherMs?: number;
	pageSize?: number;
	/** Live entries kept in memory for one reader. */
	bufferSize?: number;
}): RoomLog {
	const { store, bus, now, gatherMs = 2, pageSize = 500, bufferSize = 256 } = deps;
	const { tables, db } = store;

	function publish(session: RoomRef, entry: RoomEvent): void {
		publishToRoom(bus, session.roomCode, { type: 'entry', entry });
	}
	const commits = createGroupCommit({
		store,
		gatherMs,
		batchMax: COMMIT_MAX,
		write: (tx, session, entry: NewEntry) => writeEntry(tables, tx, session.id, entry, now()),
		publish: (session, { event, isNew }) => isNew && publish(session, event)
	});

	function read(sessionId: string, after: number, limit: number): Promise<RoomEvent[]> {
		return readAfter(tables, db, sessionId, after, limit);
	}

	return {
		async append(session, entry) {
			if (!CLIENT_ID.test(entry.clientId)) throw new Refusal('bad-input');
			return (await commits.add(session, entry)).event;
		},
		async transact(body) {
			let appended: { session: RoomRef; event: RoomEvent }[] = [];
			const result = await store.transact((tx) => {
				// The body runs again when the database was busy.
				appended = [];
				const at = now();
				return body(tx, {
					at,
					lock: (sessionId) => lockSession(tables, tx, sessionId),
					find: (sessionId, clientId) => findByClientId(tables, tx, sessionId, clientId),
					*append(session, entry) {
						const { event, isNew } = yield* writeEntry(tables, tx, session.id, entry, at);
						if (isNew) appended.push({ session, event });
						return event;
					}
				});
			});
			for (const { session, event } of appended) publish(session, event);
			return result;
		},
		read,
		async readAll(sessionId) {
			const all: RoomEvent[] = [];
			for (;;) {
				const page = await read(sessionId, all.at(-1)?.seq ?? 0, pageSize);
				all.push(...page);
				if (page.length < pageSize) return all;
			}
		},
		async holds(sessionId, { seq, at }) {
			if (seq === 0) return true;
			const [entry] = await read(sessionId, seq - 1, 1);
			return entry?.seq === seq && (at === null || entry.at === at);
		},
		follow: (session, after, signal) =>
			followLog(
				{
					listen: (listener) =>
						listenToRoom(bus, session.roomCode, (message) => {
							if (message.type === 'entry') listener(message.entry);
						}),
					read: (last, limit) => read(session.id, last, limit),
					pageSize,
					bufferSize,
					batchSize: () => BATCH_MAX
				},
				after,
				signal
			),
		close: () => commits.drain()
	};
}
