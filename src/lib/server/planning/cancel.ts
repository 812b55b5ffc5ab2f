import type { Planner, SeriesScope } from '../../shared/planning.ts';
import type { Row, Steps } from '../db/store.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { addresseesOf, readMentor, addressed, type Addressee } from './lessonMail.ts';
import { findOwnLesson, lockLessons, refuseUnlessPlanned } from './ownLesson.ts';
import type { Change, ChangePlans, PlanningDeps } from './planChange.ts';
import { changePlanned } from './planningQueries.ts';
import { cancelInput, readInput } from './planInput.ts';

type Session = Row<'sessions'>;

export function createCancel(deps: PlanningDeps, changePlans: ChangePlans) {
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

	return async function cancel(
		user: Planner,
		roomCode: string,
		reason: string,
		scope: SeriesScope
	): Promise<void> {
		const input = readInput(cancelInput, { reason, scope });
		await changePlans(function* (change) {
			const lesson = yield* findOwnLesson(tables, change, user.id, roomCode);
			const [first, ...later] = yield* lockLessons(tables, change, lesson, scope);
			// Said again, what is cancelled stays as it is, with the first reason; the rest of its series may follow.
			if (first!.status !== 'cancelled') refuseUnlessPlanned(first!);
			const cancelled: Session[] = [];
			for (const session of [first!, ...later]) {
				const done = yield* callOff(change, session, input.reason);
				if (done) cancelled.push(done);
			}
			if (cancelled.length > 0) yield* tell(change, cancelled, input.reason);
		});
	};
}
