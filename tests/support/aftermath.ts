import { eq, inArray } from 'drizzle-orm';
import type { Row, Store } from '../../src/lib/server/db/store.ts';

/** Everything an end leaves behind in the database. */
export interface Aftermath {
	session: Row<'sessions'>;
	/** Entries that say that it ended. */
	ends: Row<'roomLog'>[];
	extensions: Row<'roomLog'>[];
	ledger: Row<'ledger'>[];
	jobs: Row<'jobs'>[];
	notifications: Row<'notifications'>[];
	stays: Row<'attendance'>[];
}

/** By room code. */
export async function readAftermath(
	{ db, tables }: Store,
	roomCodes: string[]
): Promise<Map<string, Aftermath>> {
	const { sessions, roomLog, ledger, jobs, notifications, attendance } = tables;
	const those = await db.select().from(sessions).where(inArray(sessions.roomCode, roomCodes));
	const allJobs = await db.select().from(jobs);
	const told = await db.select().from(notifications);
	const found = new Map<string, Aftermath>();
	for (const session of those) {
		const log = await db.select().from(roomLog).where(eq(roomLog.sessionId, session.id));
		found.set(session.roomCode, {
			session,
			ends: log.filter(({ type }) => type === 'session.end'),
			extensions: log.filter(({ type }) => type === 'session.extend'),
			ledger: await db.select().from(ledger).where(eq(ledger.sessionId, session.id)),
			jobs: allJobs.filter(({ payload }) => payload.sessionId === session.id),
			notifications: told.filter(({ payload }) => payload.roomCode === session.roomCode),
			stays: await db.select().from(attendance).where(eq(attendance.sessionId, session.id))
		});
	}
	return found;
}

/** Whom a kind of notification has reached, in order; the same person twice would show. */
export function toldOf({ notifications }: Aftermath, kind: Row<'notifications'>['kind']): string[] {
	return notifications
		.filter((one) => one.kind === kind)
		.map(({ userId }) => userId)
		.sort();
}
