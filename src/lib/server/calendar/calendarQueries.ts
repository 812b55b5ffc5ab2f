import { and, desc, eq, gt, isNull, ne, or, sql } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export async function readFeedOwner(
	{ users }: Tables,
	db: Database,
	userId: string
): Promise<Pick<Row<'users'>, 'id' | 'name' | 'calendarVersion'> | null> {
	const rows = await db
		.select({ id: users.id, name: users.name, calendarVersion: users.calendarVersion })
		.from(users)
		.where(and(eq(users.id, userId), isNull(users.deletedAt)));
	return rows[0] ?? null;
}

/** What somebody is a member of, the latest start first; cancelled ones only if that was after `cancelledAfter`. */
export async function readFeedSessions(
	{ sessions, sessionMembers }: Tables,
	db: Database,
	userId: string,
	cancelledAfter: Date,
	limit: number
): Promise<Row<'sessions'>[]> {
	const rows = await db
		.select({ session: sessions })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.where(
			and(
				eq(sessionMembers.userId, userId),
				or(ne(sessions.status, 'cancelled'), gt(sessions.cancelledAt, cancelledAfter))
			)
		)
		.orderBy(desc(sessionMembers.startsAt))
		.limit(limit);
	return rows.map(({ session }) => session);
}

/** Counts the version up from the one that is known, so that a repeated wish revokes once. */
export function* raiseVersion({ users }: Tables, tx: Database, userId: string, from: number): Steps<void> {
	yield* run(
		tx
			.update(users)
			.set({ calendarVersion: sql`${users.calendarVersion} + 1` })
			.where(and(eq(users.id, userId), eq(users.calendarVersion, from)))
			.returning({ id: users.id })
	);
}
