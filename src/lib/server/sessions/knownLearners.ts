import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Member } from '../../shared/roomState.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { readMembers } from './sessionsQueries.ts';

type Query = PromiseLike<{ userId: string | null }[]>;

/*
 * What a mentor learns of an address they wrote down is the same whether it has an account or not, until its owner makes
 * themselves known: by accepting an invitation of this mentor, by booking, or by being there. Else everybody could ask
 * here who has an account, and whose diary is full.
 */
function knownBy(
	{ attendance, sessions, invitations }: Tables,
	db: Database,
	mentorId: string,
	ids: string[]
) {
	const ofMentor = eq(sessions.mentorId, mentorId);
	return [
		db
			.selectDistinct({ userId: attendance.userId })
			.from(attendance)
			.innerJoin(sessions, eq(sessions.id, attendance.sessionId))
			.where(and(ofMentor, inArray(attendance.userId, ids))),
		db
			.selectDistinct({ userId: invitations.userId })
			.from(invitations)
			.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
			.where(and(ofMentor, inArray(invitations.userId, ids), isNotNull(invitations.acceptedAt))),
		db
			.selectDistinct({ userId: sessions.bookedById })
			.from(sessions)
			.where(and(ofMentor, inArray(sessions.bookedById, ids)))
	] satisfies Query[];
}

/** Who of these has made themselves known to the mentor. */
export async function readKnownLearners(
	tables: Tables,
	db: Database,
	mentorId: string,
	userIds: string[]
): Promise<Set<string>> {
	if (userIds.length === 0) return new Set();
	const found = await Promise.all(knownBy(tables, db, mentorId, userIds));
	return new Set(found.flat().flatMap(({ userId }) => userId ?? []));
}

/** The same inside a transaction. */
export function* knownLearners(
	tables: Tables,
	tx: Database,
	mentorId: string,
	userIds: string[]
): Steps<Set<string>> {
	const known = new Set<string>();
	if (userIds.length === 0) return known;
	for (const query of knownBy(tables, tx, mentorId, userIds))
		for (const { userId } of yield* run<{ userId: string | null }[]>(query)) if (userId) known.add(userId);
	return known;
}

/** Invitations of this mentor to these sessions that nobody has answered. */
function readOpenInvitations(
	{ invitations, sessions }: Tables,
	db: Database,
	mentorId: string,
	sessionIds: string[]
): PromiseLike<Pick<Row<'invitations'>, 'id' | 'sessionId' | 'email' | 'userId'>[]> {
	const { id, sessionId, email, userId, acceptedAt, declinedAt, withdrawnAt } = invitations;
	return db
		.select({ id, sessionId, email, userId })
		.from(invitations)
		.innerJoin(sessions, and(eq(sessions.id, sessionId), eq(sessions.mentorId, mentorId)))
		.where(and(inArray(sessionId, sessionIds), isNull(acceptedAt), isNull(declinedAt), isNull(withdrawnAt)))
		.orderBy(email);
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
