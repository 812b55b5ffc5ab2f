import type { Row, Steps } from '../db/store.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { addresseesOf, readMentor, addressed, type Addressee } from './lessonMail.ts';
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
		const seen = new Map<string, { mine: Session[]; addressee: Addressee }>();
		for (const session of sessions) {
			for (const addressee of yield* addresseesOf(tables, tx, [session.id])) {
				const known = seen.get(addressee.email);
				if (known) known.mine.push(session);
				else seen.set(addressee.email, { mine: [session], addressee });
			}
		}
		news.concerns([mentor.id]);
		for (const [email, { mine, addressee }] of seen) {
			const [first, ...others] = mine as [Session, ...Session[]];
			news.mail({
				kind: 'lesson-cancelled',
				uniqueKey: `lesson-cancelled:${first.id}:${email}`,
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
