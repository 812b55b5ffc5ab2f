import { aliasedTable, and, asc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { TO_COME } from '../../shared/sessionStatus.ts';
import type { Database, Row } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Session = Row<'sessions'>;

export interface FoundInvitation {
	invitation: Row<'invitations'>;
	session: Session;
	mentor: { id: string; name: string; timeZone: string };
	/** Whoever has an account with its address. */
	owner: { id: string } | null;
}

export async function readByToken(
	{ invitations, sessions, users }: Tables,
	db: Database,
	tokenHash: string
): Promise<FoundInvitation | null> {
	const owners = aliasedTable(users, 'owners');
	const rows = await db
		.select({
			invitation: invitations,
			session: sessions,
			mentor: { id: users.id, name: users.name, timeZone: users.timeZone },
			ownerId: owners.id
		})
		.from(invitations)
		.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
		.innerJoin(users, eq(users.id, sessions.mentorId))
		.leftJoin(owners, eq(owners.email, invitations.email))
		.where(eq(invitations.tokenHash, tokenHash));
	const row = rows[0];
	if (!row) return null;
	const { invitation, session, mentor, ownerId } = row;
	return {
		invitation,
		session,
		mentor,
		owner: ownerId === null ? null : { id: ownerId }
	};
}

/** All lessons a link asks to, earliest first, without those that were taken back. */
export async function readAsked(
	{ invitations, sessions }: Tables,
	db: Database,
	{ invitation, session }: FoundInvitation
): Promise<Session[]> {
	if (session.seriesId === null) return [session];
	const rows = await db
		.select({ session: sessions })
		.from(invitations)
		.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
		.where(
			and(
				eq(sessions.seriesId, session.seriesId),
				eq(invitations.email, invitation.email),
				isNull(invitations.withdrawnAt)
			)
		)
		.orderBy(asc(sessions.startsAt), asc(sessions.id));
	return rows.map((row) => row.session);
}

/** What this person has still to answer, by start. `proved`: only an address that is known to be theirs counts. */
export async function readOpenOf(
	{ invitations, sessions, users }: Tables,
	db: Database,
	userId: string,
	{ proved }: { proved: boolean }
): Promise<{ session: Session; mentorName: string }[]> {
	const own = aliasedTable(users, 'own');
	const byAddress = and(
		isNull(invitations.userId),
		eq(invitations.email, own.email),
		proved ? isNotNull(own.emailVerifiedAt) : undefined
	);
	return db
		.select({ session: sessions, mentorName: users.name })
		.from(own)
		.innerJoin(invitations, or(eq(invitations.userId, own.id), byAddress))
		.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
		.innerJoin(users, eq(users.id, sessions.mentorId))
		.where(
			and(
				eq(own.id, userId),
				eq(own.role, 'learner'),
				isNull(invitations.acceptedAt),
				isNull(invitations.declinedAt),
				isNull(invitations.withdrawnAt),
				inArray(sessions.status, TO_COME)
			)
		)
		.orderBy(asc(sessions.startsAt), asc(sessions.id))
		.limit(100);
}
