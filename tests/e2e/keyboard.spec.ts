import type { Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { PASSWORD } from '../support/world.ts';

/** Presses Tab until the thing with this name has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'link' | 'radio', name: string): Promise<void> {
	const wanted = page.getByRole(role, { name, exact: true });
	await expect(wanted).toBeVisible();
	for (let presses = 0; presses < 40; presses += 1) {
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`Tab never reached ${role} “${name}”.`);
}

test('[Y1] [Y2] a whole lesson without a mouse', async ({ world, open }) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor, { signedIn: false });
	const learner = await open(lesson.learners[0]!);
	await learner.goTo(lesson);
	await learner.turnOnDevices();
	const { page } = mentor;
	const { keyboard } = page;

	await mentor.goTo(lesson);
	await tabTo(page, 'textbox', 'E-mail');
	await keyboard.type(lesson.mentor.email);
	await keyboard.press('Tab');
	await keyboard.type(PASSWORD);
	await keyboard.press('Enter');
	await expect(page).toHaveTitle(new RegExp(lesson.title));

	await tabTo(page, 'button', 'Turn on camera and microphone');
	await keyboard.press('Enter');
	await expect(mentor.button('Turn camera off')).toBeVisible();
	await tabTo(page, 'button', 'Start session');
	await keyboard.press('Enter');
	await mentor.inCall();

	// The toolbar is one stop; arrows move inside, Home and End to its ends.
	await tabTo(page, 'button', 'Mute microphone');
	await keyboard.press('ArrowRight');
	await expect(mentor.control('Turn camera off')).toBeFocused();
	await keyboard.press('ArrowLeft');
	await keyboard.press('Space');
	await expect(mentor.control('Unmute microphone')).toBeFocused();
	await expect(learner.lineOf(lesson.mentor)).toContainText('microphone off');
	await keyboard.press('End');
	await expect(mentor.control('End session')).toBeFocused();
	await keyboard.press('Home');
	await expect(mentor.control('Unmute microphone')).toBeFocused();
	const stops = await mentor.toolbar
		.getByRole('button')
		.evaluateAll((all) => all.map((each) => each.tabIndex));
	expect(stops.filter((tabIndex) => tabIndex === 0)).toHaveLength(1);

	for (let presses = 0; presses < 3; presses += 1) await keyboard.press('ArrowRight');
	await expect(mentor.control('Open chat')).toBeFocused();
	await keyboard.press('Enter');
	await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
	await keyboard.type('typed');
	await keyboard.press('Enter');
	await learner.control('Open chat').click();
	await expect(learner.chat).toContainText('typed');
	await keyboard.press('Escape');
	await expect(mentor.control('Open chat')).toBeFocused();
	await keyboard.press('ArrowRight');
	await expect(mentor.control('Open whiteboard')).toBeFocused();

	await keyboard.press('End');
	await keyboard.press('Enter');
	await expect(mentor.button('Cancel')).toBeFocused();
	await tabTo(page, 'button', 'End for everyone');
	await keyboard.press('Enter');

	await expect(page.getByRole('dialog')).toBeVisible();
	await tabTo(page, 'radio', '1 star');
	for (let presses = 0; presses < 3; presses += 1) await keyboard.press('ArrowRight');
	await expect(page.getByRole('radio', { name: '4 stars' })).toBeChecked();
	await keyboard.press('Tab');
	await keyboard.type('By keys');
	await tabTo(page, 'button', 'Send feedback');
	await keyboard.press('Enter');
	await expect.poll(() => world.ratings(lesson)).toMatchObject([{ stars: 4, comment: 'By keys' }]);
	await keyboard.press('Escape');
	await expect(page).toHaveURL(/\/recap$/);
});

test('[Y2] [M4] one announcer says what happens, and page titles say where one is', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: 'Announced lesson' });
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!);
	await mentor.goTo(lesson);
	await expect(mentor.page).toHaveTitle(/Announced lesson/);
	await learner.goTo(lesson);
	const announcer = mentor.page.locator('[data-announcer]');
	await expect(announcer).toHaveCount(1);
	await expect(announcer).toContainText('Alan Turing is waiting in the room');
	await expect(announcer).toHaveAttribute('aria-live', 'polite');
	const lobbyTitle = await mentor.page.title();
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();
	await expect(mentor.page).not.toHaveTitle(lobbyTitle);
	await learner.control('Leave session').click();
	await expect(announcer).toContainText('Alan Turing left');
});
