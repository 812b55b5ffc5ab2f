import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { createBus } from '../../src/lib/server/bus/bus.ts';
import { createNotifications } from '../../src/lib/server/notifications/notificationsService.ts';
import { expectNoViolation } from '../support/axe.ts';
import { fileUploads } from '../support/fileUpload.ts';
import { test as base, expect } from '../support/lessonTest.ts';
import { openClient } from '../support/liveClient.ts';
import { expectSaid, expectToast } from '../support/noticeLog.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

/** A server that reminds at once. */
const test = base.extend<object, { world: World }>({
	world: [
		async ({}, use) => {
			const world = await startWorld({ env: { RATING_REMINDER_MINUTES: '0' } });
			await use(world);
			await world.close();
		},
		{ scope: 'worker' }
	]
});

const bell = (page: Page) => page.getByRole('button', { name: /^Notifications, / });
const panel = (page: Page) => page.getByRole('dialog', { name: 'Notifications' });

/** Everybody comes, and the mentor starts and ends: without windows of their own, which would read the recap. */
async function hold(world: World, { roomCode, mentor, learners }: Lesson): Promise<void> {
	const clients = [mentor, ...learners].map((person) => openClient(world.url, person));
	const seats = clients.map((client) => client.followLive({ roomCode }));
	for (const seat of seats) await expect.poll(() => seat.people().length).toBe(clients.length);
	await clients[0]!.trpc.room.start.mutate({ roomCode });
	await clients[0]!.trpc.room.end.mutate({ roomCode });
	await Promise.all(clients.map((client) => client.close()));
}

test('[F5] [Y1] the reminder comes live, by keyboard leads to the rating, and is read on every device', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: 'Fractions' });
	const { page } = await open(lesson.learners[0]!);
	const { page: phone } = await open(lesson.learners[0]!);
	const mentor = await open(lesson.mentor);
	await mentor.page.goto('/sessions/new');
	await mentor.page.getByLabel('Title').fill('Half written');
	await page.goto('/');
	await phone.goto('/notifications');
	for (const each of [page, phone, mentor.page])
		await expect(bell(each)).toHaveAccessibleName('Notifications, none unread');
	await expect(phone.getByText('Nothing yet', { exact: true })).toBeVisible();

	await hold(world, lesson);
	await expect(bell(page)).toHaveAccessibleName('Notifications, 2 unread');
	// Together, or one after the other: whichever way they came.
	await expectSaid(page, /^2 new notifications\. |^How was “Fractions”\?/);
	await expectToast(page, /2 new notifications|How was “Fractions”\?/);
	await expect(phone.getByRole('link', { name: 'Unread: How was “Fractions”?' })).toHaveCount(1);
	// What somebody is writing stays as it is.
	await expect(bell(mentor.page)).toHaveAccessibleName('Notifications, 2 unread');
	await expect(mentor.page.getByLabel('Title')).toHaveValue('Half written');

	await bell(page).focus();
	await page.keyboard.press('Enter');
	await expect(panel(page)).toBeFocused();
	await expectNoViolation(page, 'panel of notifications');
	await page.keyboard.press('Escape');
	await expect(panel(page)).toBeHidden();
	await expect(bell(page)).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(panel(page)).toBeFocused();
	const reminder = panel(page).getByRole('link', { name: 'How was “Fractions”?' });
	for (let presses = 0; presses < 5; presses += 1) {
		await page.keyboard.press('Tab');
		if (await reminder.evaluate((link) => link === document.activeElement)) break;
	}
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/recap#feedback$/);
	await expect(page.getByRole('radio', { name: '5 stars' })).toBeVisible();
	for (const each of [page, phone])
		await expect(bell(each)).toHaveAccessibleName('Notifications, none unread');
	await expect(phone.getByRole('link', { name: /Unread/ })).toHaveCount(0);
});

