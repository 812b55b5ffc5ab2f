import { and, desc, eq, gt, inArray, ne } from 'drizzle-orm';
import { Refusal } from '../../shared/refusals.ts';
import { run, type Database, type Row, type Steps, type Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { filesOf, insertFiles } from './boardFileQueries.ts';
import {
	lockBoard,
	readStandings,
	saveBoard,
	selectChanges,
	statusOf,
	toChange,
	writeElements,
	type Change,
	type ElementRow
} from './boardQueries.ts';
import { counterOf, refuseUnlessLive } from './putElements.ts';

/** Elements copied at once: a board is never in memory as a whole. */
const PAGE = 200;

export interface LastSession {
	id: string;
	title: string;
	endedAt: Date | null;
	objects: number;
}

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

	const changedAt = new Date(Math.max(now, board.changedAt.getTime()));
	const count = { ...board, changedAt, continuedFrom: last.id };
	let newest: ElementRow | null = null;
	for (let after = 0; ;) {
		const page = yield* run(selectChanges(tables, tx, last.id, { after, limit: PAGE, liveOnly: true }));
		if (page.length === 0) break;
		after = page.at(-1)!.seq;
		const known = yield* readStandings(
			tables,
			tx,
			session.id,
			page.map(({ id }) => id)
		);
		const copies = page.map((element, i): ElementRow => {
			const before = known.get(element.id);
			if (!before) count.elements += 1;
			else if (!before.deleted) count[counterOf(before.kind)] -= 1;
			count[counterOf(element.kind)] += 1;
			return {
				...element,
				sessionId: session.id,
				// A page that both boards have, such as the first one, becomes what it was; so does what was deleted here.
				version: Math.max(element.version, (before?.version ?? 0) + 1),
				seq: count.lastSeq + 1 + i,
				changedAt,
				changedBy: by
			};
		});
		count.lastSeq += copies.length;
		yield* writeElements(tables, tx, copies);
		newest = copies.at(-1)!;
	}
	yield* saveBoard(tables, tx, count);
	return newest && toChange(newest);
}
