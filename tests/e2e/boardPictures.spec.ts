import type { Page } from '@playwright/test';
import { boardInTable } from '../support/boardClient.ts';
import { chooseOnBoard, drawnOn, expectSameBoard, handsOf, openBoards } from '../support/boardHands.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectToast } from '../support/noticeLog.ts';
import { settledBox } from '../support/settledBox.ts';

/** A file to be made in the page: of words, or a PNG of so many pixels each way that says nothing. */
type Made = { name: string; type?: string } & ({ words: string } | { noise: number });

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60" fill="#c00"/></svg>`;
/** A whole drawing of the library that we draw with, as it writes them. */
const DRAWING = JSON.stringify({ type: 'excalidraw', version: 2, source: '', elements: [], appState: {} });

/** Drops files into the middle of the board, or pastes them with a text. */
async function give(page: Page, how: 'drop' | 'paste', files: readonly Made[], text = ''): Promise<void> {
	const canvas = page.getByRole('region', { name: 'Whiteboard' }).locator('canvas.interactive');
	const { x, y, width, height } = await settledBox(canvas);
	await page.mouse.move(x + width / 2, y + height / 2);
	await page.evaluate(
		async ({ how, files, text, at }) => {
			async function noisy(side: number): Promise<Blob> {
				const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side });
				const context = canvas.getContext('2d')!;
				const pixels = context.createImageData(side, side);
				for (let i = 0; i < pixels.data.length; i += 1)
					pixels.data[i] = i % 4 === 3 ? 255 : Math.floor(Math.random() * 256);
				context.putImageData(pixels, 0, 0);
				return new Promise((done) => canvas.toBlob((blob) => done(blob!)));
			}
			const transfer = new DataTransfer();
			for (const one of files) {
				const content = 'noise' in one ? await noisy(one.noise) : one.words;
				transfer.items.add(new File([content], one.name, { type: one.type ?? 'image/png' }));
			}
			if (text) transfer.setData('text/plain', text);
			const given = { bubbles: true, cancelable: true };
			const drawing = document.querySelector<HTMLElement>('.excalidraw')!;
			drawing.focus();
			if (how === 'paste')
				drawing.dispatchEvent(new ClipboardEvent('paste', { ...given, clipboardData: transfer }));
			else
				document
					.elementFromPoint(at.clientX, at.clientY)!
					.dispatchEvent(new DragEvent('drop', { ...given, ...at, dataTransfer: transfer }));
		},
		{ how, files, text, at: { clientX: x + width / 2, clientY: y + height / 2 } }
	);
}

test('[X2] [S6] whatever is dropped or pasted comes as pictures or text for both, and never in the place of the board', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor, { context: { hasTouch: true } });
	const people = [mentor, await open(lesson.learners[0]!)] as const;
	const { page } = mentor;
	const [mine] = await openBoards(lesson, people);
	await mine!.stroke([
		[0.1, 0.1],
		[0.2, 0.2]
	]);
	await expectSameBoard(world, lesson, people, 1);

	// Several at once, each its own; what the server does not take as it is: a photo of many megabytes, an SVG.
	await give(page, 'drop', [
		{ name: 'small.png', noise: 20 },
		{ name: 'photo.png', noise: 1_300 }
	]);
	await expectSameBoard(world, lesson, people, 3);
	await give(page, 'drop', [{ name: 'drawing.svg', type: 'image/svg+xml', words: SVG }]);
	await give(page, 'paste', [], SVG);
	await give(page, 'paste', [{ name: 'image.png', noise: 30 }]);
	const drawn = Object.values(await expectSameBoard(world, lesson, people, 6));
	const boxes = drawn.flatMap(({ data }) => (data && 'fileId' in data ? [data] : []));
	expect(boxes).toHaveLength(5);
	for (const { width, height } of boxes) expect(Math.min(width, height)).toBeGreaterThan(0);
	// All five are one action each.
	await mine!.tool('Undo');
	await expectSameBoard(world, lesson, people, 5);

	// What is no picture says so, and takes nothing away.
	await give(page, 'drop', [{ name: 'page.png', words: '<!doctype html><h1>No</h1>' }]);
	await expectToast(page, '“page.png” is no picture that this browser can show.');
	await give(page, 'drop', [{ name: 'nothing.png', words: '' }]);
	await expectToast(page, '“nothing.png” is empty.');
	await give(page, 'drop', [{ name: 'all.excalidraw', type: 'application/json', words: DRAWING }]);
	await expectToast(page, '“all.excalidraw” is no picture that this browser can show.');
	await expectSameBoard(world, lesson, people, 5);

	// Figures stay figures.
	await give(page, 'paste', [], '3\t4\n5\t6');
	const table = Object.values(await expectSameBoard(world, lesson, people, 6));
	expect(table.map(({ data }) => (data && 'text' in data ? data.text : ''))).toContain('3    4\n5    6');
	await expect(page.locator('.excalidraw-modal-container, .Dialog')).toHaveCount(0);

	// A finger that rests opens no menu of the drawing library.
	await mine!.tool('Select and move');
	const { rest } = await handsOf(mentor);
	const lift = await rest([0.9, 0.9]);
	await page.waitForFunction(
		(since) => performance.now() - since > 700,
		await page.evaluate(() => performance.now())
	);
	await expect(page.locator('.excalidraw .context-menu')).toHaveCount(0);
	await lift();

	// Locked: a learner puts nothing there, and is told.
	await chooseOnBoard(mentor, 'Board options', /^Lock the board/);
	const learner = people[1].page;
	await expect(people[1].button('Picture')).toHaveAttribute('aria-disabled', 'true');
	await give(learner, 'drop', [{ name: 'late.png', noise: 10 }]);
	await expectToast(learner, 'The mentor has locked the board.');
	expect(Object.keys(await drawnOn(learner))).toHaveLength(6);
	expect(
		Object.values(await boardInTable(world, lesson)).filter(({ kind }) => kind === 'image')
	).toHaveLength(4);
});

