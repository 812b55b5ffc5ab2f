import type { SeriesScope } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Row, Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { readRole } from '../sessions/sessionsQueries.ts';
import type { Change } from './planChange.ts';
import { findSession, readSeries } from './planningQueries.ts';

type Session = Row<'sessions'>;

/** Refusals: `not-found` for strangers and unknown lessons alike, `not-mentor` for its learners. */
export function* findOwnLesson(
	tables: Tables,
	{ tx }: Pick<Change, 'tx'>,
	userId: string,
	roomCode: string
): Steps<Session> {
	const session = yield* findSession(tables, tx, roomCode);
	if (session?.mentorId === userId) return session;
	const isMember = session !== null && (yield* readRole(tables, tx, session.id, userId)) !== null;
	throw new Refusal(isMember ? 'not-mentor' : 'not-found');
}

/** What began, ended or was cancelled does not change any more. */
export function refuseUnlessPlanned({ status }: Pick<Session, 'status'>): void {
	if (status === 'scheduled') return;
	if (status === 'live') throw new Refusal('session-live');
	throw new Refusal(status === 'cancelled' ? 'session-cancelled' : 'session-over');
}

/**
 * A lesson, with `following` also the later ones of its series that are still planned; locked, in order of time. What the
 * first one has become meanwhile is for the caller to judge.
 */
export function* lockLessons(
	tables: Tables,
	{ tx, log }: Pick<Change, 'tx' | 'log'>,
	lesson: Session,
	scope: SeriesScope
): Steps<Session[]> {
	const series =
		scope === 'following' && lesson.seriesId !== null
			? yield* readSeries(tables, tx, lesson.seriesId, lesson.startsAt)
			: [];
	const ids = new Set([lesson, ...series].map(({ id }) => id));
	const locked: Session[] = [];
	// In one order, so that two changes of a series never wait for each other.
	for (const id of [...ids].sort()) {
		const session = yield* log.lock(id);
		if (session && (id === lesson.id || session.status === 'scheduled')) locked.push(session);
	}
	const time = ({ id, startsAt }: Session) => (id === lesson.id ? -1 : startsAt.getTime());
	return locked.sort((a, b) => time(a) - time(b));
}
