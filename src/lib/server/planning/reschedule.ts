import { movedWith } from '../../shared/lessonSeries.ts';
import type { Planner, SeriesScope } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Row, Steps } from '../db/store.ts';
import { refuseManyMails } from './invite.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { addressed, readMentor, sharesOf } from './lessonMail.ts';
import { findOwnLesson, lockLessons, refuseUnlessPlanned } from './ownLesson.ts';
import type { Change, ChangePlans, PlanningDeps } from './planChange.ts';
import { changePlanned, moveMembers } from './planningQueries.ts';
import { moveInput, readInput } from './planInput.ts';

type Session = Row<'sessions'>;

export function createReschedule(deps: PlanningDeps, changePlans: ChangePlans) {
	const { store, now, remind, currency } = deps;
	const { tables } = store;

	/** Answers with the session at its new time; null where it has that time already. */
	function* move(
		{ tx, log }: Change,
		session: Session,
		startsAt: number,
		endsAt: number
	): Steps<Session | null> {
		if (session.startsAt.getTime() === startsAt && session.endsAt.getTime() === endsAt) return null;
		const moved = yield* changePlanned(tables, tx, session.id, {
			startsAt: new Date(startsAt),
			endsAt: new Date(endsAt),
			calendarSequence: session.calendarSequence + 1
		});
		if (!moved) throw new Refusal('session-live');
		yield* moveMembers(tables, tx, session.id, moved.startsAt);
		const sequence = moved.calendarSequence;
		yield* log.append(moved, {
			clientId: `session:moved:${sequence}`,
			type: 'session.moved',
			actorId: session.mentorId,
			payload: { startsAt, endsAt, sequence }
		});
		yield* remind(tx, moved);
		return moved;
	}

	/** Everybody asked to any of them gets one mail about those that are theirs. */
	function* tell({ tx, news, at }: Change, moves: { before: Session; after: Session }[]): Steps<void> {
		const mentor = yield* readMentor(tables, tx, moves[0]!.after);
		const shares = yield* sharesOf(tables, tx, moves, ({ after }) => after.id);
		yield* refuseManyMails(
			tables,
			{ tx, at },
			shares.map(({ addressee }) => addressee.email)
		);
		news.concerns([mentor.id]);
		for (const { mine, addressee } of shares) {
			const to = addressed(addressee);
			const [{ before, after }, ...others] = mine;
			const key = `${after.id}:${after.calendarSequence}:${addressee.email}`;
			const previousStart = before.startsAt.getTime();
			news.mail({
				kind: 'lesson-moved',
				uniqueKey: `lesson-moved:${key}`,
				to,
				payload: {
					lesson: mailLessonOf(after, mentor, currency),
					others: others.map((other) => mailLessonOf(other.after, mentor, currency)),
					previousStart
				},
				dropAt: mine.at(-1)!.after.endsAt.getTime()
			});
			if (to.userId === null) continue;
			const { roomCode, title, startsAt } = after;
			news.concerns([to.userId]);
			news.notify({
				userId: to.userId,
				kind: 'session-moved',
				uniqueKey: `session-moved:${key}`,
				payload: { roomCode, title, startsAt: startsAt.getTime(), previousStart, weeks: mine.length }
			});
		}
	}

	return async function reschedule(
		user: Planner,
		roomCode: string,
		to: { startsAt: number; minutes: number },
		scope: SeriesScope
	): Promise<void> {
		const { startsAt, minutes } = readInput(moveInput, { ...to, scope });
		await changePlans(function* (change) {
			const lesson = yield* findOwnLesson(tables, change, user.id, roomCode);
			const [first, ...later] = yield* lockLessons(tables, change, lesson, scope);
			refuseUnlessPlanned(first!);
			const moves: { before: Session; after: Session }[] = [];
			const from = first!.startsAt.getTime();
			for (const session of [first!, ...later]) {
				const time =
					session === first
						? { startsAt, endsAt: startsAt + Math.round(minutes * 60_000) }
						: movedWith({ from, to: startsAt, minutes }, session.startsAt.getTime(), user.timeZone);
				if (time.endsAt <= now()) throw new Refusal('bad-input');
				const after = yield* move(change, session, time.startsAt, time.endsAt);
				if (after) moves.push({ before: session, after });
			}
			if (moves.length > 0) yield* tell(change, moves);
		});
	};
}
