import { expect, test } from 'vitest';
import { makePictures } from './makePictures.ts';

const place = { pageId: 'first', x: 100, y: 50, width: 1_000, height: 600 };
let made = 0;
const workshop = { elements: [], randomId: () => `p${(made += 1)}`, nonce: () => 7 };
const boxes = (pictures: Parameters<typeof makePictures>[0]) =>
	makePictures(pictures, place, workshop).map(({ data }) => {
		const { x, y, width, height } = data as Record<'x' | 'y' | 'width' | 'height', number>;
		return [x, y, width, height];
	});

test('[X2] a picture is put around its place at its own size, and smaller where it would cover what one sees', () => {
	expect(boxes([{ fileId: 'f', width: 120, height: 90 }])).toEqual([[40, 5, 120, 90]]);
	expect(boxes([{ fileId: 'f', width: 8_000, height: 2_000 }])).toEqual([[-300, -50, 800, 200]]);
	expect(boxes([{ fileId: 'f', width: 10, height: 3_600 }])).toEqual([[99.5, -130, 1, 360]]);
});

test('[X2] several at once stand beside each other, none over another, each above the one before', () => {
	const all = Array.from({ length: 3 }, (_, at) => ({ fileId: `f${at}`, width: 4_000, height: 3_000 }));
	const elements = makePictures(all, place, workshop);
	const data = elements.map((one) => one.data as { x: number; width: number; index: string; fileId: string });
	expect(data.map(({ fileId }) => fileId)).toEqual(['f0', 'f1', 'f2']);
	for (const [at, one] of data.slice(1).entries()) {
		expect(one.x).toBeGreaterThan(data[at]!.x + data[at]!.width);
		expect(one.index > data[at]!.index).toBe(true);
	}
	const [first, last] = [data[0]!, data.at(-1)!];
	expect((first.x + last.x + last.width) / 2).toBeCloseTo(place.x, 0);
	expect(last.x + last.width - first.x).toBeLessThanOrEqual(800.1);
	expect(new Set(elements.map(({ id }) => id)).size).toBe(3);
});
