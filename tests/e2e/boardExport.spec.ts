import type { Page } from '@playwright/test';
import { expectNoViolation } from '../support/axe.ts';
import { coloursOf, downloaded, expectWholeSvg, namesInZip } from '../support/exportedFile.ts';
import { drawnInTable, dropPicture } from '../support/boardHands.ts';
import { expect, test } from '../support/lessonTest.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { settledBox } from '../support/settledBox.ts';
import { whiteboardOf } from '../support/whiteboard.ts';
import type { Lesson, World } from '../support/world.ts';

/** Largest script on a page, bytes: the drawing library has more than a million. */
const largestScript = (page: Page) =>
	page.evaluate(() =>
		Math.max(
			...performance
				.getEntriesByType('resource')
				.map((one) => (one as PerformanceResourceTiming).decodedBodySize)
		)
	);

/** The mentor alone in a lesson: a stroke and a box on page 1, a red picture and words on page 2, which is squared. */
async function draw(world: World, mentor: RoomPage, lesson: Lesson): Promise<void> {
	const { page } = mentor;
	const board = whiteboardOf(mentor);
	await mentor.goTo(lesson);
	await mentor.button('Start session').click();
	await expect(mentor.toolbar).toBeVisible();
	expect(await largestScript(page)).toBeLessThan(400_000);
	await board.open();
	await board.stroke([
		[0.2, 0.3],
		[0.4, 0.6],
		[0.6, 0.3]
	]);
	await board.tool('Rectangle');
	await board.stroke([
		[0.3, 0.2],
		[0.7, 0.8]
	]);
	await expect.poll(() => board.elements().then((all) => all.length)).toBe(2);

	await mentor.button('New page').click();
	await page.getByRole('menuitem', { name: 'Squared page' }).click();
	await expect.poll(board.elements).toEqual([]);
	const canvas = page.locator('canvas.interactive');
	await dropPicture(mentor, 'red.png');
	await expect.poll(() => board.elements().then((all) => all.length)).toBe(1);
	await board.tool('Text');
	const { x, y, width, height } = await settledBox(canvas);
	await page.mouse.click(x + width * 0.2, y + height * 0.2);
	await expect(page.locator('textarea.excalidraw-wysiwyg')).toBeFocused();
	await page.keyboard.type('x² = 4 & y');
	await page.keyboard.press('Escape');
	await expect.poll(() => board.elements().then((all) => all.length)).toBe(2);
	await expect.poll(async () => Object.keys(await drawnInTable(world, lesson))).toHaveLength(4);
}

test('[X2] pages are exported as PNG and SVG with all that is on them, and nothing foreign', async ({
	world,
	open
}) => {
	const lesson = await world.classroom({ title: 'Equations: part 1/2' });
	const mentor = await open(lesson.mentor);
	const { page } = mentor;
	const foreign: string[] = [];
	page.on('request', (request) => {
		const { protocol, origin } = new URL(request.url());
		if (protocol.startsWith('http') && origin !== world.url) foreign.push(request.url());
	});
	await draw(world, mentor, lesson);

	const openExport = async () => {
		await mentor.button('Board options').click();
		await page.getByRole('menuitem', { name: /^Export…/ }).click();
	};
	const dialog = page.getByRole('dialog', { name: 'Export the whiteboard' });
	const download = dialog.getByRole('button', { name: 'Download', exact: true });
	await openExport();
	await expect(dialog).toBeVisible();
	await expectNoViolation(page, 'export');

	const png = await downloaded(page, download);
	expect(png.name).toMatch(/^Equations part 1 2 - Page 2 - \d{4}-\d\d-\d\d\.png$/);
	const seen = await coloursOf(page, png, 'image/png');
	expect(seen.white).toBeGreaterThan(0.2);
	for (const share of [seen.ink, seen.red, seen.lines]) expect(share).toBeGreaterThan(0.001);

	await dialog.getByRole('radio', { name: /^SVG/ }).check();
	const svg = await downloaded(page, download);
	expect(svg.name).toMatch(/ - Page 2 - .*\.svg$/);
	await expectWholeSvg(page, svg);
	const text = svg.bytes.toString();
	expect(text).toContain('data:image/png;base64,');
	expect(text).toMatch(/@font-face[^}]*url\(data:font\/woff2;base64,/);
	expect(text).toContain('x² = 4 &amp; y');
	// Half the size of the PNG, and the same in it.
	const vector = await coloursOf(page, svg, 'image/svg+xml');
	expect(Math.abs(vector.width * 2 - seen.width)).toBeLessThanOrEqual(2);
	expect(vector.red).toBeCloseTo(seen.red, 2);
	expect(vector.ink).toBeGreaterThan(0.001);
	expect(vector.lines).toBeGreaterThan(0.001);
	await page.keyboard.press('Escape');
	await expect(mentor.button('Board options')).toBeFocused();

	// Page 3 is empty, and said to be.
	await mentor.button('New page').click();
	await page.getByRole('menuitem', { name: 'Music staves' }).click();
	await openExport();
	await download.click();
	await expect(dialog.getByRole('status')).toHaveText('Page 3 is empty: there is nothing to export.');
	await dialog.getByRole('radio', { name: /^All pages/ }).check();
	const all = await downloaded(page, download);
	expect(all.name).toMatch(/^Equations part 1 2 - Whiteboard - .*\.zip$/);
	expect(namesInZip(all)).toEqual(['Page 1.svg', 'Page 2.svg']);
	await expect(dialog.getByRole('status')).toContainText('Page 3 is empty and was left out.');
	expect(foreign).toEqual([]);
});

