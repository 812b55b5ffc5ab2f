import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../db/store.ts';
import { createEarnings } from '../earnings/earningsService.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { ENDS_AT, LIAM, planLesson, type Lesson } from './lessonFixture.ts';
import { createLifecycle } from './lifecycle.ts';

let lesson: Lesson;

beforeEach(async () => {
	lesson = await planLesson();
});
afterEach(() => lesson.close());

async function goTo(instant: number): Promise<void> {
	await lesson.time.advance(instant - lesson.time.now());
}

async function logged(session?: Row<'sessions'>): Promise<string[]> {
	const { id } = session ?? (await lesson.session());
	return (await lesson.roomLog.readAll(id)).map((entry) => entry.type);
}

describe('the start', () => {
	test('[L3] makes the session live, once, with its entry at the same instant', async () => {
		await Promise.all([1, 2, 3].map(async () => lesson.sessions.start(await lesson.session())));
		const session = await lesson.session();
		expect(session.status).toBe('live');
		expect(await lesson.roomLog.readAll(session.id)).toMatchObject([
			{ type: 'session.start', actorId: 'maya', at: session.startedAt?.getTime() }
		]);
	});

	test('[L3] from 15 minutes before the scheduled start until the scheduled end', async () => {
		const early = await lesson.planAnother();
		await lesson.store.transact(function* (tx) {
			const { sessions } = lesson.store.tables;
			yield tx
				.update(sessions)
				.set({ startsAt: new Date(lesson.time.now() + 15 * 60_000 + 1) })
				.returning();
		});
		await expect(lesson.sessions.start(early)).rejects.toMatchObject({ reason: 'too-early' });
		await lesson.time.advance(1);
		await lesson.sessions.start(early);
		await goTo(ENDS_AT - 1);
		const last = await lesson.session();
		await goTo(ENDS_AT);
		await expect(lesson.sessions.start(last)).rejects.toMatchObject({ reason: 'too-late' });
		expect(await logged(last)).toEqual([]);
	});

	test('[L3] a session that is over does not start again', async () => {
		const session = await lesson.session();
		await lesson.sessions.start(session);
		await lesson.sessions.end(session, 'mentor');
		await expect(lesson.sessions.start(session)).rejects.toMatchObject({ reason: 'session-over' });
	});
});

describe('extending', () => {
	test('[M2] moves the end by 5, 10 or 15 minutes, each client id once', async () => {
		const session = await lesson.session();
		await lesson.sessions.start(session);
		await Promise.all([1, 2, 3].map(() => lesson.sessions.extend(session, 'x1', 5)));
		await lesson.sessions.extend(session, 'x2', 15);
		expect((await lesson.session()).endsAt.getTime()).toBe(ENDS_AT + 20 * 60_000);
		expect((await lesson.roomLog.readAll(session.id)).slice(1)).toMatchObject([
			{ clientId: 'x1', payload: { minutes: 5, endsAt: ENDS_AT + 5 * 60_000 } },
			{ clientId: 'x2', payload: { minutes: 15, endsAt: ENDS_AT + 20 * 60_000 } }
		]);
	});

	test.each([
		['x1', 10, 'id-conflict'],
		['x3', 7, 'bad-input'],
		['session:end', 5, 'bad-input']
	] as const)('[M2] by “%s” and %i minutes is refused: %s', async (clientId, minutes, reason) => {
		const session = await lesson.session();
		await lesson.sessions.start(session);
		await lesson.sessions.extend(session, 'x1', 5);
		await expect(lesson.sessions.extend(session, clientId, minutes)).rejects.toMatchObject({ reason });
		expect((await lesson.session()).endsAt.getTime()).toBe(ENDS_AT + 5 * 60_000);
	});

	test('[M2] only while the session is live', async () => {
		const session = await lesson.session();
		const extend = () => lesson.sessions.extend(session, 'x1', 5);
		await expect(extend()).rejects.toMatchObject({ reason: 'not-live' });
		await lesson.sessions.start(session);
		await lesson.sessions.end(session, 'mentor');
		await expect(extend()).rejects.toMatchObject({ reason: 'session-over' });
		expect((await lesson.session()).endsAt.getTime()).toBe(ENDS_AT);
	});
});

describe('no-shows', () => {
	test('[F9] a session whose end passes without a start is missed, with who was there; nothing is earned', async () => {
		const attendance = createAttendance(lesson);
		const stay = { id: 'stay', member: LIAM };
		await attendance.join(await lesson.session(), stay, 'seat', lesson.time.now());
		const seenAt = new Date(lesson.time.now());
		await goTo(ENDS_AT);
		expect(await lesson.sessions.markMissed()).toBe(1);
		expect(await lesson.sessions.markMissed()).toBe(0);
		const session = await lesson.session();
		expect(session.status).toBe('missed');
		expect(await lesson.store.db.select().from(lesson.store.tables.ledger)).toEqual([]);
		expect(await attendance.list(session.id)).toMatchObject([{ userId: 'liam', leftAt: seenAt }]);
		await expect(lesson.sessions.start(session)).rejects.toMatchObject({ reason: 'session-over' });
	});

	test('[F9] nor is one that was moved after it was found overdue', async () => {
		const { store } = lesson;
		const found = await lesson.session();
		const lifecycle = createLifecycle({
			...{
				...lesson,
				attendance: createAttendance(lesson),
				earnings: createEarnings({ store, currency: 'EUR' })
			},
			...{ startEarlyMs: 0, ratingReminderMs: 0 }
		});
		expect(await lifecycle.miss(found)).toBe(false);
		expect((await lesson.session()).status).toBe('scheduled');
		await goTo(ENDS_AT);
		expect(await lifecycle.miss(found)).toBe(true);
	});

	test('[F9] a session that runs is not missed', async () => {
		await lesson.sessions.start(await lesson.session());
		await goTo(ENDS_AT);
		expect(await lesson.sessions.markMissed()).toBe(0);
		expect((await lesson.session()).status).toBe('live');
	});
});
