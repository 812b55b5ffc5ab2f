import { BOARD_FRAME_MAX_BYTES } from '../../src/lib/shared/boardLimits.ts';
import { fillBoard } from '../support/boardClient.ts';
import { drawnInTable, drawnOn, expectSameBoard, openBoards } from '../support/boardHands.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToast } from '../support/noticeLog.ts';
import { measured } from '../support/rounds.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

test('[X4] [S3] who comes late to 5,000 objects has all of them, in messages of at most 32 kB', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	await mentor.goTo(lesson);
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();
	await fillBoard(world, lesson, 5_000);

	const late = await open(lesson.learners[0]!);
	const frames: number[] = [];
	late.page.on('websocket', (socket) =>
		socket.on('framereceived', ({ payload }) => frames.push(Buffer.byteLength(payload)))
	);
	await late.goTo(lesson);
	await late.button('Join session').click();
	await expect(late.toolbar).toBeVisible();
	const board = whiteboardOf(late);
	const took = await late.page.evaluate(async () => {
		const at = performance.now();
		const open = await window.__peerlearnRoom!.whiteboard();
		if (!open.state().loaded)
			await new Promise<void>((done) => open.subscribe(({ loaded }) => loaded && done()));
		return performance.now() - at;
	});
	measured('[X4] in a browser: the whole board of 5,000 objects', 'ms', took, '< 2 s on a quiet machine');
	await board.open();
	expect(await drawnOn(late.page)).toEqual(await drawnInTable(world, lesson));
	expect(frames.length).toBeGreaterThan(100);
	expect(Math.max(...frames)).toBeLessThanOrEqual(BOARD_FRAME_MAX_BYTES);
	// One more is too many: it goes, and why is said.
	await board.stroke([
		[0.2, 0.2],
		[0.4, 0.3]
	]);
	await expectToast(late.page, 'The board is full. Please delete something first.');
	await expect.poll(() => board.elements().then((all) => all.length)).toBe(5_000);
});

test('[C1] the board is used without asking anybody else for anything, and nothing of it is loaded before it is opened', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const people = [await open(lesson.mentor), await open(lesson.learners[0]!)] as const;
	const asked: string[] = [];
	for (const { page } of people) {
		page.context().on('request', (request) => asked.push(request.url()));
		page.on('websocket', (socket) => asked.push(socket.url()));
	}
	const { host } = new URL(world.url);
	const foreign = () => asked.filter((url) => !/^(blob|data):/.test(url) && new URL(url).host !== host);
	const loaded = () => asked.filter((url) => /excalidraw|mountCanvas|\/board-\d/i.test(url));
	await people[0].goTo(lesson);
	await expect(people[0].button('Start session')).toBeVisible();
	expect(loaded()).toEqual([]);
	const [mine] = await openBoards(lesson, people);
	await mine!.stroke([
		[0.2, 0.2],
		[0.4, 0.3]
	]);
	// Texts need fonts.
	await mine!.tool('Text');
	await people[0].page.mouse.click(600, 400);
	await expect(people[0].page.locator('textarea.excalidraw-wysiwyg')).toBeFocused();
	await people[0].page.keyboard.type('½ · π — ἀλήθεια 漢字 ✓');
	await people[0].page.keyboard.press('Escape');
	await expectSameBoard(world, lesson, people, 2);
	await expect.poll(() => asked.filter((url) => url.endsWith('.woff2')).length).toBeGreaterThan(0);
	expect(foreign()).toEqual([]);
});

test('[T10] [X2] opened while nothing can be loaded, the board says so and opens by itself later', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor, { expectErrors: /ERR_|WebSocket|dynamically imported/ });
	const { page } = mentor;
	await mentor.goTo(lesson);
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();
	await page.context().setOffline(true);
	await expect(page.getByText('You’re offline. Session paused.').first()).toBeVisible();
	await mentor.control('Open whiteboard').click();
	const board = page.getByRole('region', { name: 'Whiteboard' });
	await expect(board.getByRole('status')).toContainText(
		'it opens by itself as soon as the server can be reached'
	);
	await page.context().setOffline(false);
	await expect(board.getByText(/^Saved$/)).toBeVisible();
	// With its looks: they are a file that could not be loaded either.
	await expect(board.getByRole('toolbar', { name: 'Drawing tools' })).toHaveCSS('display', 'flex');
	await whiteboardOf(mentor).stroke([
		[0.2, 0.2],
		[0.4, 0.3]
	]);
	await expectSameBoard(world, lesson, [mentor], 1);
});
