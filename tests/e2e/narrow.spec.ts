import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

async function expectNoSideScroll(page: Page, where: string): Promise<void> {
	const width = await page.evaluate(() => ({
		page: document.documentElement.scrollWidth,
		window: document.documentElement.clientWidth
	}));
	expect(width.page, where).toBeLessThanOrEqual(width.window);
}

async function expectTarget(button: Locator, least: number, width: number): Promise<void> {
	await button.scrollIntoViewIfNeeded();
	const box = (await button.boundingBox())!;
	const name = await button.textContent();
	expect(Math.min(box.width, box.height), `${name}`).toBeGreaterThanOrEqual(least);
	expect(box.x).toBeGreaterThanOrEqual(0);
	expect(box.x + box.width).toBeLessThanOrEqual(width);
}

for (const { width, height } of [
	{ width: 390, height: 844 },
	{ width: 320, height: 640 }
]) {
	test(`[E4] ${width} px wide: stacked pictures, toolbar at the bottom, nothing to scroll sideways`, async ({
		world,
		inCall
	}) => {
		const title = 'A rather long title of a lesson about Pythagoras-and-his-theorem';
		const lesson = await world.classroom({ title });
		const [mentor, learner] = await inCall(lesson, {
			context: { viewport: { width, height }, hasTouch: true, isMobile: true }
		});
		for (const { page } of [mentor, learner]) await expectNoSideScroll(page, 'in the room');
		const { page, control } = learner;
		const remote = (await learner.videoOf(mentor.person).boundingBox())!;
		const own = (await page.getByLabel('Your video', { exact: true }).boundingBox())!;
		expect(remote.width).toBeGreaterThan(width * 0.9);
		expect(own.y).toBeGreaterThanOrEqual(remote.y + remote.height - 1);
		const bar = (await learner.toolbar.boundingBox())!;
		expect(bar.y + bar.height).toBeGreaterThan(height - 40);
		expect(bar.y + bar.height).toBeLessThanOrEqual(height);
		for (const button of await learner.toolbar.getByRole('button').all()) {
			const box = (await button.boundingBox())!;
			expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
			expect(box.x).toBeGreaterThanOrEqual(0);
			expect(box.x + box.width).toBeLessThanOrEqual(width);
		}

		await control('Open chat').click();
		await learner.say('averyveryveryverylongwordwithoutanyblankinit'.repeat(4));
		await expect(learner.chat).toContainText('averyvery');
		await expectNoSideScroll(page, 'with the chat open');
		await expect(control('Close chat')).toBeInViewport();
		await control('Close chat').click();
		await page.getByRole('button', { name: /in the room/ }).click();
		await expect(learner.lineOf(mentor.person)).toBeVisible();
		await expectNoSideScroll(page, 'with the people open');

		await mentor.control('End session').click();
		await expectNoSideScroll(mentor.page, 'the question');
		await mentor.button('End for everyone').click();
		for (const side of [mentor, learner]) {
			await expect(side.page.getByRole('dialog')).toBeVisible();
			await expectNoSideScroll(side.page, 'the dialog after the lesson');
			await side.page.keyboard.press('Escape');
			await expect(side.page).toHaveURL(/\/recap$/);
			await expectNoSideScroll(side.page, 'the recap');
		}
	});

	test(`[Y1] ${width} px wide: the board has all its tools, and its list lies over the drawing`, async ({
		world,
		inRoom
	}) => {
		const [mentor] = await inRoom(await world.classroom(), {
			context: { viewport: { width, height }, hasTouch: true }
		});
		const { page } = mentor;
		const board = page.getByRole('region', { name: 'Whiteboard' });
		await whiteboardOf(mentor).open();
		await expectNoSideScroll(page, 'with the board open');
		const tools = board.getByRole('toolbar', { name: 'Drawing tools' });
		for (const button of await tools.getByRole('button').all()) await expectTarget(button, 44, width);
		await tools.getByRole('button', { name: 'Objects' }).click();
		const panel = board.getByRole('region', { name: 'Objects' });
		await panel.getByRole('button', { name: 'Add' }).click();
		await expectNoSideScroll(page, 'with the form open');
		await panel.getByRole('textbox', { name: 'Text' }).fill('averyveryverylongword'.repeat(9));
		await panel.getByRole('button', { name: 'Add' }).click();
		await expect(panel.getByRole('listbox').getByRole('option')).toHaveCount(1);
		await expectNoSideScroll(page, 'with the list open');
		for (const button of await board.getByRole('button').all()) await expectTarget(button, 24, width);
		// Going there means seeing it.
		await panel.getByRole('button', { name: 'Go to' }).click();
		await expect(panel).toBeHidden();
		await expect(board.getByRole('application', { name: 'Drawing area' })).toBeFocused();
	});

	test(`[E4] ${width} px wide: nothing to scroll sideways on the other pages`, async ({ world, open }) => {
		const lesson = await world.classroom({ title: `${'Donaudampfschifffahrtsgesellschaft'.repeat(3)}` });
		const mentor = await open(lesson.mentor, { context: { viewport: { width, height } } });
		const guest = await open(lesson.learners[0]!, {
			signedIn: false,
			context: { viewport: { width, height } }
		});
		for (const path of [
			'/dashboard',
			'/sessions/new',
			`/sessions/${lesson.roomCode}`,
			'/calendar',
			lesson.path
		]) {
			await mentor.page.goto(path);
			await expect(mentor.page.getByRole('heading', { level: 1 })).toBeVisible();
			await expectNoSideScroll(mentor.page, path);
		}
		for (const path of ['/', '/login', '/signup']) {
			await guest.page.goto(path);
			await expect(guest.page.getByRole('heading', { level: 1 })).toBeVisible();
			await expectNoSideScroll(guest.page, path);
		}
	});
}

test('[E4] from 1024 px on: stage 70 %, sidebar 30 %', async ({ world, open }) => {
	const lesson = await world.classroom();
	for (const width of [1024, 1440]) {
		const mentor = await open(lesson.mentor, { context: { viewport: { width, height: 768 } } });
		await mentor.goTo(lesson);
		const start = mentor.button('Start session').or(mentor.button('Join session'));
		await start.click();
		await expect(mentor.toolbar).toBeVisible();
		const stage = (await mentor.page.getByRole('region', { name: 'Stage' }).boundingBox())!;
		const sidebar = (await mentor.page.getByRole('complementary').boundingBox())!;
		expect(sidebar.x / width).toBeCloseTo(0.7, 2);
		expect(sidebar.width / width).toBeCloseTo(0.3, 2);
		expect(stage.x + stage.width).toBeLessThanOrEqual(sidebar.x);
		expect(stage.width).toBeGreaterThan(sidebar.x - 40);
		await expectNoSideScroll(mentor.page, 'in the room');
	}
});
