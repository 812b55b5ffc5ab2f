import { and, asc, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm';
import type { NextSession } from '../../shared/nextSession.ts';
import { TO_COME } from '../../shared/sessionStatus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { LASTS_MAX_MS } from './longestLesson.ts';

/** The other sessions in which these people have a place, between the two instants: each person's first one, by start. */
export function* sessionsBetween(
	{ sessions, sessionMembers }: Tables,
	tx: Database,
	{ exceptId, userIds, from, to }: { exceptId: string; userIds: string[]; from: Date; to: Date }
): Steps<NextSession[]> {
	const rows = yield* run(
		tx
			.select({ userId: sessionMembers.userId, startsAt: sessions.startsAt })
			.from(sessionMembers)
			.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
			.where(
				and(
					inArray(sessionMembers.userId, userIds),
					gt(sessionMembers.startsAt, new Date(from.getTime() - LASTS_MAX_MS)),
					lt(sessionMembers.startsAt, to),
					ne(sessions.id, exceptId),
					isNull(sessionMembers.removedAt),
					inArray(sessions.status, TO_COME),
					gt(sessions.endsAt, from)
				)
			)
			.orderBy(asc(sessions.startsAt), asc(sessionMembers.userId))
	);
	const first = new Map<string, number>();
	for (const { userId, startsAt } of rows) if (!first.has(userId)) first.set(userId, startsAt.getTime());
	return [...first].map(([userId, startsAt]) => ({ userId, startsAt }));
}

/** When this person's next session after the given one starts; null when none is planned. */
export async function readNextStart(
	{ sessions, sessionMembers }: Tables,
	db: Database,
	userId: string,
	{ id, startsAt }: Pick<Row<'sessions'>, 'id' | 'startsAt'>
): Promise<Date | null> {
	const rows = await db
		.select({ startsAt: sessions.startsAt })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.where(
			and(
				eq(sessionMembers.userId, userId),
				gt(sessionMembers.startsAt, startsAt),
				ne(sessions.id, id),
				inArray(sessions.status, TO_COME)
			)
		)
		.orderBy(asc(sessionMembers.startsAt))
		.limit(1);
	return rows[0]?.startsAt ?? null;
}
