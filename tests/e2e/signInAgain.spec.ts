import type { Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear, trackStates } from '../support/mediaProbe.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { PASSWORD, type Person } from '../support/world.ts';

/** The page's goodbye comes from somebody who is signed out by then, and a socket is refused. */
const EXPECTED = /goodbye|WebSocket|401/;

async function signOutElsewhere({ page }: RoomPage): Promise<Page> {
	const other = await page.context().newPage();
	await other.goto('/');
	await other.getByRole('button', { name: /Account of/ }).click();
	await other.getByRole('button', { name: 'Sign out' }).click();
	await expect(other.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
	return other;
}

async function signIn(page: Page, { email }: Person): Promise<void> {
	await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
	await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('[P10] [T10] signed out in the lesson: signing in in another tab is enough, nothing is lost', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson, { expectErrors: EXPECTED });
	await learner.page.evaluate(() => void (document.body.dataset.sameLoad = 'yes'));
	await learner.control('Open chat').click();
	await learner.page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
	const other = await signOutElsewhere(learner);
	const banner = learner.page.getByRole('banner').getByRole('link', { name: 'Sign in' });
	await expect(banner).toBeVisible();
	// The picture stays meanwhile.
	await expect(learner.videoOf(mentor.person)).toBeVisible();
	await expectToSeeAndHear(learner.page);

	await other.goto('/login');
	await signIn(other, learner.person);
	await expect(other.getByRole('button', { name: /Account of/ })).toBeVisible();
	await expect(banner).toHaveCount(0);
	expect(await learner.page.evaluate(() => document.body.dataset.sameLoad)).toBe('yes');
	await expect(learner.page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a thought');
	await learner.page.getByRole('textbox', { name: 'Message' }).press('Enter');
	await mentor.control('Open chat').click();
	await expect(mentor.chat).toContainText('half a thought');
	for (const { page } of [mentor, learner]) {
		await expect(page.getByText('2 in the room')).toBeVisible();
		await expectToSeeAndHear(page);
	}
	expect(await trackStates(learner.page, 'camera')).toEqual(['live']);
});

test('[P10] “Sign in” leads back into the room, with what was typed and what was sent meanwhile', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson, { expectErrors: EXPECTED });
	await learner.control('Open chat').click();
	await signOutElsewhere(learner);
	const banner = learner.page.getByRole('banner').getByRole('link', { name: 'Sign in' });
	await expect(banner).toBeVisible();
	await learner.say('sent while signed out');
	await learner.page.getByRole('textbox', { name: 'Message' }).fill('half a thought');
	await banner.click();
	await signIn(learner.page, learner.person);
	await learner.inCall();
	for (const { page } of [mentor, learner]) await expectToSeeAndHear(page);
	await learner.control(/^Open chat/).click();
	await expect(learner.page.getByRole('textbox', { name: 'Message' })).toHaveValue('half a thought');
	await mentor.control(/^Open chat/).click();
	await expect(mentor.chat.getByText('sent while signed out')).toHaveCount(1);
	const texts = (await world.log(lesson)).filter(({ type }) => type === 'chat.message');
	expect(texts.map(({ payload }) => payload.text)).toEqual(['sent while signed out']);
});

test('[P10] somebody else who signs in does not get the place, the words or the picture', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const stranger = await world.person('learner');
	const [, learner] = await inCall(lesson, { expectErrors: EXPECTED });
	const other = await signOutElsewhere(learner);
	await other.goto('/login');
	await signIn(other, stranger);
	await expect(other.getByRole('button', { name: /Account of/ })).toBeVisible();
	// It is looked every three seconds.
	const answer = await learner.page.waitForResponse((response) => response.url().endsWith('/login'));
	expect(await answer.json()).toEqual({ userId: null });
	await expect(learner.page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
});

test('[S2] signed out elsewhere, pages outside the room are out too, but for what somebody is writing', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor, { expectErrors: EXPECTED });
	await mentor.page.goto('/dashboard');
	const plan = await mentor.page.context().newPage();
	await plan.goto('/sessions/new');
	const title = plan.getByRole('textbox', { name: 'Title' });
	await title.fill('Half a plan');
	await signOutElsewhere(mentor);
	await expect(mentor.page).toHaveURL(/\/login\?next=%2Fdashboard$/);
	await expect(plan.getByText('Please sign in to go on.').first()).toBeVisible();
	await expect(title).toHaveValue('Half a plan');
	await signIn(mentor.page, lesson.mentor);
	await expect(mentor.page).toHaveURL('/dashboard');
});
