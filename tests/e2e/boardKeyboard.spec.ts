import type { Page } from '@playwright/test';
import { expectNoViolationInBoth } from '../support/axe.ts';
import { expect, test } from '../support/lessonTest.ts';
import { expectSaid } from '../support/noticeLog.ts';
import type { RoomPage } from '../support/roomPage.ts';
import { whiteboardOf } from '../support/whiteboard.ts';

/** The list of objects and what stands around it. */
function objectsOf({ page }: RoomPage) {
	const board = page.getByRole('region', { name: 'Whiteboard' });
	const panel = board.getByRole('region', { name: 'Objects' });
	return {
		board,
		panel,
		toggle: board.getByRole('button', { name: 'Objects', exact: true }),
		list: panel.getByRole('listbox'),
		options: panel.getByRole('listbox').getByRole('option'),
		/** The one that the keys act on. */
		active: panel.getByRole('listbox').getByRole('option', { selected: true })
	};
}

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: ReturnType<Page['locator']>, key = 'Tab'): Promise<void> {
	await expect(wanted).toBeVisible();
	for (let presses = 0; presses < 40; presses += 1) {
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press(key);
	}
	throw new Error(`Tab never reached ${wanted}.`);
}

/** Chooses in a native select by its letters, as one does with keys. */
async function pick(page: Page, label: string, value: string): Promise<void> {
	const field = page.getByRole('combobox', { name: label, exact: true });
	await tabTo(page, field);
	await field.selectOption(value);
}

