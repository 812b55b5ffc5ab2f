import { and, eq, exists, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import type { Member } from '../../shared/roomState.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { readMembers } from './sessionsQueries.ts';

/*
 * What a mentor learns of an address they wrote down is the same whether it has an account or not, until its owner makes
 * themselves known: by accepting an invitation of this mentor, by booking, or by being there. Else everybody could ask
 * here who has an account, and whose diary is full.
 */
function knownBy(
	{ users, attendance, sessions, invitations }: Tables,
	db: Database,
	mentorId: string,
	ids: string[]
) {
	const ofMentor = eq(sessions.mentorId, mentorId);
	const one = { id: sessions.id };
	// From the person on, and no further than the first proof: the mentor’s history may be long.
	const wasThere = db
		.select(one)
		.from(attendance)
		.innerJoin(sessions, and(eq(sessions.id, attendance.sessionId), ofMentor))
		.where(eq(attendance.userId, users.id));
	const accepted = db
		.select(one)
		.from(invitations)
		.innerJoin(sessions, and(eq(sessions.id, invitations.sessionId), ofMentor))
		.where(and(eq(invitations.userId, users.id), isNotNull(invitations.acceptedAt)));
	const booked = db
		.select(one)
		.from(sessions)
		.where(and(eq(sessions.bookedById, users.id), ofMentor));
	return db
		.select({ userId: users.id })
		.from(users)
		.where(and(inArray(users.id, ids), or(exists(wasThere), exists(accepted), exists(booked))));
}

/** Who of these has made themselves known to the mentor. */
export async function readKnownLearners(
	tables: Tables,
	db: Database,
	mentorId: string,
	userIds: string[]
): Promise<Set<string>> {
	if (userIds.length === 0) return new Set();
	const found = await knownBy(tables, db, mentorId, userIds);
	return new Set(found.map(({ userId }) => userId));
}

/** The same inside a transaction. */
export function* knownLearners(
	tables: Tables,
	tx: Database,
	mentorId: string,
	userIds: string[]
): Steps<Set<string>> {
	if (userIds.length === 0) return new Set();
	const found = yield* run(knownBy(tables, tx, mentorId, userIds));
	return new Set(found.map(({ userId }) => userId));
}

/** Invitations of this mentor to these sessions that nobody has answered. */
async function readOpenInvitations(
	{ invitations, sessions }: Tables,
	db: Database,
	mentorId: string,
	sessionIds: string[]
): Promise<Pick<Row<'invitations'>, 'id' | 'sessionId' | 'email' | 'userId'>[]> {
	const { id, sessionId, email, userId, acceptedAt, declinedAt, withdrawnAt } = invitations;
	const rows = await db
		.select({ id, sessionId, email, userId, of: sessions.mentorId })
		.from(invitations)
		.innerJoin(sessions, eq(sessions.id, sessionId))
		.where(and(inArray(sessionId, sessionIds), isNull(acceptedAt), isNull(declinedAt), isNull(withdrawnAt)))
		.orderBy(email);
	// Here and not in the query, where a long list would have all sessions of the mentor gone through instead.
	return rows.filter((row) => row.of === mentorId);
}

/**
 * The members of some sessions as this person may know them: the mentor first, then by name. For their mentor, who was
 * asked and has not made themselves known is an address, member or not.
 */
export async function readShownMembers(
	tables: Tables,
	db: Database,
	sessionIds: string[],
	viewerId: string
): Promise<(Member & { sessionId: string })[]> {
	if (sessionIds.length === 0) return [];
	const [members, open] = await Promise.all([
		readMembers(tables, db, sessionIds),
		readOpenInvitations(tables, db, viewerId, sessionIds)
	]);
	if (open.length === 0) return members;
	const known = await readKnownLearners(
		tables,
		db,
		viewerId,
		open.flatMap(({ userId }) => userId ?? [])
	);
	const hidden = open.filter(({ userId }) => userId === null || !known.has(userId));
	const isHidden = (member: (typeof members)[number]) =>
		hidden.some(({ sessionId, userId }) => sessionId === member.sessionId && userId === member.userId);
	return [
		...members.filter((member) => !isHidden(member)),
		...hidden.map(({ id, sessionId, email }) => ({
			sessionId,
			userId: `invited:${id}`,
			name: email,
			role: 'learner' as const
		}))
	];
}
