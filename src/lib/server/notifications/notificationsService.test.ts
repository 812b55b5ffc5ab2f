import { afterEach, beforeEach, expect, test } from 'vitest';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createNotifications, type NewNotification, type Notifications } from './notificationsService.ts';
import { personTopic } from './personMessages.ts';

let lesson: Lesson;
let notifications: Notifications;
let told: unknown[];

beforeEach(async () => {
	lesson = await planLesson();
	notifications = createNotifications({ ...lesson, now: lesson.time.now });
	told = [];
	lesson.bus.subscribe(personTopic('liam'), (message) => told.push(message));
});
afterEach(() => lesson.close());

function reminder(uniqueKey: string, userId = 'liam'): NewNotification {
	return { userId, kind: 'rating-reminder', uniqueKey, payload: { roomCode: 'room', title: 'Fractions' } };
}

test('[F5] a notification is stored and told once, however often it is added', async () => {
	await Promise.all([1, 2, 3].map(() => notifications.add([reminder('a')])));
	const stored = await notifications.latestOf('liam', 10);
	expect(stored).toMatchObject([{ kind: 'rating-reminder', payload: { title: 'Fractions' }, readAt: null }]);
	expect(told).toEqual([{ type: 'notification', notification: stored[0] }]);
});

test('[F5] people see their own, the newest first', async () => {
	await notifications.add([reminder('a'), reminder('b', 'aisha')]);
	await lesson.time.advance(1_000);
	await notifications.add([reminder('c')]);
	const times = (await notifications.latestOf('liam', 10)).map((one) => one.createdAt);
	expect(times).toEqual([lesson.time.now(), lesson.time.now() - 1_000]);
	expect(await notifications.latestOf('liam', 1)).toHaveLength(1);
});

test('[F2] all of one call or none', async () => {
	await expect(notifications.add([reminder('a'), reminder('b', 'nobody')])).rejects.toThrow();
	expect(await notifications.latestOf('liam', 10)).toEqual([]);
	expect(told).toEqual([]);
});
