import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { expectSaid, expectToast } from '../support/noticeLog.ts';
import { whiteboardOf } from '../support/whiteboard.ts';
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
	await expectToast(page, 'Thank you for your feedback');
	expect(await world.ratings(lesson)).toMatchObject([{ stars: 4, comment: 'By keys' }]);
	await keyboard.press('Escape');
	await expect(page).toHaveURL(/\/recap$/);
});

test('[Y2] [M4] one announcer says what happens, and page titles say where one is', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: 'Announced lesson' });
	// What is fetched beside the lesson is tried while one is offline too.
	const mentor = await open(lesson.mentor, { expectErrors: /ERR_INTERNET_DISCONNECTED/ });
	const learner = await open(lesson.learners[0]!);
	await mentor.goTo(lesson);
	await expect(mentor.page).toHaveTitle(/Announced lesson/);
	await learner.goTo(lesson);
	const announcer = mentor.page.locator('[data-announcer]');
	await expect(announcer).toHaveCount(1);
	await expectSaid(mentor.page, 'Alan Turing is waiting in the room');
	await expect(announcer).toHaveAttribute('aria-live', 'polite');
	const lobbyTitle = await mentor.page.title();
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();
	await expect(mentor.page).not.toHaveTitle(lobbyTitle);
	await learner.control('Leave session').click();
	await expectSaid(mentor.page, 'Alan Turing left');

	// A line that comes and goes makes no storm: each thing is said once, and never more than five wait to be read.
	await mentor.page.evaluate(() => {
		const voice = document.querySelector('[data-announcer]')!;
		const heard: string[] = [];
		Object.assign(window, { heard });
		new MutationObserver((changes) => {
			for (const { addedNodes } of changes) for (const node of addedNodes) heard.push(node.textContent ?? '');
			document.body.dataset.mostWaiting = String(
				Math.max(Number(document.body.dataset.mostWaiting ?? 0), voice.childElementCount)
			);
		}).observe(voice, { childList: true });
	});
	const offline = mentor.page.getByText('You’re offline. Session paused.').filter({ visible: true });
	for (let round = 0; round < 2; round += 1) {
		await mentor.page.context().setOffline(true);
		await expect(offline.first()).toBeVisible();
		await mentor.page.context().setOffline(false);
		await expect(offline).toHaveCount(0);
	}
	const voice = () =>
		mentor.page.evaluate(() => ({
			heard: (window as unknown as { heard: string[] }).heard,
			most: Number(document.body.dataset.mostWaiting)
		}));
	// Said when it is shown, or right after.
	const ofBoth = async () => (await voice()).heard.filter((text) => text.includes('offline')).length;
	await expect.poll(ofBoth).toBeGreaterThanOrEqual(2);
	const { heard, most } = await voice();
	expect(most).toBeLessThanOrEqual(5);
	expect(heard.filter((text) => text.includes('offline'))).toHaveLength(2);
	expect(heard.length).toBeLessThanOrEqual(6);
	expect(await mentor.page.locator('[data-toast]').count()).toBeLessThanOrEqual(3);
});

/** Opened by Enter on the thing with this name; what opens takes the focus, and Escape gives it back. */
async function expectReturn(
	page: Page,
	opener: Locator,
	role: 'menu' | 'dialog' | 'alertdialog'
): Promise<void> {
	await opener.focus();
	await page.keyboard.press('Enter');
	const opened = page.getByRole(role);
	await expect(opened, `${opener}`).toBeVisible();
	await expect
		.poll(() => opened.evaluate((one) => one.contains(document.activeElement)), `${opener}`)
		.toBe(true);
	await page.keyboard.press('Escape');
	await expect(opened, `${opener}`).toBeHidden();
	await expect(opener).toBeFocused();
}

test('[Y2] [C3] every menu and dialog takes the focus and gives it back, and the arrows follow the eye', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const { page } = mentor;
	await page.goto('/notifications');
	for (const name of [/^Notifications, /, /^Account of/]) {
		const opener = page.getByRole('button', { name });
		await opener.focus();
		await page.keyboard.press('Enter');
		const popover = page.locator(':popover-open');
		await expect(popover).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(popover).toHaveCount(0);
		await expect(opener).toBeFocused();
	}
	await mentor.goTo(lesson);
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();
	const more = mentor.control('More options');
	await expectReturn(page, mentor.button('Add time'), 'menu');
	await expectReturn(page, more, 'menu');
	await expectReturn(page, mentor.control('End session'), 'alertdialog');
	for (const name of ['Keyboard shortcuts', 'Connection details']) {
		await more.focus();
		await page.keyboard.press('Enter');
		await page.getByRole('menuitem', { name }).press('Enter');
		await expect(page.getByRole('dialog', { name })).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog', { name })).toBeHidden();
		await expect(more).toBeFocused();
	}
	// The arrows follow the eye, also from right to left.
	const { control } = mentor;
	const names = ['Unmute microphone', 'Turn camera on', 'Share screen', 'Open chat', 'Open whiteboard'];
	const order = [...names, 'Raise hand', 'Reactions', 'More options', 'End session'];
	for (const dir of ['ltr', 'rtl'] as const) {
		await page.evaluate((way) => (document.documentElement.dir = way), dir);
		const [onwards, back] = dir === 'ltr' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
		await control(order[0]!).focus();
		for (const name of [...order.slice(1), order[0]!]) {
			const before = await page.evaluate(() => document.activeElement!.getBoundingClientRect().x);
			await page.keyboard.press(onwards!);
			await expect(control(name)).toBeFocused();
			const after = await page.evaluate(() => document.activeElement!.getBoundingClientRect().x);
			if (name !== order[0]) expect(Math.sign(after - before)).toBe(dir === 'ltr' ? 1 : -1);
		}
		await page.keyboard.press(back!);
		await expect(control('End session')).toBeFocused();
		await page.keyboard.press('Home');
		await expect(control(order[0]!)).toBeFocused();
	}
	await page.evaluate(() => document.documentElement.removeAttribute('dir'));

	await whiteboardOf(mentor).open();
	const board = page.getByRole('region', { name: 'Whiteboard' });
	const menus = ['Shapes', 'Colour: black', 'Width', 'Options of this page', 'New page', 'Board options'];
	for (const name of menus)
		await expectReturn(page, board.getByRole('button', { name, exact: true }), 'menu');
});
