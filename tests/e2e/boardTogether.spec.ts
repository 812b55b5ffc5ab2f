import { expect, test } from '../support/lessonTest.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

/** Who is seen over the board, and what they hold there. */
function othersOver({ page }: RoomPage): Promise<string[]> {
	return page.evaluate(async () => {
		const { cursors } = (await window.__peerlearnRoom!.whiteboard()).state();
		return cursors.map(({ name, tool }) => `${name}: ${tool}`);
	});
}

/** Whether the trail of a laser is to be seen. */
function hasTrail({ page }: RoomPage): Promise<boolean> {
	return page.evaluate(() =>
		[...document.querySelectorAll('.excalidraw .SVGLayer path')].some((path) => !!path.getAttribute('d'))
	);
}

test('[X2] a laser is seen with its owner’s name while it is pressed, also from under a locked board', async ({
	world,
	inRoom
}) => {
	const [mentor, learner] = await inRoom(await world.classroom());
	const [mine, theirs] = [whiteboardOf(mentor), whiteboardOf(learner)];
	await Promise.all([mine.open(), theirs.open()]);
	await mentor.button('Board options').click();
	await mentor.page.getByRole('menuitem', { name: /^Lock the board/ }).click();
	await expect(learner.button('Pen')).toHaveAttribute('aria-disabled', 'true');
	await theirs.tool('Laser pointer');
	await expect(learner.button('Laser pointer')).toHaveAttribute('aria-pressed', 'true');
	await theirs.stroke(
		[
			[0.3, 0.3],
			[0.5, 0.6]
		],
		false
	);
	const { name } = learner.person;
	await expect.poll(() => othersOver(mentor)).toEqual([`${name}: laser`]);
	let x = 400;
	await expect
		.poll(async () => {
			await learner.page.mouse.move((x += 7), 400);
			return hasTrail(mentor);
		})
		.toBe(true);
	await theirs.letGo();
	await expect.poll(() => othersOver(mentor)).toEqual([`${name}: pointer`]);
	await expect.poll(() => hasTrail(mentor)).toBe(false);
	expect(await mine.elements()).toEqual([]);
});

test('[X2] following goes along over zoom and pages, and has three ways out', async ({ world, inRoom }) => {
	const [mentor, learner] = await inRoom(await world.classroom());
	const [mine, theirs] = [whiteboardOf(mentor), whiteboardOf(learner)];
	await mine.open();
	await mentor.button('Zoom in').click();
	await theirs.open();
	const follow = learner.page.getByRole('button', { name: /^Follow / });
	const stop = learner.button('Stop following');
	const zoom = (text: string) => expect(learner.page.getByText(text, { exact: true })).toBeVisible();
	const newPage = async () => {
		await mentor.button('New page').click();
		await mentor.page.getByRole('menuitem', { name: 'Squared page' }).click();
	};

	// The mentor has not moved since the learner came.
	await follow.click();
	await zoom('125%');
	await expect(stop).toBeVisible();
	await newPage();
	await expect(learner.button('Page 2')).toHaveAttribute('aria-current', 'page');
	await mentor.button('Zoom out').click();
	await zoom('80%');
	await expect(stop).toBeVisible();
	await stop.click();
	await expect(stop).toHaveCount(0);
	await newPage();
	await expect(learner.button('Page 3')).toBeVisible();
	await expect(learner.button('Page 2')).toHaveAttribute('aria-current', 'page');

	await follow.click();
	await expect(learner.button('Page 3')).toHaveAttribute('aria-current', 'page');
	await learner.page.keyboard.press('Escape');
	await expect(stop).toHaveCount(0);
	await follow.click();
	await learner.button('Page 1').click();
	await expect(stop).toHaveCount(0);
	await expect(learner.button('Page 1')).toHaveAttribute('aria-current', 'page');
});
