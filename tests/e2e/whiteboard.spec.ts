import { drawnInTable, expectSameBoard } from '../support/boardHands.ts';
import { expect, test } from '../support/lessonTest.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

test('[X3] a stroke shows while it is drawn, stays, survives reloads, and asks nobody else for anything', async ({
	world,
	inCall
}) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inCall(lesson);
	const foreign: string[] = [];
	for (const { page } of [mentor, learner]) {
		page.on('request', (request) => {
			const url = new URL(request.url());
			if (url.protocol.startsWith('http') && url.origin !== world.url) foreign.push(request.url());
		});
	}
	const [mine, theirs] = [whiteboardOf(mentor), whiteboardOf(learner)];
	// Nothing of the drawing library is on the page before somebody needs it.
	const scripts = () =>
		mentor.page.evaluate(() =>
			Math.max(
				...performance
					.getEntriesByType('resource')
					.map((one) => (one as PerformanceResourceTiming).decodedBodySize)
			)
		);
	expect(await scripts()).toBeLessThan(400_000);
	await mine.open();
	expect(await scripts()).toBeGreaterThan(1_000_000);
	await theirs.open();
	await mine.stroke(
		[
			[0.2, 0.3],
			[0.4, 0.6],
			[0.6, 0.3]
		],
		false
	);
	await expect.poll(theirs.strokesOfOthers).toBe(1);
	expect(await theirs.elements()).toEqual([]);
	await mine.letGo();
	await expect.poll(() => theirs.elements().then((all) => all.length)).toBe(1);
	// By streams of their own: the stroke that was being drawn goes when the whole one comes, or right after.
	await expect.poll(theirs.strokesOfOthers).toBe(0);
	await expectSameBoard(world, lesson, [mentor, learner], 1);

	await learner.page.reload();
	await theirs.open();
	await expectSameBoard(world, lesson, [mentor, learner], 1);
	expect(foreign).toEqual([]);
});

test('[X2] undo takes back one’s own, and what the other drew stays', async ({ world, inRoom }) => {
	const [mentor, learner] = await inRoom(await world.classroom());
	const [mine, theirs] = [whiteboardOf(mentor), whiteboardOf(learner)];
	await Promise.all([mine.open(), theirs.open()]);
	await mine.tool('Rectangle');
	await mine.stroke([
		[0.2, 0.2],
		[0.4, 0.4]
	]);
	await expect.poll(() => theirs.elements().then((all) => all.length)).toBe(1);
	await theirs.tool('Ellipse');
	await theirs.stroke([
		[0.5, 0.5],
		[0.7, 0.7]
	]);
	await expect.poll(() => mine.elements().then((all) => all.length)).toBe(2);
	await mine.tool('Undo');
	await expect.poll(() => theirs.elements().then((all) => all.length)).toBe(1);
	await theirs.tool('Undo');
	await expect.poll(() => mine.elements()).toEqual([]);
	await mine.tool('Redo');
	await expect.poll(() => theirs.elements().then((all) => all.length)).toBe(1);
});

test('[X3] [T3] what is drawn offline is kept over a reload and arrives later', async ({ world, inRoom }) => {
	const lesson = await world.classroom();
	const [mentor, learner] = await inRoom(lesson, { expectErrors: /WebSocket|ERR_/ });
	const [mine, theirs] = [whiteboardOf(mentor), whiteboardOf(learner)];
	await Promise.all([mine.open(), theirs.open()]);
	const { page } = mentor;
	await mine.stroke([
		[0.2, 0.2],
		[0.5, 0.5]
	]);
	await expectSameBoard(world, lesson, [mentor, learner], 1);
	await page.context().setOffline(true);
	await expect(page.getByText('You’re offline. Session paused.').first()).toBeVisible();
	await mine.stroke([
		[0.3, 0.2],
		[0.6, 0.5]
	]);
	await expect(page.getByText(/^Not saved yet: 1 change kept/)).toBeVisible();
	expect(Object.keys(await drawnInTable(world, lesson))).toHaveLength(1);
	await page.context().setOffline(false);
	await page.reload();
	await expect.poll(() => theirs.elements().then((all) => all.length)).toBe(2);
});
