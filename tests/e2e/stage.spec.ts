import type { Page } from '@playwright/test';
import { expect, test } from '../support/lessonTest.ts';
import { expectToSeeAndHear } from '../support/mediaProbe.ts';
import { expectSaid } from '../support/noticeLog.ts';
import { startWithoutCall, type RoomPage } from '../support/roomPage.ts';
import { resize, settledBox } from '../support/settledBox.ts';

/** How wide the picture is that comes in from somebody, by the statistics of the call, px; 0 before the first. */
function receivedWidth({ page }: RoomPage, name: string): Promise<number> {
	return page.evaluate(async (label) => {
		const video = document.querySelector<HTMLVideoElement>(`video[aria-label="${label}"]`);
		const id = (video?.srcObject as MediaStream | null)?.getVideoTracks()[0]?.id;
		for (const connection of window.mediaProbe.connections)
			for (const [, stat] of await connection.getStats())
				if (stat.type === 'inbound-rtp' && stat.trackIdentifier === id) return Number(stat.frameWidth ?? 0);
		return 0;
	}, `Video of ${name}`);
}

/** From now on every box of the stage and its toolbar that is ever drawn. */
async function watchBoxes(page: Page): Promise<() => Promise<string[]>> {
	await page.evaluate(() => {
		const seen = new Set<string>();
		(window as unknown as { boxes: Set<string> }).boxes = seen;
		const look = () => {
			const all = document.querySelectorAll('[aria-label="Stage"], .place, .place figure, [role="toolbar"]');
			const boxes = [...all].map((element) => {
				const { x, y, width, height } = element.getBoundingClientRect();
				return [x, y, width, height].map(Math.round).join(' ');
			});
			seen.add(boxes.join(', '));
			requestAnimationFrame(look);
		};
		look();
	});
	return () => page.evaluate(() => [...(window as unknown as { boxes: Set<string> }).boxes]);
}

async function choose({ page, control }: RoomPage, entry: string): Promise<void> {
	await control('More options').click();
	await page
		.getByRole('menuitem', { name: entry, exact: true })
		.or(page.getByRole('menuitem').filter({ hasText: entry }))
		.first()
		.click();
}

test(
	'[C2] a thumbnail is sent small, whoever is pinned larger, and somebody who goes is pinned no more',
	{ tag: '@alone' },
	async ({ world, inCall }) => {
		const lesson = await world.classroom({ names: ['Maya Okafor', 'Liam Chen', 'Aisha Rahman'] });
		const [mentor, liam, aisha] = await inCall(lesson, { cameraSize: { width: 640, height: 480 } });
		const { page, button } = liam;
		const widths = () => Promise.all([mentor, aisha!].map(({ person }) => receivedWidth(liam, person.name)));
		const largeName = page.locator('[data-place="main"] figcaption');

		await page.getByRole('button', { name: 'Pin Aisha Rahman' }).focus();
		await page.keyboard.press('Enter');
		await expect(button('Unpin Aisha Rahman')).toBeFocused();
		await expect(largeName).toHaveText('Aisha Rahman');
		await expect
			.poll(
				async () => {
					const [ofMaya, ofAisha] = await widths();
					return ofMaya! > 0 && ofMaya! <= 320 && ofAisha! > 320;
				},
				{ timeout: 30_000 }
			)
			.toBe(true);
		// It is this viewer's own.
		await expect(mentor.page.locator('[data-place="main"]')).toHaveCount(0);

		await button('Pin Maya Okafor').click();
		await expect(largeName).toHaveText('Maya Okafor');
		await expect
			.poll(
				async () => {
					const [ofMaya, ofAisha] = await widths();
					return ofAisha! > 0 && ofAisha! <= 320 && ofMaya! > 320;
				},
				{ timeout: 30_000 }
			)
			.toBe(true);

		await button('Pin Aisha Rahman').click();
		await aisha!.control('Leave session').click();
		await expect(page.getByText('2 in the room')).toBeVisible();
		await aisha!.button('Rejoin').click();
		await expect(page.getByText('3 in the room')).toBeVisible();
		await expect(button('Pin Aisha Rahman')).toBeAttached();
	}
);

test('[C4] nothing moves between “Connecting…” and the first picture', async ({ world, open }) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!, { context: { viewport: { width: 390, height: 844 } } });
	const answer = await startWithoutCall(lesson, mentor, learner);
	const boxes: (() => Promise<string[]>)[] = [];
	for (const { page } of [mentor, learner]) {
		await expect(page.getByRole('main').getByText('Connecting…')).toBeVisible();
		boxes.push(await watchBoxes(page));
	}
	answer();
	for (const [nth, { page }] of [mentor, learner].entries()) {
		await expectToSeeAndHear(page);
		await expect(page.getByRole('main').getByText('Connecting…')).toBeHidden();
		expect(await boxes[nth]!()).toHaveLength(1);
	}
});

