import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFigures, type Figures } from '../earnings/figuresService.ts';
import { createNotifications, type Notifications } from '../notifications/notificationsService.ts';
import { personTopic } from '../notifications/personMessages.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { ENDS_AT, LIAM, MAYA, planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createJobs, enqueueJobs, type Jobs } from './jobsService.ts';
import { createSessionJobs } from './sessionJobs.ts';

let lesson: Lesson;
let notifications: Notifications;
let jobs: Jobs;
let figures: Figures;
let rated: string[];
let told: string[];

beforeEach(async () => {
	lesson = await planLesson();
	rated = [];
	told = [];
	notifications = createNotifications({ ...lesson, now: lesson.time.now });
	figures = createFigures({ ...lesson, now: lesson.time.now });
	const handlers = createSessionJobs({
		figures,
		notifications,
		sessions: lesson.sessions,
		hasRated: async (_session, userId) => rated.includes(userId)
	});
	const nothing = () => Promise.resolve();
	jobs = createJobs({
		store: lesson.store,
		now: lesson.time.now,
		handlers: {
			...handlers,
			...{ 'reveal-ratings': nothing, 'notify-revealed': nothing },
			...{ 'send-mail': nothing, 'session-soon': nothing, 'remove-file': nothing }
		},
		onError(error) {
			throw error;
		}
	});
	for (const userId of ['maya', 'liam', 'aisha']) {
		lesson.bus.subscribe(personTopic(userId), (message) => {
			const { type } = message as { type: string };
			if (type !== 'sessions') told.push(`${userId} ${type}`);
		});
	}
	const session = await lesson.session();
	await lesson.sessions.start(session);
	for (const member of [MAYA, LIAM]) {
		const stay = { id: `stay-${member.userId}`, member };
		await createAttendance(lesson).join(session, stay, 'seat', lesson.time.now());
	}
	await lesson.time.advance(5_000);
	await lesson.sessions.end(session, 'mentor');
});
afterEach(() => lesson.close());

async function kindsOf(userId: string): Promise<string[]> {
	return (await notifications.latestOf(userId, 10)).map((notification) => notification.kind);
}

describe('after the end', () => {
	test('[F2] every member is told once, and the mentor’s dashboards refresh', async () => {
		await jobs.runDue();
		await jobs.runDue();
		expect(told.sort()).toEqual([
			'aisha notification',
			'liam notification',
			'maya earnings',
			'maya notification'
		]);
		const { roomCode } = await lesson.session();
		expect(await notifications.latestOf('liam', 10)).toMatchObject([
			{ kind: 'session-ended', payload: { roomCode, title: 'Fractions', durationSeconds: 5 }, readAt: null }
		]);
	});

	test('[F7] whoever is told that earnings changed finds the figures there', async () => {
		const found: unknown[] = [];
		lesson.bus.subscribe(personTopic('maya'), (message) => {
			if ((message as { type: string }).type === 'earnings') found.push(figures.totalsOf('maya'));
		});
		await jobs.runDue();
		expect(await Promise.all(found)).toMatchObject([[{ sessions: 1, amountMinor: 4_500 }]]);
	});

	test('[K2] a job that runs again after a kill changes nothing', async () => {
		await jobs.runDue();
		const { jobs: table } = lesson.store.tables;
		await lesson.store.transact(function* (tx) {
			yield tx
				.update(table)
				.set({ doneAt: null, dueAt: new Date(0) })
				.returning();
		});
		told = [];
		await jobs.runDue();
		await jobs.runDue();
		expect(told.filter((line) => line.endsWith('notification'))).toHaveLength(2);
		expect((await kindsOf('liam')).sort()).toEqual(['rating-reminder', 'session-ended']);
	});

	test('[F5] five minutes later whoever was there and has not rated is reminded, once', async () => {
		rated = ['maya'];
		await lesson.time.advance(299_999);
		await jobs.runDue();
		expect(await kindsOf('liam')).toEqual(['session-ended']);
		await lesson.time.advance(1);
		await jobs.runDue();
		expect((await kindsOf('liam')).sort()).toEqual(['rating-reminder', 'session-ended']);
		expect(await kindsOf('maya')).toEqual(['session-ended']);
		expect(await kindsOf('aisha')).toEqual(['session-ended']);
		expect(await jobs.counts()).toMatchObject({ waiting: 0, failing: 0 });
	});

	test('[F3] [F5] of a file handed over after the end the learners are told once; of one during the lesson nobody', async () => {
		const { id: sessionId, roomCode, endedAt } = await lesson.session();
		const hand = (resourceId: string, addedAt: number) =>
			lesson.store.transact((tx) =>
				enqueueJobs(lesson.store, tx, [
					{
						kind: 'tell-material',
						uniqueKey: `tell-material:${resourceId}`,
						payload: { sessionId, resourceId, fileName: `${resourceId}.pdf`, addedAt },
						dueAt: addedAt
					}
				])
			);
		await hand('during', endedAt!.getTime() - 1);
		for (let time = 0; time < 2; time += 1) {
			await hand('after', endedAt!.getTime() + 1);
			await jobs.runDue();
			await lesson.time.advance(1_000);
		}
		const files = async (userId: string) =>
			(await notifications.latestOf(userId, 20)).filter(({ kind }) => kind === 'material-added');
		expect(await files('liam')).toMatchObject([
			{ payload: { roomCode, title: 'Fractions', fileName: 'after.pdf' } }
		]);
		expect([(await files('aisha')).length, (await files('maya')).length]).toEqual([1, 0]);
	});
});

test('[F9] every member is told once that nobody started the session, and nobody is asked to rate', async () => {
	const missed = await lesson.planAnother();
	await lesson.time.advance(ENDS_AT - lesson.time.now());
	expect(await lesson.sessions.markMissed()).toBe(1);
	await jobs.runDue();
	await lesson.time.advance(600_000);
	await jobs.runDue();
	for (const userId of ['maya', 'liam', 'aisha']) {
		const told = await notifications.latestOf(userId, 10);
		expect(told.filter(({ payload }) => payload.roomCode === missed.roomCode)).toMatchObject([
			{ kind: 'session-missed', payload: { title: 'Fractions' } }
		]);
	}
});