test('[X5] [Y2] one person draws by keys alone, and the other one sees each of it', async ({
	world,
	inRoom
}) => {
	test.slow();
	const [mentor, learner] = await inRoom(await world.classroom());
	const { page } = learner;
	const { keyboard } = page;
	const theirs = objectsOf(mentor);
	const mine = objectsOf(learner);
	await whiteboardOf(mentor).open();
	await theirs.toggle.click();
	await expect(theirs.panel.getByText('Nothing is on this page yet')).toBeVisible();

	await learner.control('Open whiteboard').focus();
	await keyboard.press('Enter');
	await expect(mine.board.getByText(/^Saved$/)).toBeVisible();
	// The tools are one stop, and their last one is the list.
	await learner.control('Close whiteboard').focus();
	await tabTo(page, mine.board.getByRole('button', { name: 'Select and move' }).or(mine.toggle).first());
	await keyboard.press('End');
	await expect(mine.toggle).toBeFocused();
	const stops = await mine.board
		.getByRole('toolbar', { name: 'Drawing tools' })
		.getByRole('button')
		.evaluateAll((all) => all.filter((each) => (each as HTMLElement).tabIndex === 0).length);
	expect(stops).toBe(1);
	await keyboard.press('Enter');
	await expect(mine.panel).toBeVisible();

	// A text and a shape by form.
	await tabTo(page, mine.panel.getByRole('button', { name: 'Add' }));
	await keyboard.press('Enter');
	await tabTo(page, mine.panel.getByRole('textbox', { name: 'Text' }));
	await keyboard.type('Hello');
	await pick(page, 'Place', 'top left');
	await tabTo(page, mine.panel.getByRole('button', { name: 'Add' }));
	await keyboard.press('Enter');
	await expect(mine.list).toBeFocused();
	await expect(mine.active).toHaveText(/^Text “Hello”\s*top left, by you$/);
	await expectSaid(page, 'Text added, top left, Page 1');
	await expect(theirs.options).toHaveText([/^Text “Hello”\s*top left, by Alan Turing$/]);
	await expectSaid(mentor.page, 'Alan Turing added a text “Hello”');

	await tabTo(page, mine.panel.getByRole('button', { name: 'Add' }), 'Shift+Tab');
	await keyboard.press('Enter');
	await pick(page, 'Kind', 'ellipse');
	await tabTo(page, mine.panel.getByRole('textbox', { name: 'Text in it' }));
	await keyboard.type('Sum');
	await pick(page, 'Colour', '#c92a2a');
	await pick(page, 'Place', 'bottom right');
	await tabTo(page, mine.panel.getByRole('button', { name: 'Add' }));
	await keyboard.press('Enter');
	await expect(theirs.options).toHaveText([
		/^Text “Hello”/,
		/^Ellipse “Sum”\s*red, bottom right, by Alan Turing$/
	]);

	// Edit, go to, move, delete, undo.
	await expect(mine.list).toBeFocused();
	await keyboard.press('Home');
	await keyboard.press('F2');
	const text = mine.panel.getByRole('textbox', { name: 'Text' });
	await expect(text).toBeFocused();
	await keyboard.press('ControlOrMeta+a');
	await keyboard.type('Good morning');
	await tabTo(page, mine.panel.getByRole('button', { name: 'Save' }));
	await keyboard.press('Enter');
	await expect(theirs.options.first()).toContainText('Text “Good morning”');
	await expect(mine.list).toBeFocused();
	await keyboard.press('Enter');
	await expectSaid(page, 'is shown and selected on the board');
	await expect(mine.list).toBeFocused();
	const x = () => placeOf(mentor.page, 'Good morning');
	const before = await x();
	await tabTo(page, mine.panel.getByRole('button', { name: 'Move' }));
	await keyboard.press('Enter');
	await expect(mine.board.getByRole('application', { name: 'Drawing area' })).toBeFocused();
	for (let presses = 0; presses < 4; presses += 1) await keyboard.press('Shift+ArrowRight');
	await expect.poll(async () => Math.round((await x()) - before)).toBe(20);
	await keyboard.press('Escape');
	await expect(mine.list).toBeFocused();
	await keyboard.press('Delete');
	await expectSaid(page, 'Text “Good morning” deleted. Undo brings it back.');
	await expect(mine.list).toBeFocused();
	await expect(theirs.options).toHaveText([/^Ellipse “Sum”/]);
	await keyboard.press('ControlOrMeta+z');
	await expect(theirs.options).toHaveText([/^Text “Good morning”/, /^Ellipse “Sum”/]);

	// Escape closes, and the focus is where it came from.
	await keyboard.press('Escape');
	await expect(mine.panel).toBeHidden();
	await expect(mine.toggle).toBeFocused();

	// Another page, with a name, and back.
	await tabTo(page, mine.board.getByRole('button', { name: 'Page 1', exact: true }));
	await keyboard.press('End');
	await expect(mine.board.getByRole('button', { name: 'New page' })).toBeFocused();
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Blank page' })).toBeFocused();
	await keyboard.press('ArrowDown');
	await keyboard.press('Enter');
	const pages = (of: typeof mine) => of.board.getByRole('toolbar', { name: 'Pages of the whiteboard' });
	await expect(pages(theirs).locator('[data-page]')).toHaveText(['1', '2']);
	await keyboard.press('ArrowLeft');
	await keyboard.press('Enter');
	await page.getByRole('menuitem', { name: 'Rename' }).press('Enter');
	await expect(page.getByRole('textbox', { name: 'Name of page 2' })).toBeFocused();
	await keyboard.type('Fractions');
	await keyboard.press('Enter');
	const named = pages(mine).getByRole('button', { name: 'Page 2: Fractions' });
	await expect(named).toBeFocused();
	await expect(pages(theirs).locator('[data-page]')).toHaveText(['1', '2 Fractions']);
	await keyboard.press('End');
	await keyboard.press('ArrowLeft');
	await keyboard.press('Enter');
	await page.getByRole('menuitem', { name: 'Move to the left' }).press('Enter');
	await expect(pages(theirs).locator('[data-page]')).toHaveText(['1 Fractions', '2']);
	await keyboard.press('Home');
	await keyboard.press('ArrowRight');
	await keyboard.press('Enter');
	await expect(pages(mine).getByRole('button', { name: 'Page 2', exact: true })).toHaveAttribute(
		'aria-current',
		'page'
	);
	await expectSaid(page, 'Page 2 of 2');
});

async function placeOf(page: Page, text: string): Promise<number> {
	return page.evaluate(async (wanted) => {
		const board = await window.__peerlearnRoom!.whiteboard();
		const all = board.elementsOn(board.state().pageId);
		const found = all.find((one) => one.kind === 'text' && !one.deleted && one.data.text === wanted);
		return found && !found.deleted && found.kind === 'text' ? found.data.x : NaN;
	}, text);
}

