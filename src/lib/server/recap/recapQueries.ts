import { aliasedTable, and, asc, desc, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm';
import { TO_COME } from '../../shared/sessionStatus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { LASTS_MAX_MS } from '../sessions/longestLesson.ts';

export async function readNote(
	{ lessonNotes }: Tables,
	db: Database,
	sessionId: string
): Promise<Row<'lessonNotes'> | null> {
	const rows = await db.select().from(lessonNotes).where(eq(lessonNotes.sessionId, sessionId));
	return rows[0] ?? null;
}

export function* saveNote({ lessonNotes }: Tables, tx: Database, row: Row<'lessonNotes'>): Steps<void> {
	const { text, updatedAt } = row;
	yield* run(
		tx
			.insert(lessonNotes)
			.values(row)
			.onConflictDoUpdate({ target: lessonNotes.sessionId, set: { text, updatedAt } })
			.returning({ sessionId: lessonNotes.sessionId })
	);
}

/** The latest note of a session before `before` of this mentor, this person and one of these learners. */
export async function readLastNote(
	{ sessions, sessionMembers, lessonNotes }: Tables,
	db: Database,
	who: { userId: string; mentorId: string; learnerIds: string[] },
	{ after, before }: { after: Date; before: Date }
): Promise<{ roomCode: string; title: string; startsAt: Date; text: string } | null> {
	if (who.learnerIds.length === 0) return null;
	const learner = aliasedTable(sessionMembers, 'learners');
	const rows = await db
		.select({
			roomCode: sessions.roomCode,
			title: sessions.title,
			startsAt: sessions.startsAt,
			text: lessonNotes.text
		})
		.from(sessionMembers)
		.innerJoin(sessions, and(eq(sessions.id, sessionMembers.sessionId), eq(sessions.mentorId, who.mentorId)))
		.innerJoin(lessonNotes, and(eq(lessonNotes.sessionId, sessions.id), ne(lessonNotes.text, '')))
		.innerJoin(learner, and(eq(learner.sessionId, sessions.id), inArray(learner.userId, who.learnerIds)))
		.where(
			and(
				eq(sessionMembers.userId, who.userId),
				gt(sessionMembers.startsAt, after),
				lt(sessionMembers.startsAt, before)
			)
		)
		.orderBy(desc(sessionMembers.startsAt), desc(sessions.id))
		.limit(1);
	return rows[0] ?? null;
}

/** The earliest session that is still to come (or on) of this person and one of the others. */
export async function readNextTogether(
	{ sessions, sessionMembers }: Tables,
	db: Database,
	userId: string,
	otherIds: string[],
	after: Date
): Promise<Pick<Row<'sessions'>, 'roomCode' | 'title' | 'startsAt' | 'status'> | null> {
	if (otherIds.length === 0) return null;
	const other = aliasedTable(sessionMembers, 'other_members');
	const rows = await db
		.select({
			roomCode: sessions.roomCode,
			title: sessions.title,
			startsAt: sessions.startsAt,
			status: sessions.status
		})
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.innerJoin(other, and(eq(other.sessionId, sessions.id), inArray(other.userId, otherIds)))
		.where(
			and(
				eq(sessionMembers.userId, userId),
				gt(sessionMembers.startsAt, new Date(after.getTime() - LASTS_MAX_MS)),
				gt(sessions.endsAt, after),
				inArray(sessions.status, TO_COME)
			)
		)
		.orderBy(asc(sessionMembers.startsAt), asc(sessions.id))
		.limit(1);
	return rows[0] ?? null;
}

/** Everybody the mentor has on the list of a session, by address: with an account, without one, or having said no. Not those whose account is deleted. */
export async function readLearnerEmails(
	{ sessionMembers, users, invitations }: Tables,
	db: Database,
	sessionId: string
): Promise<string[]> {
	const [members, invited] = await Promise.all([
		db
			.select({ email: users.email })
			.from(sessionMembers)
			.innerJoin(users, eq(users.id, sessionMembers.userId))
			.where(
				and(
					eq(sessionMembers.sessionId, sessionId),
					eq(sessionMembers.role, 'learner'),
					isNull(users.deletedAt)
				)
			),
		db
			.select({ email: invitations.email })
			.from(invitations)
			.leftJoin(users, eq(users.id, invitations.userId))
			.where(
				and(eq(invitations.sessionId, sessionId), isNull(invitations.withdrawnAt), isNull(users.deletedAt))
			)
	]);
	return [...new Set([...members, ...invited].map(({ email }) => email))].sort();
}
