import { and, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm';
import type { Span } from '../../shared/availability.ts';
import { TO_COME } from '../../shared/sessionStatus.ts';
import { run, type Database, type NewRow, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { createId } from '../ids.ts';
import { LASTS_MAX_MS } from '../sessions/longestLesson.ts';

/*
 * What is read is read by pages, outside of transactions, and inside of the one that books: these are queries, to be awaited
 * or run.
 */

/** A booking page with the mentor whose it is. Pages of mentors who deleted their account are gone. */
export function selectPage({ bookingPages, users }: Tables, db: Database, slug: string) {
	return db
		.select({ page: bookingPages, mentor: users })
		.from(bookingPages)
		.innerJoin(users, eq(users.id, bookingPages.mentorId))
		.where(and(eq(bookingPages.slug, slug), isNull(users.deletedAt)));
}

export function selectPageOf({ bookingPages }: Tables, db: Database, mentorId: string) {
	return db.select().from(bookingPages).where(eq(bookingPages.mentorId, mentorId));
}

export function selectUser({ users }: Tables, db: Database, id: string) {
	return db.select().from(users).where(eq(users.id, id));
}

export function selectHours({ availabilityHours }: Tables, db: Database, mentorId: string) {
	return db.select().from(availabilityHours).where(eq(availabilityHours.mentorId, mentorId));
}

export function selectDays({ availabilityDays }: Tables, db: Database, mentorId: string) {
	return db.select().from(availabilityDays).where(eq(availabilityDays.mentorId, mentorId));
}

/** When this person is in sessions, as mentor or as learner, between two instants. */
export function selectTaken(
	{ sessions, sessionMembers }: Tables,
	db: Database,
	userId: string,
	from: number,
	to: number
) {
	return db
		.select({ from: sessions.startsAt, to: sessions.endsAt })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.where(
			and(
				eq(sessionMembers.userId, userId),
				isNull(sessionMembers.removedAt),
				gt(sessionMembers.startsAt, new Date(from - LASTS_MAX_MS)),
				lt(sessionMembers.startsAt, new Date(to)),
				inArray(sessions.status, TO_COME),
				gt(sessions.endsAt, new Date(from))
			)
		);
}

/** What a learner has booked and what is still to come of it, with anybody. */
export function selectBookings({ sessions, sessionMembers }: Tables, db: Database, learnerId: string) {
	const { roomCode, mentorId, startsAt } = sessions;
	return db
		.select({ roomCode, mentorId, startsAt })
		.from(sessionMembers)
		.innerJoin(sessions, eq(sessions.id, sessionMembers.sessionId))
		.where(
			and(
				eq(sessionMembers.userId, learnerId),
				eq(sessions.bookedById, learnerId),
				inArray(sessions.status, TO_COME)
			)
		);
}

/** One lesson that a learner booked, with its mentor; also when it is over. */
export function selectBooking(
	{ sessions, users, bookingPages }: Tables,
	db: Database,
	roomCode: string,
	learnerId: string
) {
	return db
		.select({ session: sessions, mentor: users, slug: bookingPages.slug })
		.from(sessions)
		.innerJoin(users, eq(users.id, sessions.mentorId))
		.innerJoin(bookingPages, eq(bookingPages.mentorId, sessions.mentorId))
		.where(and(eq(sessions.roomCode, roomCode), eq(sessions.bookedById, learnerId)));
}

/** Whoever books on a page waits here for everybody who books on it at the same time, and for changes of its hours. */
export function* lockPage({ bookingPages }: Tables, tx: Database, mentorId: string): Steps<void> {
	const own = eq(bookingPages.mentorId, mentorId);
	yield* run(tx.update(bookingPages).set({ mentorId }).where(own).returning({ slug: bookingPages.slug }));
}

/** Whether somebody else’s page has this address. */
export function* isSlugTaken(
	{ bookingPages }: Tables,
	tx: Database,
	slug: string,
	mentorId: string
): Steps<boolean> {
	const others = and(eq(bookingPages.slug, slug), ne(bookingPages.mentorId, mentorId));
	const rows = yield* run(tx.select({ slug: bookingPages.slug }).from(bookingPages).where(others));
	return rows.length > 0;
}

export function* writePage(
	{ bookingPages }: Tables,
	tx: Database,
	page: NewRow<'bookingPages'>
): Steps<void> {
	yield* run(
		tx
			.insert(bookingPages)
			.values(page)
			.onConflictDoUpdate({ target: bookingPages.mentorId, set: page })
			.returning({ slug: bookingPages.slug })
	);
}

/** Puts these hours in the place of all earlier ones. */
export function* writeHours(
	{ availabilityHours, availabilityDays }: Tables,
	tx: Database,
	mentorId: string,
	week: readonly (readonly Span[])[],
	days: readonly { date: string; hours: readonly Span[] }[]
): Steps<void> {
	const { id } = availabilityHours;
	yield* run(tx.delete(availabilityHours).where(eq(availabilityHours.mentorId, mentorId)).returning({ id }));
	const old = eq(availabilityDays.mentorId, mentorId);
	yield* run(tx.delete(availabilityDays).where(old).returning({ id: availabilityDays.id }));

	const row = ({ from, to }: Span) => ({ id: createId(), mentorId, fromMinute: from, toMinute: to });
	const ofWeek = week.flatMap((spans, day) => spans.map((span) => ({ ...row(span), weekday: day + 1 })));
	if (ofWeek.length > 0) yield* run(tx.insert(availabilityHours).values(ofWeek).returning({ id }));
	// No hours at all are one row with nothing in it.
	const ofDays = days.flatMap(({ date, hours }) =>
		(hours.length > 0 ? hours : [{ from: 0, to: 0 }]).map((span) => ({ ...row(span), date }))
	);
	if (ofDays.length > 0) {
		yield* run(tx.insert(availabilityDays).values(ofDays).returning({ id: availabilityDays.id }));
	}
}
