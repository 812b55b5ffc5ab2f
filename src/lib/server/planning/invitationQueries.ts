import { and, count, countDistinct, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Invitation = Row<'invitations'>;

export function* insertInvitations({ invitations }: Tables, tx: Database, rows: Invitation[]): Steps<void> {
	if (rows.length > 0) yield* run(tx.insert(invitations).values(rows).returning({ id: invitations.id }));
}

export function* setInvitation(
	{ invitations }: Tables,
	tx: Database,
	id: string,
	values: Partial<Invitation>
): Steps<void> {
	yield* run(
		tx.update(invitations).set(values).where(eq(invitations.id, id)).returning({ id: invitations.id })
	);
}

/** Everybody asked to these lessons, also those who were taken back. */
export function* readInvitations(
	{ invitations }: Tables,
	tx: Database,
	sessionIds: string[]
): Steps<Invitation[]> {
	return yield* run(tx.select().from(invitations).where(inArray(invitations.sessionId, sessionIds)));
}

export function* findByToken(
	{ invitations }: Tables,
	tx: Database,
	tokenHash: string
): Steps<Invitation | null> {
	return (yield* run(tx.select().from(invitations).where(eq(invitations.tokenHash, tokenHash))))[0] ?? null;
}

/** One's invitation to a lesson: by account, or by address where the account came later. */
export function* findOwn(
	{ invitations }: Tables,
	tx: Database,
	sessionId: string,
	{ id, email }: Pick<Row<'users'>, 'id' | 'email'>
): Steps<Invitation | null> {
	const own = or(eq(invitations.userId, id), and(isNull(invitations.userId), eq(invitations.email, email)));
	const rows = yield* run(
		tx
			.select()
			.from(invitations)
			.where(and(eq(invitations.sessionId, sessionId), own))
	);
	return rows[0] ?? null;
}

/** The same address's invitations to all lessons of a series, with these. */
export function* readWithSeries(
	{ invitations, sessions }: Tables,
	tx: Database,
	seriesId: string,
	email: string
): Steps<{ invitation: Invitation; session: Row<'sessions'> }[]> {
	return yield* run(
		tx
			.select({ invitation: invitations, session: sessions })
			.from(invitations)
			.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
			.where(and(eq(sessions.seriesId, seriesId), eq(invitations.email, email)))
			.orderBy(sessions.startsAt, sessions.id)
	);
}

/** How many different addresses beside these a mentor has asked since an instant; whom they know is not counted. */
export function* countAddresses(
	{ invitations, sessions }: Tables,
	tx: Database,
	mentorId: string,
	since: Date
): Steps<number> {
	const rows = yield* run(
		tx
			.select({ addresses: countDistinct(invitations.email) })
			.from(invitations)
			.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
			.where(
				and(eq(sessions.mentorId, mentorId), gt(invitations.createdAt, since), isNull(invitations.acceptedAt))
			)
	);
	return rows[0]!.addresses;
}

/** Mails to these addresses since an instant; addresses without one are left out. */
export function* countMails(
	{ mails }: Tables,
	tx: Database,
	addresses: string[],
	since: Date
): Steps<{ address: string; mails: number }[]> {
	if (addresses.length === 0) return [];
	return yield* run(
		tx
			.select({ address: mails.toAddress, mails: count(mails.id) })
			.from(mails)
			.where(and(gt(mails.createdAt, since), inArray(mails.toAddress, addresses)))
			.groupBy(mails.toAddress)
	);
}
