import { and, asc, desc, eq, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import type { Member } from '../../shared/roomState.ts';
import type { Role, SessionStatus } from '../../shared/sessionStatus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Session = Row<'sessions'>;

export function* insertSession(
	{ sessions, sessionMembers }: Tables,
	tx: Database,
	session: Session,
	members: { userId: string; role: Role }[]
): Steps<void> {
	yield* run(tx.insert(sessions).values(session).returning({ id: sessions.id }));
	const rows = members.map((member) => ({ ...member, sessionId: session.id, startsAt: session.startsAt }));
	yield* run(tx.insert(sessionMembers).values(rows).returning({ userId: sessionMembers.userId }));
}

export async function readSession(
	{ sessions }: Tables,
	db: Database,
	key: { id: string } | { roomCode: string }
): Promise<Session | null> {
	const where = 'id' in key ? eq(sessions.id, key.id) : eq(sessions.roomCode, key.roomCode);
	const rows = await db.select().from(sessions).where(where);
	return rows[0] ?? null;
}

export async function readMembership(
	{ sessions, sessionMembers }: Tables,
	db: Database,
	roomCode: string,
	userId: string
): Promise<{ session: Session; role: Role; removedAt: Date | null } | null> {
	const rows = await db
		.select({ session: sessions, role: sessionMembers.role, removedAt: sessionMembers.removedAt })
		.from(sessions)
		.innerJoin(
			sessionMembers,
			and(eq(sessionMembers.sessionId, sessions.id), eq(sessionMembers.userId, userId))
		)
		.where(eq(sessions.roomCode, roomCode));
	return rows[0] ?? null;
}

/** Removes a learner from a session, or with null lets them in again; answers whether that changed anything. */
export function* setRemoved(
	{ sessionMembers }: Tables,
	tx: Database,
	sessionId: string,
	userId: string,
	removedAt: Date | null
): Steps<boolean> {
	const rows = yield* run(
		tx
			.update(sessionMembers)
			.set({ removedAt })
			.where(
				and(
					eq(sessionMembers.sessionId, sessionId),
					eq(sessionMembers.userId, userId),
					removedAt ? isNull(sessionMembers.removedAt) : isNotNull(sessionMembers.removedAt)
				)
			)
			.returning({ userId: sessionMembers.userId })
	);
	return rows.length > 0;
}

export function* readRole(
	{ sessionMembers }: Tables,
	tx: Database,
	sessionId: string,
	userId: string
): Steps<Role | null> {
	const rows = yield* run(
		tx
			.select({ role: sessionMembers.role })
			.from(sessionMembers)
			.where(and(eq(sessionMembers.sessionId, sessionId), eq(sessionMembers.userId, userId)))
	);
	return rows[0]?.role ?? null;
}

export function* memberIdsOf({ sessionMembers }: Tables, tx: Database, sessionId: string): Steps<string[]> {
	const rows = yield* run(
		tx
			.select({ userId: sessionMembers.userId })
			.from(sessionMembers)
			.where(eq(sessionMembers.sessionId, sessionId))
	);
	return rows.map((row) => row.userId);
}

/** As `memberIdsOf`, without those whom the mentor has removed. */
export function* placesOf({ sessionMembers }: Tables, tx: Database, sessionId: string): Steps<string[]> {
	const { userId, removedAt } = sessionMembers;
	const rows = yield* run(
		tx
			.select({ userId })
			.from(sessionMembers)
			.where(and(eq(sessionMembers.sessionId, sessionId), isNull(removedAt)))
	);
	return rows.map((row) => row.userId);
}

/** The members of some sessions, the mentor first, then by name. */
export async function readMembers(
	{ sessionMembers, users }: Tables,
	db: Database,
	sessionIds: string[]
): Promise<(Member & { sessionId: string })[]> {
	if (sessionIds.length === 0) return [];
	return db
		.select({
			sessionId: sessionMembers.sessionId,
			userId: users.id,
			name: users.name,
			role: sessionMembers.role
		})
		.from(sessionMembers)
		.innerJoin(users, eq(users.id, sessionMembers.userId))
		.where(inArray(sessionMembers.sessionId, sessionIds))
		.orderBy(desc(sessionMembers.role), asc(users.name), asc(users.id));
}

/** Sessions in `status` whose scheduled end has passed. */
export async function readOverdueIds(
	{ sessions }: Tables,
	db: Database,
	status: SessionStatus,
	at: Date,
	limit: number
): Promise<string[]> {
	const rows = await db
		.select({ id: sessions.id })
		.from(sessions)
		.where(and(eq(sessions.status, status), lte(sessions.endsAt, at)))
		.orderBy(asc(sessions.endsAt))
		.limit(limit);
	return rows.map((row) => row.id);
}
