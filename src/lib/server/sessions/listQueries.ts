import { and, asc, desc, eq, gte, inArray, lt, lte, or } from 'drizzle-orm';
import { TO_COME } from '../../shared/sessionStatus.ts';
import type { Database, Row } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Session = Row<'sessions'>;

/** A place in somebody's list: the scheduled start, and the id where several start at once. */
export interface ListPlace {
	startsAt: Date;
	id: string;
}

/*
 * Both lists are read along `session_members_user_starts`, which holds each member's scheduled starts: they cost what
 * they show, however long the history is.
 */

/** What is planned or goes on, with a scheduled start since `since`; earliest first. */
export async function readUpcoming(
	{ sessions, sessionMembers }: Tables,
	db: Database,
	userId: string,
	since: Date,
	limit: number
): Promise<Session[]> {
	const rows = await db
		.select({ session: sessions })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.where(
			and(
				eq(sessionMembers.userId, userId),
				gte(sessionMembers.startsAt, since),
				inArray(sessions.status, TO_COME)
			)
		)
		.orderBy(asc(sessionMembers.startsAt), asc(sessionMembers.sessionId))
		.limit(limit);
	return rows.map((row) => row.session);
}

/** What is over, from before a place on; latest first. */
export async function readPast(
	{ sessions, sessionMembers }: Tables,
	db: Database,
	userId: string,
	before: ListPlace | null,
	limit: number
): Promise<Session[]> {
	const { startsAt, sessionId } = sessionMembers;
	const rows = await db
		.select({ session: sessions })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionId))
		.where(
			and(
				eq(sessionMembers.userId, userId),
				before ? lte(startsAt, before.startsAt) : undefined,
				before ? or(lt(startsAt, before.startsAt), lt(sessionId, before.id)) : undefined,
				inArray(sessions.status, ['completed', 'cancelled', 'missed'])
			)
		)
		.orderBy(desc(startsAt), desc(sessionId))
		.limit(limit);
	return rows.map((row) => row.session);
}