test('[F5] who comes later finds the reminder once, marks all as read and chooses what to be told', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: 'Fractions' });
	await hold(world, lesson);
	const { page } = await open(lesson.learners[0]!, { context: { colorScheme: 'dark' } });
	// They are written before the page is opened, which is not told of them but finds them.
	const { notifications } = world.store.tables;
	const told = () =>
		world.store.db.select().from(notifications).where(eq(notifications.userId, lesson.learners[0]!.id));
	await expect.poll(async () => (await told()).length).toBe(2);
	await page.goto('/');
	await expect(bell(page)).toHaveAccessibleName('Notifications, 2 unread');
	await bell(page).click();
	await expectNoViolation(page, 'panel of notifications, dark');
	await panel(page).getByRole('link', { name: 'See all' }).click();
	await expect(page).toHaveTitle('Notifications – PeerLearn');
	const main = page.getByRole('main');
	await expect(main.getByRole('link', { name: 'How was “Fractions”?' })).toHaveCount(1);
	await expect(main.getByRole('link', { name: /^Unread: / })).toHaveCount(2);
	await main.getByRole('button', { name: 'Mark all as read' }).click();
	await expect(main.getByRole('link', { name: /^Unread: / })).toHaveCount(0);
	await expect(bell(page)).toHaveAccessibleName('Notifications, none unread');
	await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

	const reminders = page.getByRole('switch', { name: 'Reminders to rate' });
	await expect(reminders).toBeChecked();
	await reminders.focus();
	await page.keyboard.press('Space');
	await expect(main.getByText('Saved', { exact: true })).toBeVisible();
	await expectSaid(page, 'Reminders to rate: Saved');
	await expectNoViolation(page, 'notifications, a choice saved');
	await page.reload();
	await expect(reminders).not.toBeChecked();
	await hold(world, await world.lesson({ ...lesson, title: 'Decimals' }));
	await expect(main.getByRole('link', { name: /“Decimals” has ended/ })).toHaveCount(1);
	await expect(main.getByRole('link', { name: 'How was “Decimals”?' })).toHaveCount(0);

	// A recap that lies behind other tabs reads nothing; once it is looked at it does.
	const behind = await page.context().newPage();
	await behind.goto(`${lesson.path}/recap`);
	const turn = (visibility: DocumentVisibilityState) =>
		behind.evaluate((is) => {
			Object.defineProperty(document, 'visibilityState', { value: is, configurable: true });
			document.dispatchEvent(new Event('visibilitychange'));
		}, visibility);
	await turn('hidden');
	await fileUploads(world.url, lesson, lesson.mentor).handOver(
		'notes.txt',
		new TextEncoder().encode('notes')
	);
	await expect(behind.getByRole('link', { name: /notes\.txt/ })).toBeVisible();
	await expect(main.getByRole('link', { name: 'Unread: New file for “Fractions”' })).toHaveCount(1);
	await expect(bell(behind)).toHaveAccessibleName('Notifications, 2 unread');
	await turn('visible');
	await expect(bell(behind)).toHaveAccessibleName('Notifications, 1 unread');
	await behind.close();

	// Whoever follows one has read it, also where it leads into the room.
	const next = await world.lesson({ ...lesson, title: 'Halves', startsIn: 3_600 });
	const payload = { roomCode: next.roomCode, title: 'Halves', startsAt: Date.now(), minutesBefore: 60 };
	const bus = createBus(() => undefined);
	await createNotifications({ store: world.store, bus, now: Date.now }).add([
		{ userId: lesson.learners[0]!.id, kind: 'session-soon', uniqueKey: 'soon', payload }
	]);
	await page.reload();
	await main.getByRole('link', { name: 'Unread: “Halves” starts in 1 hour' }).click();
	await expect(page).toHaveURL(next.path);
	await page.goto('/notifications');
	await expect(main.getByRole('link', { name: '“Halves” starts in 1 hour', exact: true })).toHaveCount(1);
});
