import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Availability } from '../../shared/availabilityForm.ts';
import { OPEN_BOOKINGS_MAX } from '../../shared/booking.ts';
import { formatTime } from '../../shared/time.ts';
import { run } from '../db/store.ts';
import type { Mails, NewMail } from '../mail/mailKinds.ts';
import { personTopic } from '../notifications/personMessages.ts';
import { createChangePlans } from '../planning/planChange.ts';
import { createNotifications } from '../notifications/notificationsService.ts';
import { planLesson, STARTS_AT, type Lesson } from '../sessions/lessonFixture.ts';
import { createAvailabilities, type Availabilities } from './availabilityService.ts';
import { createBookings, type Bookings } from './bookingService.ts';
import { createInsertBooking } from './insertBooking.ts';

const HOUR = 3_600_000;
const MAYA = { id: 'maya', role: 'mentor', timeZone: 'UTC' } as const;
const LIAM = { id: 'liam' };
const NINE_TO_FIVE = Array.from({ length: 7 }, () => [{ from: 540, to: 1_020 }]);
const PAGE: Availability['page'] = {
	...{ slug: 'maya', open: true, title: 'A lesson with Maya', introduction: 'Hello.' },
	...{ lessonMinutes: 60, priceMinor: 3_500, pauseMinutes: 0, noticeHours: 2, aheadDays: 7 }
};
/** The day after the lesson that is planned already, at nine. */
const NINE = STARTS_AT + 23 * HOUR;

let lesson: Lesson;
let availabilities: Availabilities;
let bookings: Bookings;
let sent: NewMail[];
let reminded: string[];

function open(mailsLeave = false): void {
	const { store, bus, time } = lesson;
	const mails: Mails = {
		leave: mailsLeave,
		*enqueue(_tx, given) {
			sent.push(...given);
		}
	};
	const { roomLog } = lesson;
	const deps = { store, bus, roomLog, mails, now: time.now, currency: 'EUR' };
	const notifications = createNotifications(deps);
	reminded = [];
	availabilities = createAvailabilities(deps);
	bookings = createBookings({
		...deps,
		standingOf: async () => ({ ratings: 0, average: null }),
		mailsLeave,
		changePlans: createChangePlans({ ...deps, notifications }),
		insert: createInsertBooking({
			...deps,
			*remind(_tx, session) {
				reminded.push(session.id);
			}
		})
	});
}

beforeEach(async () => {
	lesson = await planLesson();
	sent = [];
	open();
	await availabilities.save(MAYA, { week: NINE_TO_FIVE, days: [], page: PAGE });
});
afterEach(() => lesson.close());

const picked = (startsAt: number) => ({
	startsAt,
	note: 'Fractions, please.',
	minutes: 60,
	priceMinor: 3_500
});
const book = (startsAt: number, who = LIAM) => bookings.book(who, 'maya', picked(startsAt));
const timesOf = async () => (await bookings.page('maya', null))!.times;
const sessions = () => lesson.store.db.select().from(lesson.store.tables.sessions);

describe('[A2] availability', () => {
	test('is read as it was saved, in the place of what was there', async () => {
		const days = [{ date: '2026-03-05', hours: [] }];
		await availabilities.save(MAYA, { week: NINE_TO_FIVE, days, page: { ...PAGE, slug: 'maya-o' } });
		expect(await availabilities.read(MAYA)).toEqual({
			...{ week: NINE_TO_FIVE, days },
			page: { ...PAGE, slug: 'maya-o' }
		});
		expect(await bookings.page('maya', null)).toBeNull();
	});

	test('an address belongs to one page; learners have none', async () => {
		const ines = { id: 'omar', role: 'mentor' } as const;
		const own = { week: [], days: [], page: PAGE };
		await expect(availabilities.save(ines, own)).rejects.toMatchObject({ reason: 'address-taken' });
		await expect(availabilities.save({ ...ines, role: 'learner' }, own)).rejects.toMatchObject({
			reason: 'not-mentor'
		});
	});
});

describe('[A2] a booking page', () => {
	test('shows free times without those of sessions, and nothing else about them', async () => {
		const view = (await bookings.page('maya', null))!;
		expect(view).toMatchObject({ mentor: { name: 'Maya', timeZone: 'UTC' }, title: PAGE.title, own: false });
		const today = view.times.filter((at) => at < STARTS_AT + 14 * HOUR).map((at) => formatTime(at, 'UTC'));
		// Five to ten in the morning, two hours of notice, a lesson from ten to eleven.
		expect(today[0]).toBe('12:00');
		expect(JSON.stringify(view)).not.toMatch(/@|Fractions/);
		expect(view.busy).toEqual([]);
	});

	test('tells a learner when they have something else, and only them', async () => {
		expect((await bookings.page('maya', LIAM))!.busy).toEqual([{ from: STARTS_AT, to: STARTS_AT + HOUR }]);
	});

	test('that is closed is seen by its mentor alone', async () => {
		await availabilities.save(MAYA, { week: NINE_TO_FIVE, days: [], page: { ...PAGE, open: false } });
		expect(await bookings.page('maya', LIAM)).toBeNull();
		expect(await bookings.page('maya', MAYA)).toMatchObject({ open: false, own: true });
		await expect(book(NINE)).rejects.toMatchObject({ reason: 'not-found' });
		expect(await bookings.page('nobody', null)).toBeNull();
	});

	test('of a mentor who deleted their account is gone', async () => {
		await lesson.store.transact(function* (tx) {
			yield* run(
				tx
					.update(lesson.store.tables.users)
					.set({ deletedAt: new Date(1) })
					.returning()
			);
		});
		expect(await bookings.page('maya', null)).toBeNull();
	});
});

