import { expect, test } from 'vitest';
import { anElement, deleted } from '$lib/shared/boardFixture.ts';
import type { BoardElement } from '$lib/shared/board.ts';
import { findUnsaved } from './unsavedDrawings.ts';

const rectangle = (id: string, given: object = {}) =>
	anElement('rectangle', { id, pageId: 'first', ...given });
const find = (kept: BoardElement[], stored: BoardElement[]) =>
	findUnsaved({ kept, storedPages: [], read: async () => stored });

test('[X3] what the device keeps and the board has, or that was only deleted, is not unsaved', async () => {
	const seen = rectangle('seen');
	expect(await find([seen, deleted(rectangle('gone'))], [seen])).toBeNull();
	expect(await find([seen], [rectangle('seen', { version: seen.version + 1 })])).toBeNull();
});

test('[X3] unsaved drawings are shown on their page, with what was there', async () => {
	const moved = rectangle('both', { version: 2 });
	const found = await find([moved, rectangle('mine')], [rectangle('both'), rectangle('theirs')]);
	expect(found).toMatchObject({ count: 2, objects: { first: 2 }, pages: [{ id: 'first' }] });
	const shown = await found!.elementsOn('first');
	expect(shown.map(({ id }) => id).sort()).toEqual(['both', 'mine', 'theirs']);
	expect(shown).toContain(moved);
});
