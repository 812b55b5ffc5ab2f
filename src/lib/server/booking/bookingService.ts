import { z } from 'zod';
import { BOOKING_NOTE_MAX_CHARACTERS } from '../../shared/availability.ts';
import { OPEN_BOOKINGS_MAX, type Booked, type BookingView } from '../../shared/booking.ts';
import type { Standing } from '../../shared/feedback.ts';
import { words } from '../../shared/formSchemas.ts';
import { Refusal } from '../../shared/refusals.ts';
import { pictureVersion } from '../accounts/pictureVersion.ts';
import { createAllowances } from '../allowances.ts';
import { run, type Row, type Steps, type Store } from '../db/store.ts';
import type { Change, ChangePlans } from '../planning/planChange.ts';
import {
	lockPage,
	selectBooking,
	selectBookings,
	selectDays,
	selectHours,
	selectPage,
	selectTaken,
	selectUser
} from './bookingQueries.ts';
import { freeTimes } from './freeTimes.ts';
import { toOpenHours } from './openHours.ts';

const DAY = 86_400_000;
/** Tries of one learner: far more than anybody needs, too few to fill calendars. */
const TRIES = { perSecond: 0.1, burst: 15 };

const bookingInput = z.object({
	startsAt: z.number().int().min(0).max(8.64e15),
	note: words(
		BOOKING_NOTE_MAX_CHARACTERS,
		`A message has at most ${BOOKING_NOTE_MAX_CHARACTERS} characters.`
	),
	minutes: z.number().int(),
	priceMinor: z.number().int()
});

/** What a learner picked: a time, what they write to the mentor, and what they were told that it costs and how long it is. */
export type PickedTime = z.input<typeof bookingInput>;

/** A lesson that is about to be stored, in the transaction that books it. */
export interface NewBooking {
	page: Row<'bookingPages'>;
	mentor: Row<'users'>;
	learner: Row<'users'>;
	startsAt: Date;
	endsAt: Date;
	/** What the learner wrote; may be empty. */
	description: string;
}

/** Public pages on which learners pick a free time. */
export interface Bookings {
	/** Null for a page that does not exist and for one that is closed, except to its mentor. */
	page(slug: string, viewer: { id: string } | null): Promise<BookingView | null>;
	/**
	 * Books a time: one transaction. Repeating it is the same booking. Refusals: `not-found` (no such page, or closed),
	 * `own-page`, `learners-only`, `unverified`, `time-taken`, `offer-changed`, `too-many-bookings`, `too-many`, `bad-input`.
	 */
	book(learner: { id: string }, slug: string, picked: PickedTime): Promise<{ roomCode: string }>;
	/** A lesson that this person booked; null for everything else. */
	booked(learner: { id: string }, roomCode: string): Promise<Booked | null>;
}

