import { expect, test } from 'vitest';
import type { PageDrawing } from '$lib/room/adapters/excalidraw/drawnPage.ts';
import type { BoardElement } from '$lib/shared/board.ts';
import { aStroke } from '$lib/shared/boardFixture.ts';
import { exportBoard, type ExportFormat } from './exportBoard.ts';

/** Draws nothing; `missing` pictures could not be read. */
function drawing(missing = 0): PageDrawing {
	return {
		drawSvg: async ({ elements }) =>
			elements.length === 0 ? null : { picture: { text: '<svg/>', width: 1, height: 1 }, missing },
		drawPng: async ({ elements }) => (elements.length === 0 ? null : { picture: new Blob(['png']), missing })
	};
}

function board(...objects: number[]) {
	const pages = objects.map((_, nth) => ({
		...{ id: `p${nth}`, order: `a${nth}`, template: 'blank' as const },
		title: nth === 1 ? 'Halves' : ''
	}));
	const elementsOn = async (pageId: string): Promise<BoardElement[]> =>
		Array.from({ length: objects[Number(pageId.slice(1))]! }, (_, i) => aStroke(`s${i}`, 2));
	return { pages, elementsOn, lesson: 'Fractions', date: '2026-07-14' };
}

async function exported(objects: number[], pageId: string | null, format: ExportFormat, missing = 0) {
	const made = await exportBoard({ source: board(...objects), drawing: drawing(missing), format, pageId });
	return made.kind === 'empty' ? made.text : [made.name, made.blob.type, made.note];
}

test('[X2] one page is one file of its kind', async () => {
	expect(await exported([1, 2], 'p1', 'svg')).toEqual([
		'Fractions - Page 2 Halves - 2026-07-14.svg',
		'image/svg+xml',
		''
	]);
	expect((await exported([1, 2], 'p0', 'png'))[0]).toBe('Fractions - Page 1 - 2026-07-14.png');
	expect((await exported([3], 'p0', 'png'))[0]).toBe('Fractions - Whiteboard - 2026-07-14.png');
});

test('[X2] all pages come together, and what is not among them is said', async () => {
	expect(await exported([1, 2], null, 'png')).toEqual([
		'Fractions - Whiteboard - 2026-07-14.zip',
		'application/zip',
		''
	]);
	expect((await exported([1, 0, 2, 0], null, 'png'))[2]).toBe('Pages 2 and 4 are empty and were left out.');
	expect(await exported([0, 2], null, 'svg', 1)).toEqual([
		'Fractions - Page 2 Halves - 2026-07-14.svg',
		'image/svg+xml',
		'Page 1 is empty and was left out. One picture could not be loaded and is not in it.'
	]);
});

test('[X2] an empty page is said to be so, and makes no file', async () => {
	expect(await exported([1, 0], 'p1', 'png')).toBe('Page 2 is empty: there is nothing to export.');
	expect(await exported([0], 'p0', 'png')).toBe('The whiteboard is empty: there is nothing to export.');
	expect(await exported([0, 0], null, 'svg')).toBe('The whiteboard is empty: there is nothing to export.');
});