test('[X2] pictures of the device come by button, pages are carried by mouse, and the next lesson goes on with both', async ({
	world,
	open
}) => {
	const lesson = await world.classroom();
	const mentor = await open(lesson.mentor);
	const { page } = mentor;
	const [mine] = await openBoards(lesson, [mentor]);
	const chooser = page.waitForEvent('filechooser');
	await mine!.tool('Picture');
	const chosen = await chooser;
	expect(chosen.isMultiple()).toBe(true);
	const buffer = Buffer.from(SVG);
	await chosen.setFiles(['a.svg', 'b.svg'].map((name) => ({ name, mimeType: 'image/svg+xml', buffer })));
	const drawn = Object.values(await expectSameBoard(world, lesson, [mentor], 2));
	const middles = drawn.map(({ data }) => (data && 'width' in data ? data.x + data.width / 2 : NaN));
	expect(middles.reduce((sum, x) => sum + x)).toBeCloseTo(0, 0);
	await expect(mentor.button('Select and move')).toHaveAttribute('aria-pressed', 'true');

	await chooseOnBoard(mentor, 'New page', /^Squared page/);
	const tabs = page.locator('[data-page]');
	await expect(tabs.nth(1)).toHaveAttribute('aria-current', 'page');
	const [first, second] = [await settledBox(tabs.nth(0)), await settledBox(tabs.nth(1))];
	await page.mouse.move(second.x + second.width / 2, second.y + 10);
	await page.mouse.down();
	await page.mouse.move(first.x + 4, first.y + 10, { steps: 4 });
	await expect(tabs.nth(0)).toHaveAttribute('data-mark', 'before');
	await page.mouse.up();
	await expect(tabs.nth(0)).toHaveAttribute('aria-current', 'page');
	await mine!.saved();
	await mentor.control('End session').click();
	await mentor.button('End for everyone').click();
	await expect(page.getByRole('dialog', { name: 'Wrap up the lesson' })).toBeVisible();

	const next = await world.lesson({ mentor: lesson.mentor, learners: lesson.learners });
	const again = await open(lesson.mentor);
	await openBoards(next, [again]);
	const offer = again.button('Continue the board of our last lesson');
	await expect(offer).toHaveAccessibleDescription(`${lesson.title}: 2 objects`);
	await offer.press('Enter');
	await expect(offer).toHaveCount(0);
	await expect(again.page.locator('[data-page]')).toHaveCount(2);
	await expect(again.page.locator('[data-page]:focus')).toHaveCount(1);
	await expectSameBoard(world, next, [again], 2);
});
