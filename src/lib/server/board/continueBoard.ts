import { and, desc, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import { Refusal } from '../../shared/refusals.ts';
import { run, type Database, type Row, type Steps, type Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { filesOf, insertFiles } from './boardFileQueries.ts';
import {
	countElements,
	isThere,
	lockBoard,
	replacing,
	saveBoard,
	selectChanges,
	statusOf,
	toChange,
	type Change
} from './boardQueries.ts';
import { refuseUnlessLive } from './putElements.ts';

/** The newest completed session of the same mentor with at least one of the same learners that has something on its board. */
export function selectLast(
	{ sessions, sessionMembers, boards }: Tables,
	db: Database,
	session: Row<'sessions'>
) {
	const sameLearners = db
		.select({ id: sessionMembers.userId })
		.from(sessionMembers)
		.where(and(eq(sessionMembers.sessionId, session.id), eq(sessionMembers.role, 'learner')));
	const withThem = db
		.select({ id: sessionMembers.sessionId })
		.from(sessionMembers)
		.where(and(eq(sessionMembers.role, 'learner'), inArray(sessionMembers.userId, sameLearners)));
	return db
		.select({
			id: sessions.id,
			title: sessions.title,
			endedAt: sessions.endedAt,
			objects: boards.objects
		})
		.from(sessions)
		.innerJoin(boards, eq(boards.sessionId, sessions.id))
		.where(
			and(
				eq(sessions.mentorId, session.mentorId),
				eq(sessions.status, 'completed'),
				ne(sessions.id, session.id),
				gt(boards.objects, 0),
				inArray(sessions.id, withThem)
			)
		)
		.orderBy(desc(sessions.endedAt), desc(sessions.id))
		.limit(1);
}

/**
 * Copies what is on the last session's board, pictures included, to the session's own, which has nothing but pages yet.
 * Answers with the last change, or null when it was done before.
 * Refusals: `not-found` (there is no such board), `not-live`, `session-over`, `board-in-use`.
 */
export function* continueBoard(
	{ tables }: Pick<Store, 'tables'>,
	tx: Database,
	session: Row<'sessions'>,
	by: string,
	now: number
): Steps<Change | null> {
	const { boardElements: t } = tables;
	const status = yield* statusOf(tables, tx, session.id);
	if (!status) throw new Refusal('not-found');
	const board = yield* lockBoard(tables, tx, session.id);
	if (board.continuedFrom) return null;
	refuseUnlessLive(status);
	if (board.objects > 0) throw new Refusal('board-in-use');
	const [last] = yield* run(selectLast(tables, tx, session));
	if (!last) throw new Refusal('not-found');

	const files = yield* filesOf(tables, tx, last.id);
	yield* insertFiles(
		tables,
		tx,
		files.map((file) => ({ ...file, sessionId: session.id }))
	);

	const newest = board.lastSeq + (yield* copyElements(tables, tx, last.id, board, by));
	const changedAt = new Date(Math.max(now, board.changedAt.getTime()));
	yield* run(
		tx
			.update(t)
			.set({ changedAt })
			.where(and(eq(t.sessionId, session.id), gt(t.seq, board.lastSeq)))
			.returning({ seq: t.seq })
	);
	const counts = yield* countElements(tables, tx, session.id);
	yield* saveBoard(tables, tx, {
		...{ sessionId: session.id, ...counts, changedAt },
		...{ lastSeq: newest, continuedFrom: last.id }
	});
	const one = { after: newest - 1, limit: 1, skipDeletedUpTo: 0 };
	const [row] = yield* run(selectChanges(tables, tx, session.id, one));
	return row ? toChange(row) : null;
}

/** Inside of the database: thousands of elements do not hold up everybody else. Answers how many were copied. */
function* copyElements(
	{ boardElements: t }: Tables,
	tx: Database,
	from: string,
	to: Row<'boards'>,
	by: string
): Steps<number> {
	const copies = tx
		.select({
			sessionId: sql<string>`${to.sessionId}`.as('session_id'),
			id: t.id,
			kind: t.kind,
			pageId: t.pageId,
			version: t.version,
			nonce: t.nonce,
			deleted: t.deleted,
			seq: sql<number>`row_number() over (order by ${t.seq}) + ${to.lastSeq}`.as('seq'),
			changedAt: t.changedAt,
			authorId: t.authorId,
			changedBy: sql<string>`${by}`.as('changed_by'),
			data: t.data
		})
		.from(t)
		.where(and(eq(t.sessionId, from), isThere(t)));
	// A page that both boards have, such as the first one, becomes what it was; so does what was deleted here.
	const higher = sql`case when excluded."version" > ${t.version} then excluded."version" else ${t.version} + 1 end`;
	const rows = yield* run(
		tx
			.insert(t)
			.select(copies)
			.onConflictDoUpdate({ target: [t.sessionId, t.id], set: { ...replacing(t), version: higher } })
			.returning({ seq: t.seq })
	);
	return rows.length;
}