describe('[A2] booking', () => {
	test('plans the session, tells both by mail and their open pages', async () => {
		const told: string[] = [];
		for (const id of ['maya', 'liam', 'omar']) lesson.bus.subscribe(personTopic(id), () => told.push(id));
		const { roomCode } = await book(NINE);
		const session = (await sessions()).find((one) => one.roomCode === roomCode)!;
		expect(session).toMatchObject({
			...{ mentorId: 'maya', bookedById: 'liam', title: PAGE.title, description: 'Fractions, please.' },
			...{ status: 'scheduled', startsAt: new Date(NINE), endsAt: new Date(NINE + HOUR), priceMinor: 3_500 }
		});
		expect((await lesson.sessions.membersOf(session.id)).map((one) => `${one.userId} ${one.role}`)).toEqual([
			...['maya mentor', 'liam learner']
		]);
		expect(sent.map(({ kind, to, payload }) => [kind, to.userId, 'name' in payload && payload.name])).toEqual(
			[
				['lesson-booked', 'maya', 'Liam'],
				['lesson-booked', 'liam', 'Maya']
			]
		);
		expect(told.sort()).toEqual(['liam', 'maya', 'maya']);
		expect(reminded).toEqual([session.id]);
		expect(await lesson.store.db.select().from(lesson.store.tables.notifications)).toMatchObject([
			{ userId: 'maya', kind: 'session-booked', payload: { roomCode, name: 'Liam', startsAt: NINE } }
		]);
		expect(await timesOf()).not.toContain(NINE);
		expect(await bookings.booked(LIAM, roomCode)).toMatchObject({ startsAt: NINE, slug: 'maya' });
		expect(await bookings.booked({ id: 'omar' }, roomCode)).toBeNull();
	});

	test('repeated it is the same booking; of two learners one wins', async () => {
		const attempts = ['liam', 'aisha', 'omar', 'liam'].map((id) =>
			book(NINE, { id }).catch((error) => error.reason)
		);
		const outcomes = await Promise.all(attempts);
		expect(outcomes[0]).toEqual(outcomes[3]);
		expect(outcomes.slice(1, 3)).toEqual(['time-taken', 'time-taken']);
		expect(sent).toHaveLength(2);
	});

	test('only what is offered: no other time, length or price', async () => {
		await expect(book(NINE + 60_000)).rejects.toMatchObject({ reason: 'time-taken' });
		await expect(book(NINE + 60 * 24 * HOUR)).rejects.toMatchObject({ reason: 'time-taken' });
		await expect(book(Number.NaN)).rejects.toMatchObject({ reason: 'bad-input' });
		const cheap = { ...picked(NINE), priceMinor: 1 };
		await expect(bookings.book(LIAM, 'maya', cheap)).rejects.toMatchObject({ reason: 'offer-changed' });
		const long = { ...picked(NINE), minutes: 600 };
		await expect(bookings.book(LIAM, 'maya', long)).rejects.toMatchObject({ reason: 'offer-changed' });
	});

	test('not by the mentor, not by another mentor', async () => {
		await expect(book(NINE, MAYA)).rejects.toMatchObject({ reason: 'own-page' });
		await lesson.store.transact(function* (tx) {
			yield* run(tx.update(lesson.store.tables.users).set({ role: 'mentor' }).returning());
		});
		await expect(book(NINE)).rejects.toMatchObject({ reason: 'learners-only' });
	});

	test('where mails leave, only with a verified address', async () => {
		open(true);
		await expect(book(NINE)).rejects.toMatchObject({ reason: 'unverified' });
		await lesson.store.transact(function* (tx) {
			yield* run(
				tx
					.update(lesson.store.tables.users)
					.set({ emailVerifiedAt: new Date(1) })
					.returning()
			);
		});
		expect(await book(NINE)).toHaveProperty('roomCode');
	});

	test('[B6] nobody fills a calendar', async () => {
		for (let nth = 0; nth < OPEN_BOOKINGS_MAX.oneMentor; nth += 1) await book(NINE + nth * HOUR);
		const next = NINE + OPEN_BOOKINGS_MAX.oneMentor * HOUR;
		await expect(book(next)).rejects.toMatchObject({ reason: 'too-many-bookings' });
		expect(await book(next, { id: 'aisha' })).toHaveProperty('roomCode');
		const tries = Array.from({ length: 20 }, () =>
			book(next).catch((error: { reason: string }) => error.reason)
		);
		expect(await Promise.all(tries)).toContain('too-many');
	});
});
