import { expect, test } from 'vitest';
import { tombstone, type LiveElement } from '../../shared/board.ts';
import { fakeWhiteboard, rectangle } from '../fakes/fakeWhiteboard.ts';
import { FIRST_PAGE, pageElement, pagesOf } from './pages.ts';

const staves = pageElement({ id: 'p', template: 'staves', title: 'Notes', order: 'V' }, undefined, () => 1);
const gone = tombstone(staves, { version: 2, nonce: 1 });
const stroke = { ...rectangle('a', 1), pageId: 'p' } as LiveElement;

test('[X3] a deleted page is there, as it was, as long as something is on it', () => {
	const first = pageElement(FIRST_PAGE, undefined, () => 1);
	expect(pagesOf([first, gone])).toEqual([FIRST_PAGE]);
	expect(pagesOf([stroke, first, gone])).toEqual([
		FIRST_PAGE,
		{ id: 'p', template: 'staves', title: 'Notes', order: 'V' }
	]);
	expect(pagesOf([first, gone, tombstone(stroke, { version: 2, nonce: 1 })])).toEqual([FIRST_PAGE]);
});

test('[X3] what is on a page that nobody knows is on the last one', () => {
	expect(pagesOf([stroke, staves].slice(0, 1)).map(({ id }) => id)).toEqual(['p']);
	expect(pagesOf([stroke, pageElement(FIRST_PAGE, undefined, () => 1)]).map(({ id }) => id)).toEqual([
		'first',
		'p'
	]);
});

/** A lesson with two pages, the second one with a rectangle on it. */
async function twoPages() {
	const { clock, server, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	maya.board.addPage('squared');
	const { pageId } = maya.board.state();
	const draw = (who: typeof maya, id: string) =>
		who.board.change([{ ...rectangle(id, 1), pageId } as LiveElement], true);
	draw(maya, 'old');
	await clock.advance(500);
	const seen = ({ board }: typeof maya) =>
		board.state().pages.map(({ id, template }) => [
			template,
			...board
				.elementsOn(id)
				.map((one) => one.id)
				.sort()
		]);
	return { clock, server, enter, maya, liam, pageId, draw, seen };
}

test('[X2] a page is deleted with everything on it, and comes back with everything', async () => {
	const { clock, server, maya, liam, seen } = await twoPages();
	maya.board.deletePage(maya.board.state().pageId);
	await clock.advance(500);
	for (const who of [maya, liam]) expect(seen(who)).toEqual([['blank']]);
	expect([...server.elements.values()].filter(({ deleted }) => !deleted)).toHaveLength(1);
	maya.board.undo();
	await clock.advance(500);
	for (const who of [maya, liam]) expect(seen(who)).toEqual([['blank'], ['squared', 'old']]);
	expect(maya.board.state().pageId).not.toBe('first');
});

test('[X3] [T3] what was drawn offline on a page that somebody deleted is there, on that page, for everybody', async () => {
	const { clock, enter, maya, liam, pageId, draw, seen } = await twoPages();
	liam.board.goTo(pageId);
	liam.link.cut();
	draw(liam, 'new');
	maya.board.deletePage(pageId);
	await clock.advance(500);
	expect(seen(maya)).toEqual([['blank']]);
	liam.link.restore();
	await clock.advance(5_000);
	const late = enter('aisha');
	await clock.advance(500);
	for (const who of [maya, liam, late]) expect(seen(who)).toEqual([['blank'], ['squared', 'new']]);
	expect(liam.board.state().pageId).toBe(pageId);
	liam.board.undo();
	await clock.advance(500);
	for (const who of [maya, liam, late]) expect(seen(who)).toEqual([['blank']]);
});

test('[X3] two people who each delete another page lose nothing that they did not see', async () => {
	const { clock, maya, liam, pageId, seen } = await twoPages();
	liam.link.cut();
	liam.board.deletePage('first');
	maya.board.change([rectangle('late', 1)], true);
	maya.board.deletePage(pageId);
	liam.link.restore();
	await clock.advance(5_000);
	for (const who of [maya, liam]) expect(seen(who)).toEqual([['blank', 'late']]);
});
