import { and, eq, gt, lte, type SQL } from 'drizzle-orm';
import type { EndReason, SessionStatus } from '../../shared/sessionStatus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Session = Row<'sessions'>;

/*
 * Every change of a session's status: one UPDATE whose WHERE decides, so that of several that meet one wins.
 * Each answers with the changed row, or null for those that came too late.
 */

export function* readInTransaction({ sessions }: Tables, tx: Database, id: string): Steps<Session | null> {
	const rows = yield* run(tx.select().from(sessions).where(eq(sessions.id, id)));
	return rows[0] ?? null;
}

/** `startsBy`: the latest scheduled start that may begin now. */
export function setLive(
	tables: Tables,
	tx: Database,
	id: string,
	at: Date,
	startsBy: Date
): Steps<Session | null> {
	const { sessions } = tables;
	return change(tables, tx, { status: 'live', startedAt: at }, id, 'scheduled', [
		lte(sessions.startsAt, startsBy),
		gt(sessions.endsAt, at)
	]);
}

/** Moves the end only from where the caller saw it. */
export function setEndsAt(
	tables: Tables,
	tx: Database,
	id: string,
	seen: Date,
	endsAt: Date
): Steps<Session | null> {
	return change(tables, tx, { endsAt }, id, 'live', [eq(tables.sessions.endsAt, seen)]);
}

/** `overdue`: only if the scheduled end, as the caller saw it, has come; an extension wins over it. */
export function setCompleted(
	tables: Tables,
	tx: Database,
	id: string,
	end: { endedAt: Date; endReason: EndReason; durationSeconds: number },
	overdue: { seen: Date; at: Date } | null
): Steps<Session | null> {
	const { sessions } = tables;
	const conditions = overdue ? [eq(sessions.endsAt, overdue.seen), lte(sessions.endsAt, overdue.at)] : [];
	return change(tables, tx, { status: 'completed', ...end }, id, 'live', conditions);
}

export function setMissed(tables: Tables, tx: Database, id: string, at: Date): Steps<Session | null> {
	return change(tables, tx, { status: 'missed' }, id, 'scheduled', [lte(tables.sessions.endsAt, at)]);
}

function* change(
	{ sessions }: Tables,
	tx: Database,
	values: Partial<Session>,
	id: string,
	from: SessionStatus,
	conditions: SQL[]
): Steps<Session | null> {
	const rows = yield* run(
		tx
			.update(sessions)
			.set(values)
			.where(and(eq(sessions.id, id), eq(sessions.status, from), ...conditions))
			.returning()
	);
	return rows[0] ?? null;
}
