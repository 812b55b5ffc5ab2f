import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Session = Row<'sessions'>;
type User = Row<'users'>;

/** Reads a person's row and lets their changes of plans come one after the other. */
export function* lockPerson({ users }: Tables, tx: Database, id: string): Steps<User | null> {
	// An update that changes nothing is the row lock both engines know.
	const rows = yield* run(
		tx
			.update(users)
			.set({ calendarVersion: sql`${users.calendarVersion}` })
			.where(eq(users.id, id))
			.returning()
	);
	return rows[0] ?? null;
}

export function* findPeople({ users }: Tables, tx: Database, emails: string[]): Steps<User[]> {
	if (emails.length === 0) return [];
	return yield* run(tx.select().from(users).where(inArray(users.email, emails)));
}

export function* readPerson({ users }: Tables, tx: Database, id: string): Steps<User | null> {
	return (yield* run(tx.select().from(users).where(eq(users.id, id))))[0] ?? null;
}

/** Whoever holds a link that was sent to an address can read its mail. */
export function* setVerified({ users }: Tables, tx: Database, id: string, at: Date): Steps<void> {
	yield* run(
		tx.update(users).set({ emailVerifiedAt: at }).where(eq(users.id, id)).returning({ id: users.id })
	);
}

export function* insertSessions(
	{ sessions, sessionMembers }: Tables,
	tx: Database,
	rows: Session[],
	members: { userId: string; role: User['role'] }[]
): Steps<void> {
	yield* run(tx.insert(sessions).values(rows).returning({ id: sessions.id }));
	const places = rows.flatMap(({ id, startsAt }) =>
		members.map((member) => ({ ...member, sessionId: id, startsAt }))
	);
	yield* run(tx.insert(sessionMembers).values(places).returning({ userId: sessionMembers.userId }));
}

export function* insertMember(
	{ sessionMembers }: Tables,
	tx: Database,
	{ id, startsAt }: Pick<Session, 'id' | 'startsAt'>,
	userId: string
): Steps<boolean> {
	const rows = yield* run(
		tx
			.insert(sessionMembers)
			.values({ sessionId: id, userId, role: 'learner', startsAt })
			.onConflictDoNothing()
			.returning({ userId: sessionMembers.userId })
	);
	return rows.length > 0;
}

/** Answers whether they were a member. */
export function* deleteMember(
	{ sessionMembers }: Tables,
	tx: Database,
	sessionId: string,
	userId: string
): Steps<boolean> {
	const rows = yield* run(
		tx
			.delete(sessionMembers)
			.where(
				and(
					eq(sessionMembers.sessionId, sessionId),
					eq(sessionMembers.userId, userId),
					eq(sessionMembers.role, 'learner')
				)
			)
			.returning({ userId: sessionMembers.userId })
	);
	return rows.length > 0;
}

export function* findSession({ sessions }: Tables, tx: Database, roomCode: string): Steps<Session | null> {
	return (yield* run(tx.select().from(sessions).where(eq(sessions.roomCode, roomCode))))[0] ?? null;
}

/** The lessons of a series from `from` on, in order. */
export function* readSeries(
	{ sessions }: Tables,
	tx: Database,
	seriesId: string,
	from: Date
): Steps<Session[]> {
	return yield* run(
		tx
			.select()
			.from(sessions)
			.where(and(eq(sessions.seriesId, seriesId), gte(sessions.startsAt, from)))
			.orderBy(asc(sessions.startsAt), asc(sessions.id))
	);
}

/** Changes what is still planned; null where it began, ended or was cancelled meanwhile. */
export function* changePlanned(
	{ sessions }: Tables,
	tx: Database,
	id: string,
	values: Partial<Session>
): Steps<Session | null> {
	const rows = yield* run(
		tx
			.update(sessions)
			.set(values)
			.where(and(eq(sessions.id, id), eq(sessions.status, 'scheduled')))
			.returning()
	);
	return rows[0] ?? null;
}

/** Lists are read along the members' copies of the start. */
export function* moveMembers(
	{ sessionMembers }: Tables,
	tx: Database,
	sessionId: string,
	startsAt: Date
): Steps<void> {
	yield* run(
		tx
			.update(sessionMembers)
			.set({ startsAt })
			.where(eq(sessionMembers.sessionId, sessionId))
			.returning({ userId: sessionMembers.userId })
	);
}

/** The learners of some lessons with their accounts. */
export function* readLearners(
	{ sessionMembers, users }: Tables,
	tx: Database,
	sessionIds: string[]
): Steps<{ sessionId: string; user: User }[]> {
	return yield* run(
		tx
			.select({ sessionId: sessionMembers.sessionId, user: users })
			.from(sessionMembers)
			.innerJoin(users, eq(users.id, sessionMembers.userId))
			.where(and(inArray(sessionMembers.sessionId, sessionIds), eq(sessionMembers.role, 'learner')))
			.orderBy(asc(users.name), asc(users.id))
	);
}
