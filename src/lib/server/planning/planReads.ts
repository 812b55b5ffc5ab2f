import { aliasedTable, and, asc, eq, gt, inArray, isNull, lt, ne, notInArray } from 'drizzle-orm';
import { TO_COME } from '../../shared/sessionStatus.ts';
import type { Database, Row } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { LASTS_MAX_MS } from '../sessions/longestLesson.ts';

type Session = Row<'sessions'>;
type User = Row<'users'>;

/** More lessons than anybody has in the weeks one looks at. */
const ROWS_MAX = 1_000;

export async function readWithMentor(
	{ sessions, users }: Tables,
	db: Database,
	roomCode: string
): Promise<{ session: Session; mentor: Pick<User, 'id' | 'name' | 'timeZone'> } | null> {
	const rows = await db
		.select({ session: sessions, id: users.id, name: users.name, timeZone: users.timeZone })
		.from(sessions)
		.innerJoin(users, eq(users.id, sessions.mentorId))
		.where(eq(sessions.roomCode, roomCode));
	const row = rows[0];
	if (!row) return null;
	const { session, ...mentor } = row;
	return { session, mentor };
}

export async function readLearnersOf(
	{ sessionMembers, users }: Tables,
	db: Database,
	sessionId: string
): Promise<Pick<User, 'id' | 'name' | 'email'>[]> {
	return db
		.select({ id: users.id, name: users.name, email: users.email })
		.from(sessionMembers)
		.innerJoin(users, eq(users.id, sessionMembers.userId))
		.where(and(eq(sessionMembers.sessionId, sessionId), eq(sessionMembers.role, 'learner')))
		.orderBy(asc(users.name), asc(users.id));
}

/** Everybody asked to a lesson and not taken back, with the account where there is one; by address. */
export async function readInvitees(
	{ invitations, users }: Tables,
	db: Database,
	sessionId: string
): Promise<{ invitation: Row<'invitations'>; name: string | null }[]> {
	return db
		.select({ invitation: invitations, name: users.name })
		.from(invitations)
		.leftJoin(users, eq(users.id, invitations.userId))
		.where(and(eq(invitations.sessionId, sessionId), isNull(invitations.withdrawnAt)))
		.orderBy(asc(invitations.email));
}

/** One's own invitation to a lesson by account. */
export async function readOwnInvitation(
	{ invitations }: Tables,
	db: Database,
	sessionId: string,
	userId: string
): Promise<Row<'invitations'> | null> {
	const rows = await db
		.select()
		.from(invitations)
		.where(and(eq(invitations.sessionId, sessionId), eq(invitations.userId, userId)));
	return rows[0] ?? null;
}

export async function readWholeSeries(
	{ sessions }: Tables,
	db: Database,
	seriesId: string
): Promise<Pick<Session, 'id' | 'status' | 'startsAt'>[]> {
	return db
		.select({ id: sessions.id, status: sessions.status, startsAt: sessions.startsAt })
		.from(sessions)
		.where(eq(sessions.seriesId, seriesId))
		.orderBy(asc(sessions.startsAt), asc(sessions.id));
}

/** What somebody is a member of and that touches the time between two instants, by start; without what was cancelled. */
export async function readBetween(
	{ sessions, sessionMembers, users, invitations }: Tables,
	db: Database,
	userId: string,
	from: Date,
	to: Date
): Promise<{ session: Session; role: User['role']; mentorName: string; own: Row<'invitations'> | null }[]> {
	return db
		.select({ session: sessions, role: sessionMembers.role, mentorName: users.name, own: invitations })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.innerJoin(users, eq(users.id, sessions.mentorId))
		.leftJoin(
			invitations,
			and(eq(invitations.sessionId, sessions.id), eq(invitations.userId, sessionMembers.userId))
		)
		.where(
			and(
				eq(sessionMembers.userId, userId),
				gt(sessionMembers.startsAt, new Date(from.getTime() - LASTS_MAX_MS)),
				lt(sessionMembers.startsAt, to),
				gt(sessions.endsAt, from),
				ne(sessions.status, 'cancelled')
			)
		)
		.orderBy(asc(sessionMembers.startsAt), asc(sessionMembers.sessionId))
		.limit(ROWS_MAX);
}

/** Lessons to come of these people with other mentors, as times only. What they have not said yes to keeps no time free. */
export async function readBusy(
	{ sessions, sessionMembers, invitations }: Tables,
	db: Database,
	userIds: string[],
	{ from, to, exceptMentor }: { from: Date; to: Date; exceptMentor: string }
): Promise<{ userId: string; startsAt: Date; endsAt: Date }[]> {
	if (userIds.length === 0) return [];
	const open = aliasedTable(invitations, 'open_invitations');
	return db
		.select({ userId: sessionMembers.userId, startsAt: sessions.startsAt, endsAt: sessions.endsAt })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.leftJoin(
			open,
			and(eq(open.sessionId, sessions.id), eq(open.userId, sessionMembers.userId), isNull(open.acceptedAt))
		)
		.where(
			and(
				inArray(sessionMembers.userId, userIds),
				gt(sessionMembers.startsAt, new Date(from.getTime() - LASTS_MAX_MS)),
				lt(sessionMembers.startsAt, to),
				gt(sessions.endsAt, from),
				inArray(sessions.status, TO_COME),
				ne(sessions.mentorId, exceptMentor),
				isNull(open.id)
			)
		)
		.limit(ROWS_MAX);
}

export async function readAccounts(
	{ users }: Tables,
	db: Database,
	emails: string[]
): Promise<Pick<User, 'id' | 'name' | 'email'>[]> {
	if (emails.length === 0) return [];
	return db
		.select({ id: users.id, name: users.name, email: users.email })
		.from(users)
		.where(and(inArray(users.email, emails), eq(users.role, 'learner')));
}

/** One's own lessons to come that touch the time between two instants. */
export async function readOwnBusy(
	{ sessions }: Tables,
	db: Database,
	mentorId: string,
	{ from, to, exceptIds }: { from: Date; to: Date; exceptIds: string[] }
): Promise<Session[]> {
	return db
		.select()
		.from(sessions)
		.where(
			and(
				eq(sessions.mentorId, mentorId),
				gt(sessions.startsAt, new Date(from.getTime() - LASTS_MAX_MS)),
				lt(sessions.startsAt, to),
				gt(sessions.endsAt, from),
				inArray(sessions.status, TO_COME),
				exceptIds.length > 0 ? notInArray(sessions.id, exceptIds) : undefined
			)
		)
		.orderBy(asc(sessions.startsAt), asc(sessions.id))
		.limit(ROWS_MAX);
}
