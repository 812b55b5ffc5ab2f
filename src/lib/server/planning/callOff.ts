import type { Row, Steps } from '../db/store.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { addressed, readMentor, sharesOf } from './lessonMail.ts';
import type { Change, PlanningDeps } from './planChange.ts';
import { changePlanned } from './planningQueries.ts';

type Session = Row<'sessions'>;

/** Calling off what is planned, and what it means for others: both inside the transaction of whoever has a reason. */
export function createCallOff(deps: Pick<PlanningDeps, 'store' | 'attendance' | 'currency'>) {
	const { store, attendance, currency } = deps;
	const { tables } = store;

	/** Null where it began at the same moment. Reminders fall away by themselves: they look at the status. */
	function* callOff({ tx, log, news, at }: Change, session: Session, reason: string): Steps<Session | null> {
		const cancelled = yield* changePlanned(tables, tx, session.id, {
			status: 'cancelled',
			cancelledAt: at,
			cancelReason: reason,
			calendarSequence: session.calendarSequence + 1
		});
		if (!cancelled) return null;
		yield* attendance.endAll(tx, log, cancelled, log.at, log.at);
		yield* log.append(cancelled, {
			clientId: 'session:cancelled',
			type: 'session.cancelled',
			actorId: session.mentorId,
			payload: { reason }
		});
		news.room(cancelled.roomCode, { type: 'over' });
		return cancelled;
	}

	/** One mail and one notification a person; the sessions are locked, called off, of one mentor and in order of time. */
	function* tell({ tx, news }: Change, sessions: Session[], reason: string): Steps<void> {
		const mentor = yield* readMentor(tables, tx, sessions[0]!);
		news.concerns([mentor.id]);
		for (const { mine, addressee } of yield* sharesOf(tables, tx, sessions, ({ id }) => id)) {
			const [first, ...others] = mine;
			news.mail({
				kind: 'lesson-cancelled',
				uniqueKey: `lesson-cancelled:${first.id}:${addressee.email}`,
				to: addressed(addressee),
				payload: {
					lesson: mailLessonOf(first, mentor, currency),
					others: others.map((other) => mailLessonOf(other, mentor, currency)),
					reason
				},
				dropAt: mine.at(-1)!.endsAt.getTime()
			});
			if (!addressee.person) continue;
			const { roomCode, title, startsAt } = first;
			news.concerns([addressee.person.id]);
			news.notify({
				userId: addressee.person.id,
				kind: 'session-cancelled',
				uniqueKey: `session-cancelled:${first.id}:${addressee.person.id}`,
				payload: { roomCode, title, startsAt: startsAt.getTime(), reason, weeks: mine.length }
			});
		}
	}

	return { callOff, tell };
}
