import { keepBlobs } from '../support/blobText.ts';
import { dropPicture, expectSameBoard, expectSamePicture, openBoards } from '../support/boardHands.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToast } from '../support/noticeLog.ts';
import { createRoomPage } from '../support/roomPage.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

/** A socket that is lost on purpose is an error to the console, and so is a picture that is refused. */
const expectErrors = /WebSocket|ERR_|50[0-9]|status of 400/;

test('[X2] [X3] [T3] a picture from while one was away outlives the tab and arrives once; what nobody takes is offered back', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const learner = await open(lesson.learners[0]!, { expectErrors });
	const [mine, theirs] = await openBoards(lesson, [mentor, learner]);
	const context = learner.page.context();
	await theirs!.stroke([
		[0.2, 0.3],
		[0.5, 0.4]
	]);
	await expectSameBoard(world, lesson, [mentor, learner], 1);

	await context.setOffline(true);
	await dropPicture(learner, 'away.png');
	await expect(learner.page.getByText(/^Not saved yet: 1 change kept/)).toBeVisible();
	expect(await theirs!.elements()).toHaveLength(2);
	await learner.page.close();
	await context.setOffline(false);
	const textOf = await keepBlobs(context);
	const again = createRoomPage(await context.newPage(), lesson.learners[0]!);
	await again.goTo(lesson);
	// Nobody opens the board there: it arrives all the same.
	await expect.poll(() => mine!.elements().then((all) => all.length)).toBe(2);
	await expect(again.button('Join session').or(again.toolbar).first()).toBeVisible();
	if (await again.button('Join session').isVisible()) await again.button('Join session').click();
	const board = whiteboardOf(again);
	await board.open();
	await expectSameBoard(world, lesson, [mentor, again], 2);
	await expectSamePicture([mentor, again]);

	await dropPicture(again, 'of another kind.png', 'bmp');
	await expectToast(again.page, /A picture was not saved: Only PNG, JPEG, WebP and GIF/);
	await expectSameBoard(world, lesson, [mentor, again], 2);

	await context.setOffline(true);
	await expect(again.page.getByText('You’re offline. Session paused.').first()).toBeVisible();
	await dropPicture(again, 'too late.png');
	await expect(again.page.getByText(/^Not saved yet: 1 change kept/)).toBeVisible();
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	await expect(mentor.page.getByRole('dialog', { name: 'Wrap up the lesson' })).toBeVisible();
	await context.setOffline(false);
	await expect(again.page.getByRole('dialog', { name: 'Rate your mentor' })).toBeVisible();
	await again.page.keyboard.press('Escape');
	const drawing = again.page.getByRole('region', { name: 'One drawing of yours was not saved' });
	// Pages are drawn when they come into sight.
	await drawing.scrollIntoViewIfNeeded();
	const thumb = drawing.getByRole('button', { name: /^Page 1/ }).locator('img');
	await expect.poll(async () => (await textOf(thumb)).match(/data:image\/png;base64,/g)?.length).toBe(2);
	const picture = again.page.getByRole('region', { name: 'One picture of yours was not saved' });
	await expect(picture.getByRole('listitem')).toContainText('of another kind.png');
	const download = again.page.waitForEvent('download');
	await picture.getByRole('button', { name: /^Download/ }).click();
	expect((await download).suggestedFilename()).toBe('of another kind.png');
	for (const region of [drawing, picture]) {
		await region.getByRole('button', { name: 'Discard' }).click();
		await expect(region).toHaveCount(0);
	}
	await again.page.reload();
	await expect(again.page.getByRole('region', { name: 'Whiteboard' })).toBeVisible();
	await expect(drawing.or(picture)).toHaveCount(0);
});