test('[C7] [Y1] one’s own picture moves by mouse and by keyboard, is remembered, and can be hidden', async ({
	world,
	inCall
}) => {
	const [, learner] = await inCall(await world.classroom());
	const { page, button } = learner;
	const own = page.getByLabel('Your video', { exact: true });
	/** Where it is, among the nine fields of the stage. */
	const corner = async () => {
		const stage = await settledBox(page.getByRole('region', { name: 'Stage' }));
		const { x, y, width, height } = await settledBox(own);
		const part = (at: number, from: number, size: number, ends: string[]) =>
			ends[Math.floor(((at - from) / size) * 3)];
		return [
			part(y + height / 2, stage.y, stage.height, ['top', 'middle', 'bottom']),
			part(x + width / 2, stage.x, stage.width, ['left', 'middle', 'right'])
		].join(' ');
	};
	await expect.poll(corner).toBe('bottom right');
	await button('Move self-view').focus();
	await page.keyboard.press('ArrowUp');
	await expect.poll(corner).toBe('top right');
	await expectSaid(page, 'Your video is at the top right');
	await expect(button('Move self-view')).toBeFocused();
	// Who is alone with somebody has nobody to pin.
	await expect(page.getByRole('button', { name: /^Pin / })).toHaveCount(0);
	await page.keyboard.press('Enter');
	await expect.poll(corner).toBe('bottom right');

	const { x, y } = await settledBox(own);
	await page.mouse.move(x + 60, y + 100);
	await page.mouse.down();
	await page.mouse.move(x - 200, y - 200, { steps: 4 });
	await page.mouse.move(x - 500, y - 300, { steps: 4 });
	await page.mouse.up();
	await expect.poll(corner).toBe('top left');
	await page.reload();
	await learner.inCall();
	await expect.poll(corner).toBe('top left');

	await button('Hide self-view').focus();
	await page.keyboard.press('Enter');
	await expect(own).toHaveCount(0);
	await expect(page.getByText('Others see you')).toBeVisible();
	await expect(button('Show self-view')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(own).toBeVisible();
	await expect(button('Hide self-view')).toBeFocused();

	await choose(learner, 'Layout');
	await page.getByRole('radio', { name: 'Side by side' }).check();
	await page.keyboard.press('Escape');
	await expect(learner.control('More options')).toBeFocused();
	await expect(page.locator('[data-place="cell"]')).toHaveCount(2);
	await expect(async () => {
		const cells = await Promise.all(
			[0, 1].map((nth) => settledBox(page.locator('[data-place="cell"]').nth(nth)))
		);
		expect(cells[0]!.width).toBeCloseTo(cells[1]!.width, 0);
		expect(cells[0]!.y).toBe(cells[1]!.y);
	}).toPass({ timeout: 30_000 });
});

test('[C7] [C3] [Y1] full screen, where the controls step aside and come back, and picture-in-picture', async ({
	world,
	inCall
}) => {
	const [mentor, learner] = await inCall(await world.classroom());
	const { page } = learner;
	const room = page.locator('.room');
	await choose(learner, 'Full screen');
	await expect(page.getByRole('complementary')).toBeHidden();
	// A control has the focus: they stay.
	await expect(learner.control('More options')).toBeFocused();
	await expect(room).toHaveClass(/immersed/);
	await page.mouse.move(300, 300);
	await page.evaluate(() => (document.activeElement as HTMLElement).blur());
	await expect(room).toHaveClass(/resting/);
	// Aside and still there for whoever cannot see them.
	await expect(learner.control('Mute microphone')).toBeAttached();
	await page.keyboard.press('Shift');
	await expect(room).not.toHaveClass(/resting/);
	await expect(learner.toolbar).toBeVisible();
	await choose(learner, 'Leave full screen');
	await expect(room).not.toHaveClass(/full/);
	await expect(page.getByRole('complementary')).toBeVisible();

	const opened = page.context().waitForEvent('page');
	await choose(learner, 'Picture-in-picture');
	const small = await opened;
	await expect(small.getByLabel(`Video of ${mentor.person.name}`)).toBeVisible();
	await small.getByRole('button', { name: 'Mute microphone' }).click();
	await expect(mentor.lineOf(learner.person)).toContainText('microphone off');
	await expect(small.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
	await choose(learner, 'Close picture-in-picture');
	await expect.poll(() => small.isClosed()).toBe(true);
	await expectToSeeAndHear(page);
});

test('[E4] the stage has its place on screens of every shape', async ({ world, inRoom }) => {
	const [mentor] = await inRoom(await world.classroom());
	const { page } = mentor;
	const main = page.getByRole('region', { name: 'Stage' });
	for (const [width, height] of [
		[320, 640],
		[568, 320],
		[844, 390],
		[768, 1024],
		[1024, 600],
		[3840, 2160]
	] as const) {
		await resize(page, { width, height });
		const where = `${width} × ${height}`;
		await expect
			.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), where)
			.toBeLessThanOrEqual(0);
		const stage = await settledBox(main);
		expect(stage.height, where).toBeGreaterThan(height * 0.5);
		const bar = await settledBox(mentor.toolbar);
		expect(bar.y, where).toBeGreaterThanOrEqual(stage.y + stage.height);
		expect(bar.y + bar.height, where).toBeLessThanOrEqual(height);
		for (const tile of await main.locator('figure').all()) {
			const box = await settledBox(tile);
			expect(Math.min(box.width, box.height), where).toBeGreaterThan(80);
			expect(box.x, where).toBeGreaterThanOrEqual(stage.x - 1);
			expect(box.x + box.width, where).toBeLessThanOrEqual(stage.x + stage.width + 1);
			expect(box.y + box.height, where).toBeLessThanOrEqual(stage.y + stage.height + 1);
		}
	}
});