test('[F6] [Y2] the recap shows the board, drawn only when it is come to, and hands it out later', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	await draw(world, mentor, lesson);
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	await expect(mentor.page.getByRole('dialog')).toBeVisible();

	const learner = await open(lesson.learners[0]!, {
		context: { viewport: { width: 390, height: 600 }, hasTouch: true }
	});
	const { page } = learner;
	await page.goto(`${lesson.path}/recap`, { waitUntil: 'networkidle' });
	const section = page.getByRole('region', { name: 'Whiteboard' });
	const second = section.getByRole('button', { name: /^Page 2/ });
	await expect(second).toContainText('2 objects');
	expect(await largestScript(page)).toBeLessThan(400_000);
	await section.scrollIntoViewIfNeeded();
	await second.scrollIntoViewIfNeeded();
	await expect(second.locator('img')).toBeVisible();
	expect(await largestScript(page)).toBeGreaterThan(1_000_000);
	await expectNoViolation(page, 'recap with a board');

	await second.press('Enter');
	const viewer = page.getByRole('dialog', { name: 'Whiteboard: Page 2' });
	const picture = viewer.getByRole('img', { name: '1 picture. Text: “x² = 4 & y”' });
	await expect(picture).toBeVisible();
	await expectNoViolation(page, 'the open viewer');
	const width = async () => (await settledBox(picture)).width;
	const left = async () => (await settledBox(picture)).x;
	const whole = await width();
	await page.keyboard.press('+');
	await page.keyboard.press('+');
	await expect.poll(width).toBeCloseTo(whole * 1.25 ** 2, 0);
	const before = await left();
	await page.keyboard.press('ArrowRight');
	await expect.poll(left).toBeCloseTo(before - 80, 0);
	await page.keyboard.press('0');
	await expect.poll(width).toBeCloseTo(whole, 0);

	// With mouse and fingers.
	await page.mouse.move(195, 300);
	await page.mouse.wheel(0, -300);
	await expect.poll(width).toBeGreaterThan(whole * 1.3);
	const wheeled = await width();
	const touches = await page.context().newCDPSession(page);
	const fingers = (type: 'touchStart' | 'touchMove', apart: number) =>
		touches.send('Input.dispatchTouchEvent', {
			type,
			touchPoints: [-1, 1].map((side, id) => ({ id, x: 195 + (side * apart) / 2, y: 300 }))
		});
	await fingers('touchStart', 50);
	for (const apart of [60, 80, 100]) await fingers('touchMove', apart);
	await touches.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
	await expect.poll(width).toBeGreaterThan(wheeled * 1.5);

	await page.keyboard.press('PageUp');
	await expect(page.getByRole('dialog', { name: 'Whiteboard: Page 1' })).toBeVisible();
	await expect(page.getByRole('img', { name: '1 pen stroke, 1 rectangle' })).toBeVisible();
	await page.getByRole('button', { name: 'Next page' }).click();
	await expect(picture).toBeVisible();

	await viewer.getByRole('button', { name: 'Export…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Export the whiteboard' });
	const download = dialog.getByRole('button', { name: 'Download', exact: true });
	const png = await downloaded(page, download);
	expect(png.name).toContain(`${lesson.title} - Page 2 - `);
	const seen = await coloursOf(page, png, 'image/png');
	for (const share of [seen.ink, seen.red, seen.lines]) expect(share).toBeGreaterThan(0.001);
	await dialog.getByRole('radio', { name: /^All pages/ }).check();
	expect(namesInZip(await downloaded(page, download))).toEqual(['Page 1.png', 'Page 2.png']);

	// One window at a time, and back to where one was.
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(viewer).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(viewer).toHaveCount(0);
	await expect(second).toBeFocused();
});
