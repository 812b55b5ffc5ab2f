import { and, asc, eq, gt, gte, lt, or, sql } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Totals = Row<'mentorTotals'>;

/** Answers whether the row is new: a lesson's figures are added once. */
export function* insertFigures(
	{ lessonFigures }: Tables,
	tx: Database,
	row: Row<'lessonFigures'>
): Steps<boolean> {
	const rows = yield* run(
		tx
			.insert(lessonFigures)
			.values(row)
			.onConflictDoNothing({ target: lessonFigures.sessionId })
			.returning({ sessionId: lessonFigures.sessionId })
	);
	return rows.length > 0;
}

export function* readEntry({ ledger }: Tables, tx: Database, sessionId: string): Steps<Row<'ledger'> | null> {
	const rows = yield* run(tx.select().from(ledger).where(eq(ledger.sessionId, sessionId)));
	return rows[0] ?? null;
}

export function* addToTotals({ mentorTotals: t }: Tables, tx: Database, more: Totals): Steps<void> {
	yield* run(
		tx
			.insert(t)
			.values(more)
			.onConflictDoUpdate({
				target: [t.mentorId, t.currency],
				set: {
					sessions: sql`${t.sessions} + ${more.sessions}`,
					lessonSeconds: sql`${t.lessonSeconds} + ${more.lessonSeconds}`,
					interruptedSeconds: sql`${t.interruptedSeconds} + ${more.interruptedSeconds}`,
					amountMinor: sql`${t.amountMinor} + ${more.amountMinor}`,
					feeMinor: sql`${t.feeMinor} + ${more.feeMinor}`
				}
			})
			.returning({ mentorId: t.mentorId })
	);
}

/** One more lesson of this pair. Lessons may be added in any order: the latest one counts as the last. */
export function* addLearner(
	{ mentorLearners: t }: Tables,
	tx: Database,
	pair: { mentorId: string; learnerId: string },
	at: Date
): Steps<void> {
	yield* run(
		tx
			.insert(t)
			.values({ ...pair, sessions: 1, lastAt: at })
			.onConflictDoUpdate({
				target: [t.mentorId, t.learnerId],
				set: {
					sessions: sql`${t.sessions} + 1`,
					lastAt: sql`case when ${t.lastAt} < excluded.last_at then excluded.last_at else ${t.lastAt} end`
				}
			})
			.returning({ mentorId: t.mentorId })
	);
}

export function readTotals({ mentorTotals }: Tables, db: Database, mentorId: string): Promise<Totals[]> {
	return db
		.select()
		.from(mentorTotals)
		.where(eq(mentorTotals.mentorId, mentorId))
		.orderBy(asc(mentorTotals.currency))
		.then((rows) => rows);
}

/** Lessons with a learner that ended in `[from, to)`. */
export async function countTaught(
	{ lessonFigures }: Tables,
	db: Database,
	mentorId: string,
	from: Date,
	to: Date
): Promise<number> {
	const { mentorId: mentor, endedAt, learners } = lessonFigures;
	const rows = await db
		.select({ taught: sql`count(*)`.mapWith(Number) })
		.from(lessonFigures)
		.where(and(eq(mentor, mentorId), gte(endedAt, from), lt(endedAt, to), gt(learners, 0)));
	return rows[0]?.taught ?? 0;
}

/** How many learners a mentor has taught, and how many of them more than once. */
export async function countLearners(
	{ mentorLearners: t }: Tables,
	db: Database,
	mentorId: string
): Promise<{ learners: number; cameBack: number }> {
	const rows = await db
		.select({
			learners: sql`count(*)`.mapWith(Number),
			cameBack: sql`count(case when ${t.sessions} > 1 then 1 end)`.mapWith(Number)
		})
		.from(t)
		.where(eq(t.mentorId, mentorId));
	return rows[0] ?? { learners: 0, cameBack: 0 };
}

/** A place among the completed sessions, by their end. */
export interface EndPlace {
	endsAt: Date;
	id: string;
}

/** Completed sessions after a place, and whether their figures are there. */
export async function readCompleted(
	{ sessions, lessonFigures }: Tables,
	db: Database,
	after: EndPlace | null,
	limit: number
): Promise<(EndPlace & { counted: string | null })[]> {
	const place = after
		? or(gt(sessions.endsAt, after.endsAt), and(eq(sessions.endsAt, after.endsAt), gt(sessions.id, after.id)))
		: undefined;
	return db
		.select({ id: sessions.id, endsAt: sessions.endsAt, counted: lessonFigures.sessionId })
		.from(sessions)
		.leftJoin(lessonFigures, eq(lessonFigures.sessionId, sessions.id))
		.where(and(eq(sessions.status, 'completed'), place))
		.orderBy(asc(sessions.endsAt), asc(sessions.id))
		.limit(limit);
}
