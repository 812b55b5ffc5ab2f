import { expect, test } from 'vitest';
import type { PageView } from '$lib/room/board/pages.ts';
import { aStroke } from '$lib/shared/boardFixture.ts';
import { createBoardPictures } from './boardPictures.ts';

const PAGE: PageView = { id: 'p1', template: 'lined', title: '', order: 'U' };

function setUp() {
	const calls: string[] = [];
	const live = new Set<string>();
	let failing = 0;
	const pictures = createBoardPictures({
		async read(pageId) {
			calls.push(`read ${pageId}`);
			if (failing-- > 0) throw new Error('away');
			return pageId === 'p1' ? [aStroke('s', 3)] : [];
		},
		async loadDrawing() {
			calls.push('load');
			return {
				async drawSvg({ template, elements }, { dark }) {
					calls.push(`draw ${template} ${dark ? 'dark' : 'light'}`);
					if (elements.length === 0) return null;
					return { picture: { text: '<svg/>', width: 10, height: 20 }, missing: 0 };
				},
				drawPng: async () => null
			};
		},
		urlOf() {
			const url = `blob:${live.size}`;
			live.add(url);
			return url;
		},
		free: (url) => live.delete(url)
	});
	return { pictures, calls, live, fail: (times: number) => (failing = times) };
}

test('[F6] a page is read and drawn once, and its memory given back', async () => {
	const { pictures, calls, live } = setUp();
	const [first, again] = await Promise.all([1, 2].map(() => pictures.of(PAGE, { dark: false })));
	expect(first).toEqual({ url: 'blob:0', width: 10, height: 20, words: '1 pen stroke', missing: 0 });
	expect(again).toBe(first);
	expect((await pictures.of(PAGE, { dark: true }))?.url).toBe('blob:1');
	expect(await pictures.elementsOn('p1')).toHaveLength(1);
	expect(calls).toEqual(['load', 'read p1', 'draw lined light', 'draw lined dark']);
	pictures.close();
	expect(live.size).toBe(0);
});

test('[F6] an empty page has no picture; what failed is tried again', async () => {
	const { pictures, calls, fail } = setUp();
	expect(await pictures.of({ ...PAGE, id: 'p2' }, { dark: false })).toBeNull();
	fail(1);
	await expect(pictures.of(PAGE, { dark: false })).rejects.toThrow('away');
	expect(await pictures.of(PAGE, { dark: false })).not.toBeNull();
	expect(calls.filter((call) => call === 'read p1')).toHaveLength(2);
});