test('[Y1] axe finds nothing on the board in any of its states, light and dark', async ({
	world,
	inRoom
}) => {
	test.slow();
	const [mentor, learner] = await inRoom(await world.classroom());
	const mine = objectsOf(mentor);
	await whiteboardOf(learner).open();
	await whiteboardOf(mentor).open();
	await expectNoViolationInBoth(mentor.page, 'the board');
	await mine.toggle.click();
	await mine.panel.getByRole('button', { name: 'Add' }).click();
	await expectNoViolationInBoth(mentor.page, 'the form');
	await mine.panel.getByRole('textbox', { name: 'Text' }).fill('Hello');
	await mine.panel.getByRole('button', { name: 'Add' }).click();
	await expect(mine.options).toHaveCount(1);
	await expectNoViolationInBoth(mentor.page, 'the list');
	for (const name of ['Shapes', 'Colour: black', 'Options of this page', 'Board options']) {
		await mine.board.getByRole('button', { name, exact: true }).click();
		await expect(mentor.page.getByRole('menu')).toBeVisible();
		await expectNoViolationInBoth(mentor.page, name);
		if (name !== 'Board options') await mentor.page.keyboard.press('Escape');
	}
	await mentor.page.getByRole('menuitem', { name: 'Lock the board' }).click();
	const theirs = objectsOf(learner);
	await expect(theirs.board.getByText('The mentor has locked the board.')).toBeVisible();
	await expectSaid(learner.page, 'The mentor has locked the board. You can still look around');
	await theirs.toggle.click();
	await expect(theirs.options).toHaveCount(1);
	await expectNoViolationInBoth(learner.page, 'locked for a learner');
});

test('[Y2] single keys choose tools in the drawing alone, and not when they are turned off', async ({
	world,
	inRoom
}) => {
	const [mentor] = await inRoom(await world.classroom());
	const { board, toggle } = objectsOf(mentor);
	const { keyboard } = mentor.page;
	await whiteboardOf(mentor).open();
	const pressed = (name: string) => board.getByRole('button', { name, exact: true, pressed: true });
	const drawing = board.getByRole('application', { name: 'Drawing area' });
	await drawing.focus();
	await keyboard.press('r');
	await expect(pressed('Shapes')).toBeVisible();
	await toggle.focus();
	await keyboard.press('p');
	await expect(pressed('Shapes')).toBeVisible();
	await board.getByRole('button', { name: 'Board options' }).click();
	await mentor.page.getByRole('menuitem', { name: 'Turn single-key shortcuts off' }).click();
	await drawing.focus();
	await keyboard.press('p');
	await keyboard.press('1');
	await expect(pressed('Shapes')).toBeVisible();
	await expect(pressed('Pen')).toBeHidden();
	await board.getByRole('button', { name: 'Board options' }).click();
	await mentor.page.getByRole('menuitem', { name: 'Turn single-key shortcuts on' }).click();
	await drawing.focus();
	await keyboard.press('p');
	await expect(pressed('Pen')).toBeVisible();
});

test('[X5] [X4] among 5,000 objects the list stays a list', async ({ world, inRoom }) => {
	const [mentor] = await inRoom(await world.classroom());
	const { panel, toggle, list, options, active } = objectsOf(mentor);
	const { keyboard } = mentor.page;
	await whiteboardOf(mentor).open();
	await mentor.page.evaluate(async () => {
		const board = await window.__peerlearnRoom!.whiteboard();
		const data = { width: 30, height: 20, index: 'a0', strokeColor: '#1e1e1e', strokeWidth: 2 };
		const envelope = { pageId: board.state().pageId, version: 1, nonce: 1, deleted: false } as const;
		board.change(
			Array.from({ length: 5_000 }, (_, at) => ({
				...envelope,
				...{
					id: `r${at}`,
					kind: 'rectangle',
					data: { ...data, x: (at % 50) * 40, y: Math.floor(at / 50) * 50 }
				}
			})),
			true
		);
	});
	await toggle.click();
	await expect(panel.getByText('5,000 objects')).toBeVisible();
	await expect(options).toHaveCount(100);
	await list.focus();
	await keyboard.press('End');
	await expect(active).toHaveAttribute('aria-posinset', '5000');
	await expect(active).toBeInViewport();
	await expect(options).toHaveCount(100);
	await keyboard.press('Delete');
	await expect(panel.getByText('4,999 objects')).toBeVisible();
	await expect(active).toHaveAttribute('aria-posinset', '4999');
	await panel.getByRole('searchbox').fill('bottom right');
	await expect(panel.getByText(/^\d{3} objects/)).toBeVisible();
});
