import { and, eq, or } from 'drizzle-orm';
import { run, type Row, type Steps } from '../db/store.ts';
import { memberIdsOf } from '../sessions/sessionsQueries.ts';
import { createCallOff } from './callOff.ts';
import { setInvitation } from './invitationQueries.ts';
import type { Change, PlanningDeps } from './planChange.ts';
import { deleteMember } from './planningQueries.ts';

type Session = Row<'sessions'>;
type User = Row<'users'>;

const REASON = 'The mentor has left PeerLearn.';

/**
 * What becomes of lessons to come when one of their people goes, in the transaction of their departure and while their name
 * still stands there: what they would teach is called off, what they would learn goes on without them.
 */
export function createLeave(deps: Pick<PlanningDeps, 'store' | 'attendance' | 'currency'>) {
	const { store, attendance } = deps;
	const { tables } = store;
	const { callOff, tell } = createCallOff(deps);

	function* lockPlanned({ tx, log }: Change, person: User): Steps<Session[]> {
		const { sessions, sessionMembers } = tables;
		const rows = yield* run(
			tx
				.select({ id: sessions.id })
				.from(sessions)
				.innerJoin(sessionMembers, eq(sessionMembers.sessionId, sessions.id))
				.where(and(eq(sessionMembers.userId, person.id), eq(sessions.status, 'scheduled')))
		);
		const locked: Session[] = [];
		// In one order, so that two changes of plans never wait for each other.
		for (const { id } of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
			const session = yield* log.lock(id);
			if (session?.status === 'scheduled') locked.push(session);
		}
		return locked.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
	}

	function* stopTeaching(change: Change, sessions: Session[]): Steps<void> {
		const together = new Map<string, Session[]>();
		for (const session of sessions) {
			const cancelled = yield* callOff(change, session, REASON);
			if (!cancelled) continue;
			const key = session.seriesId ?? session.id;
			together.set(key, [...(together.get(key) ?? []), cancelled]);
		}
		for (const lessons of together.values()) yield* tell(change, lessons, REASON);
	}

	function* stopLearning({ tx, log, news }: Change, person: User, session: Session): Steps<void> {
		yield* attendance.removeFrom(tx, log, session, person.id, log.at);
		if (yield* deleteMember(tables, tx, session.id, person.id))
			news.room(session.roomCode, { type: 'left', userId: person.id });
		yield* log.append(session, {
			clientId: `session:changed:${session.lastSeq}`,
			type: 'session.changed',
			actorId: person.id,
			payload: { title: session.title, sequence: session.calendarSequence }
		});
		news.concerns(yield* memberIdsOf(tables, tx, session.id));
	}

	/** Nobody waits for an answer of theirs, and nothing is sent to their address. */
	function* declineAll({ tx, at }: Change, { id, email }: User): Steps<void> {
		const { invitations, sessions } = tables;
		const theirs = or(eq(invitations.userId, id), eq(invitations.email, email));
		const rows = yield* run(
			tx
				.select({ id: invitations.id })
				.from(invitations)
				.innerJoin(sessions, eq(sessions.id, invitations.sessionId))
				.where(and(theirs, eq(sessions.status, 'scheduled')))
		);
		for (const row of rows) yield* setInvitation(tables, tx, row.id, { acceptedAt: null, declinedAt: at });
	}

	return function* leave(change: Change, person: User): Steps<void> {
		const planned = yield* lockPlanned(change, person);
		yield* stopTeaching(
			change,
			planned.filter(({ mentorId }) => mentorId === person.id)
		);
		for (const session of planned)
			if (session.mentorId !== person.id) yield* stopLearning(change, person, session);
		yield* declineAll(change, person);
	};
}
