import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database, Row } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** A session with everybody who may come to it; null when there is no such session. */
export async function readReminded(
	{ sessions, sessionMembers, users }: Tables,
	db: Database,
	sessionId: string
): Promise<{ session: Row<'sessions'>; people: Row<'users'>[] } | null> {
	const rows = await db
		.select({ session: sessions, person: users })
		.from(sessions)
		.innerJoin(
			sessionMembers,
			and(eq(sessionMembers.sessionId, sessions.id), isNull(sessionMembers.removedAt))
		)
		.innerJoin(users, and(eq(users.id, sessionMembers.userId), isNull(users.deletedAt)))
		.where(eq(sessions.id, sessionId))
		.orderBy(asc(users.id));
	const [first] = rows;
	return first ? { session: first.session, people: rows.map(({ person }) => person) } : null;
}
