import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatTime } from '../../shared/time.ts';
import type { Row } from '../db/store.ts';
import { planLesson, STARTS_AT, type Lesson } from '../sessions/lessonFixture.ts';
import { openMailRoom, type MailRoom } from './mailFixture.ts';
import { enqueueReminders } from './reminders.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

let lesson: Lesson;
let room: MailRoom;
let session: Row<'sessions'>;

beforeEach(async () => {
	lesson = await planLesson();
	room = openMailRoom(lesson);
	session = await lesson.session();
});
afterEach(() => lesson.close());

/** As planning does it: the session's new start (ms since the epoch) and its reminders in one transaction. */
async function move(startsAt: number, status: 'scheduled' | 'cancelled' = 'scheduled'): Promise<void> {
	const { sessions } = lesson.store.tables;
	const times = { startsAt: new Date(startsAt), endsAt: new Date(startsAt + 60 * MINUTE) };
	await lesson.store.transact(function* (tx) {
		yield tx
			.update(sessions)
			.set({ ...times, status })
			.returning({ id: sessions.id });
		if (status === 'scheduled')
			yield* enqueueReminders(lesson.store, tx, { ...session, ...times }, lesson.time.now());
	});
}

/** What is due, and the mails that come of it. */
async function run(): Promise<void> {
	await room.jobs.runDue('others');
	await room.jobs.runDue('mails');
}

/** Runs what is due up to an instant, in steps of five minutes. */
async function runUntil(instant: number): Promise<void> {
	while (lesson.time.now() < instant) {
		await lesson.time.advance(Math.min(5 * MINUTE, instant - lesson.time.now()));
		await run();
	}
}

/** Who was reminded how long before, by mail. */
function mailed(): string[] {
	return room.sent.map(({ subject, envelope }) => `${String(envelope?.to)} ${subject}`).sort();
}

async function told(userId: string): Promise<number[]> {
	const all = await room.notifications.latestOf(userId, 20);
	return all.flatMap((one) => (one.kind === 'session-soon' ? [one.payload.minutesBefore] : []));
}

describe('[A3] reminders', () => {
	test('come a day, an hour and ten minutes before, to each member once, by mail and in the list', async () => {
		const startsAt = STARTS_AT + 2 * DAY;
		await move(startsAt);
		await move(startsAt);
		await runUntil(startsAt - DAY);
		expect(mailed()).toEqual(
			['aisha', 'liam', 'maya'].map((name) => `${name}@x.test Fractions starts in 24 hours`)
		);
		await runUntil(startsAt + 5 * MINUTE);
		expect(room.sent).toHaveLength(9);
		for (const userId of ['maya', 'liam', 'aisha']) expect(await told(userId)).toEqual([10, 60, 1_440]);
		expect(await told('omar')).toEqual([]);
	});

	test('whose time has passed when the session is planned are not made', async () => {
		await move(lesson.time.now() + 30 * MINUTE);
		expect(await room.jobs.counts()).toMatchObject({ waiting: 1 });
		await runUntil(lesson.time.now() + 30 * MINUTE);
		expect(await told('liam')).toEqual([10]);
	});

	test('of a session that was moved or cancelled fall away', async () => {
		await move(STARTS_AT + 2 * DAY);
		await move(STARTS_AT + 4 * DAY);
		await runUntil(STARTS_AT + 2 * DAY + MINUTE);
		expect(room.sent).toEqual([]);
		await runUntil(STARTS_AT + 3 * DAY);
		expect(await told('liam')).toEqual([1_440]);
		await move(STARTS_AT + 4 * DAY, 'cancelled');
		await runUntil(STARTS_AT + 5 * DAY);
		expect(await told('liam')).toEqual([1_440]);
		expect(await room.jobs.counts()).toMatchObject({ waiting: 0, failed: 0 });
	});

	test('[K3] after hours without a server only the nearest one is told, and none after the start', async () => {
		await move(STARTS_AT + 2 * DAY);
		await lesson.time.advance(STARTS_AT + 2 * DAY - 50 * MINUTE - lesson.time.now());
		await run();
		expect(await told('liam')).toEqual([60]);
		await lesson.time.advance(50 * MINUTE);
		await run();
		expect(await told('liam')).toEqual([60]);
	});

	test('[K3] killed between claiming and telling: told once, and written once', async () => {
		await move(STARTS_AT + 2 * DAY);
		await lesson.time.advance(STARTS_AT + DAY - lesson.time.now());
		await run();
		const { jobs } = lesson.store.tables;
		await lesson.store.transact(function* (tx) {
			yield tx.update(jobs).set({ doneAt: null, leaseUntil: null }).returning({ id: jobs.id });
		});
		await run();
		expect(room.sent).toHaveLength(3);
		expect(await told('liam')).toEqual([1_440]);
	});

	test('[A4] [P12] a day before is 24 hours before, also over a night in which the clocks change', async () => {
		// 29 March 2026, 10:00 in Berlin: one hour of the night before is missing there.
		const startsAt = Date.UTC(2026, 2, 29, 8);
		await move(startsAt);
		const { users } = lesson.store.tables;
		await lesson.store.transact(function* (tx) {
			yield tx.update(users).set({ timeZone: 'Europe/Berlin' }).returning({ id: users.id });
		});
		await lesson.time.advance(startsAt - DAY - 1 - lesson.time.now());
		await run();
		expect(room.sent).toEqual([]);
		await lesson.time.advance(1);
		await run();
		expect(formatTime(lesson.time.now(), 'Europe/Berlin')).toBe('09:00');
		expect(room.sent[0]?.text).toContain('Sunday, 29 March 2026, 10:00 – 11:00 (CEST, Europe/Berlin)');
	});

	test('are not sent any more once the session began', async () => {
		const startsAt = STARTS_AT + 2 * DAY;
		await move(startsAt);
		room = openMailRoom(lesson, {
			send: async () => {
				throw new Error('away');
			},
			close: () => undefined
		});
		await runUntil(startsAt);
		await lesson.time.advance(2 * DAY);
		await run();
		const states = (await room.mails.latest()).map(({ sentAt, droppedAt }) => [sentAt, droppedAt !== null]);
		expect(states).toHaveLength(9);
		for (const state of states) expect(state).toEqual([null, true]);
	});
});
