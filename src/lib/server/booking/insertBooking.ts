import type { Steps } from '../db/store.ts';
import { createId } from '../ids.ts';
import { mailLessonOf, recipientOf } from '../mail/mailLesson.ts';
import { insertPlanned } from '../planning/plan.ts';
import type { Change, PlanningDeps } from '../planning/planChange.ts';
import type { NewBooking } from './bookingService.ts';

/** Stores a booked lesson and tells both: inside the transaction that books it. Answers with its room code. */
export function createInsertBooking(deps: Pick<PlanningDeps, 'store' | 'remind' | 'currency'>) {
	return function* insertBooking(change: Change, booking: NewBooking): Steps<string> {
		const { page, mentor, learner, startsAt, endsAt, description } = booking;
		const lesson = {
			...{ id: createId(), mentorId: mentor.id, bookedById: learner.id },
			...{ title: page.title, description, priceMinor: page.priceMinor, startsAt, endsAt }
		};
		const [session] = yield* insertPlanned(deps, change, [lesson], [learner.id]);
		const { id, roomCode, title } = session!;
		const told = mailLessonOf(session!, mentor, deps.currency);
		for (const [to, other] of [
			[mentor, learner],
			[learner, mentor]
		] as const) {
			change.news.mail({
				kind: 'lesson-booked',
				uniqueKey: `lesson-booked:${id}:${to.id}`,
				to: recipientOf(to),
				payload: { lesson: told, name: other.name },
				dropAt: endsAt.getTime()
			});
		}
		// The learner knows: they have just done it.
		change.news.notify({
			...{ userId: mentor.id, kind: 'session-booked', uniqueKey: `session-booked:${id}` },
			payload: { roomCode, title, name: learner.name, startsAt: startsAt.getTime() }
		});
		return roomCode;
	};
}