export function createBookings(deps: {
	store: Store;
	now: () => number;
	/** ISO 4217. */
	currency: string;
	standingOf: (userId: string) => Promise<Standing>;
	/** Whether mails leave this server: then only a verified address books. */
	mailsLeave: boolean;
	changePlans: ChangePlans;
	/** Stores the lesson with all that follows from it; answers with its room code. */
	insert(change: Change, booking: NewBooking): Steps<string>;
}): Bookings {
	const { store, now, currency, changePlans } = deps;
	const { tables, db } = store;
	const allow = createAllowances(TRIES, now);

	/** After this instant nothing can be picked. */
	function until({ aheadDays }: Row<'bookingPages'>, at: number): number {
		return at + (aheadDays + 4) * DAY;
	}

	return {
		async page(slug, viewer) {
			const [found] = await selectPage(tables, db, slug);
			if (!found) return null;
			const { page, mentor } = found;
			const own = viewer?.id === mentor.id;
			if (!page.open && !own) return null;
			const at = now();
			const [hours, days, taken, busy, rating] = await Promise.all([
				selectHours(tables, db, mentor.id),
				selectDays(tables, db, mentor.id),
				selectTaken(tables, db, mentor.id, at - DAY, until(page, at)),
				viewer && !own ? selectTaken(tables, db, viewer.id, at, until(page, at)) : [],
				deps.standingOf(mentor.id)
			]);
			const open = toOpenHours(mentor.timeZone, hours, days);
			return {
				...{ slug, open: page.open, own, title: page.title, introduction: page.introduction },
				...{ lessonMinutes: page.lessonMinutes, priceMinor: page.priceMinor, currency },
				mentor: personOf(mentor),
				rating,
				times: freeTimes(open, page, taken.map(toTimes), at),
				busy: busy.map(toTimes)
			};
		},

		async book({ id }, slug, picked) {
			const parsed = bookingInput.safeParse(picked);
			if (!parsed.success) throw new Refusal('bad-input');
			const { startsAt, note, minutes, priceMinor } = parsed.data;
			if (!allow(id)) throw new Refusal('too-many');
			const roomCode = await changePlans(function* (change) {
				const { tx } = change;
				const [found] = yield* run(selectPage(tables, tx, slug));
				const [learner] = yield* run(selectUser(tables, tx, id));
				if (!found || !learner) throw new Refusal('not-found');
				yield* lockPage(tables, tx, found.mentor.id);
				// Once more: whoever held it before may have changed it.
				const [locked] = yield* run(selectPage(tables, tx, slug));
				if (!locked) throw new Refusal('not-found');
				const { page, mentor } = locked;
				if (learner.id === mentor.id) throw new Refusal('own-page');
				if (!page.open) throw new Refusal('not-found');
				if (learner.role !== 'learner') throw new Refusal('learners-only');
				const bookings = yield* run(selectBookings(tables, tx, id));
				const withMentor = bookings.filter((one) => one.mentorId === mentor.id);
				const earlier = withMentor.find((one) => one.startsAt.getTime() === startsAt);
				if (earlier) return earlier.roomCode;
				if (deps.mailsLeave && !learner.emailVerifiedAt) throw new Refusal('unverified');
				if (page.lessonMinutes !== minutes || page.priceMinor !== priceMinor)
					throw new Refusal('offer-changed');
				if (withMentor.length >= OPEN_BOOKINGS_MAX.oneMentor || bookings.length >= OPEN_BOOKINGS_MAX.together)
					throw new Refusal('too-many-bookings');

				const at = now();
				const hours = yield* run(selectHours(tables, tx, mentor.id));
				const days = yield* run(selectDays(tables, tx, mentor.id));
				const taken = yield* run(selectTaken(tables, tx, mentor.id, at - DAY, until(page, at)));
				const open = toOpenHours(mentor.timeZone, hours, days);
				if (!freeTimes(open, page, taken.map(toTimes), at).includes(startsAt))
					throw new Refusal('time-taken');
				return yield* deps.insert(change, {
					...{ page, mentor, learner, description: note },
					startsAt: new Date(startsAt),
					endsAt: new Date(startsAt + page.lessonMinutes * 60_000)
				});
			});
			return { roomCode };
		},

		async booked({ id }, roomCode) {
			const [found] = await selectBooking(tables, db, roomCode, id);
			if (!found) return null;
			const { session, mentor, slug } = found;
			const { title, description, priceMinor } = session;
			return {
				...{ roomCode, slug, title, description, priceMinor, currency },
				...{ startsAt: session.startsAt.getTime(), endsAt: session.endsAt.getTime() },
				mentor: personOf(mentor),
				cancelled: session.status === 'cancelled'
			};
		}
	};
}

function personOf({ id, name, timeZone, pictureKey }: Row<'users'>): BookingView['mentor'] {
	return { id, name, timeZone, picture: pictureVersion(pictureKey) };
}

function toTimes({ from, to }: { from: Date; to: Date }): { from: number; to: number } {
	return { from: from.getTime(), to: to.getTime() };
}
