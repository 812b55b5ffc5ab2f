import type { Database, Row, Steps, Store } from '../db/store.ts';
import { createId, createRoomCode } from '../ids.ts';
import type { MailLesson, MailRecipient, Mails } from '../mail/mailKinds.ts';
import { insertSession } from '../sessions/sessionsQueries.ts';
import { AS_PLANNED } from '../sessions/asPlanned.ts';
import type { NewBooking } from './bookingService.ts';

/** Stores a booked lesson with its members and tells both by mail, in the transaction that books it. */
export function createInsertBooking(deps: {
	store: Store;
	mails: Mails;
	/** ISO 4217. */
	currency: string;
	now: () => number;
}) {
	return function* insertBooking(tx: Database, booking: NewBooking): Steps<string> {
		const { page, mentor, learner, startsAt, endsAt, description } = booking;
		const session: Row<'sessions'> = {
			...AS_PLANNED,
			...{ id: createId(), roomCode: createRoomCode(), mentorId: mentor.id, bookedById: learner.id },
			...{ title: page.title, description, priceMinor: page.priceMinor, status: 'scheduled' },
			...{ startsAt, endsAt, startedAt: null, endedAt: null, endReason: null, durationSeconds: null },
			...{ lastSeq: 0, createdAt: new Date(deps.now()) }
		};
		yield* insertSession(deps.store.tables, tx, session, [
			{ userId: mentor.id, role: 'mentor' },
			{ userId: learner.id, role: 'learner' }
		]);
		const lesson = lessonOf(session, mentor, deps.currency);
		const both = [
			{ to: mentor, other: learner },
			{ to: learner, other: mentor }
		];
		yield* deps.mails.enqueue(
			tx,
			both.map(({ to, other }) => ({
				kind: 'lesson-booked' as const,
				uniqueKey: `lesson-booked:${session.id}:${to.id}`,
				to: recipientOf(to),
				payload: { lesson, name: other.name },
				dropAt: endsAt.getTime()
			}))
		);
		return session.roomCode;
	};
}

function lessonOf(session: Row<'sessions'>, mentor: Row<'users'>, currency: string): MailLesson {
	const { id, roomCode, title, description, startsAt, endsAt, priceMinor, calendarSequence } = session;
	return {
		...{ sessionId: id, roomCode, title, description, priceMinor, currency },
		...{ startsAt: startsAt.getTime(), endsAt: endsAt.getTime(), sequence: calendarSequence },
		mentor: { name: mentor.name, email: mentor.email }
	};
}

function recipientOf({ id, email, name, language, timeZone }: Row<'users'>): MailRecipient {
	return { userId: id, address: email, name, language, timeZone };
}
