import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** Gives out the next `seq` and holds the session's row until the transaction ends, so that seqs commit in order. */
export function* takeSeq(
	{ sessions }: Tables,
	tx: Database,
	sessionId: string
): Steps<{ seq: number; status: Row<'sessions'>['status'] } | null> {
	const rows = yield* run(
		tx
			.update(sessions)
			.set({ lastSeq: sql`${sessions.lastSeq} + 1` })
			.where(eq(sessions.id, sessionId))
			.returning({ seq: sessions.lastSeq, status: sessions.status })
	);
	return rows[0] ?? null;
}

/** Undoes `takeSeq` in the same transaction: the log has no gaps. */
export function* giveSeqBack({ sessions }: Tables, tx: Database, sessionId: string): Steps<void> {
	yield* run(
		tx
			.update(sessions)
			.set({ lastSeq: sql`${sessions.lastSeq} - 1` })
			.where(eq(sessions.id, sessionId))
			.returning({ id: sessions.id })
	);
}

/** Reads a session's row and keeps others from changing it until the transaction ends. */
export function* lockSession(
	{ sessions }: Tables,
	tx: Database,
	sessionId: string
): Steps<Row<'sessions'> | null> {
	// An update that changes nothing is the row lock both engines know.
	const rows = yield* run(
		tx
			.update(sessions)
			.set({ lastSeq: sql`${sessions.lastSeq}` })
			.where(eq(sessions.id, sessionId))
			.returning()
	);
	return rows[0] ?? null;
}

export function* findByClientId(
	{ roomLog }: Tables,
	tx: Database,
	sessionId: string,
	clientId: string
): Steps<RoomEvent | null> {
	const rows = yield* run(
		tx
			.select()
			.from(roomLog)
			.where(and(eq(roomLog.sessionId, sessionId), eq(roomLog.clientId, clientId)))
	);
	return rows[0] ? toEvent(rows[0]) : null;
}

export function* insertEntry({ roomLog }: Tables, tx: Database, row: Row<'roomLog'>): Steps<RoomEvent> {
	yield* run(tx.insert(roomLog).values(row).returning({ seq: roomLog.seq }));
	return toEvent(row);
}

/** At most `limit` entries with `seq > after`, in order. */
export async function readAfter(
	{ roomLog }: Tables,
	db: Database,
	sessionId: string,
	after: number,
	limit: number
): Promise<RoomEvent[]> {
	const rows = await db
		.select()
		.from(roomLog)
		.where(and(eq(roomLog.sessionId, sessionId), gt(roomLog.seq, after)))
		.orderBy(asc(roomLog.seq))
		.limit(limit);
	return rows.map(toEvent);
}

function toEvent(row: Row<'roomLog'>): RoomEvent {
	const { seq, clientId, at, actorId, type, payload } = row;
	// The payload was checked against its type when it was written.
	return { seq, clientId, at: at.getTime(), actorId, type, payload } as unknown as RoomEvent;
}
