import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellOf, freeSpot, placeOf, PLACES, sheetOf, spotBelow, type Box } from './objectPlaces.ts';

const length = fc.integer({ min: 1, max: 300 });
const box = fc
	.tuple(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: -2_000, max: 2_000 }), length, length)
	.map(([left, top, width, height]): Box => ({ left, top, right: left + width, bottom: top + height }));
const boxAt = ([x, y]: [number, number], { width, height }: { width: number; height: number }): Box => ({
	...{ left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 }
});
const overlaps = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test('[X5] what is put at a place is found at that place, whatever else is on the page', () => {
	fc.assert(
		fc.property(
			fc.array(box, { maxLength: 40 }),
			fc.constantFrom(...PLACES),
			length,
			(taken, place, side) => {
				const size = { width: side, height: side };
				const sheet = sheetOf(taken);
				const put = boxAt(freeSpot(size, cellOf(place, sheet), taken), size);
				// Afterwards the page may be larger by what hangs over its edge.
				const stands = side <= 60 ? placeOf(put, sheetOf([...taken, put])) : placeOf(put, sheet);
				expect(stands).toBe(place);
			}
		)
	);
});

test('[X5] nothing is put over something else while the place has room', () => {
	const taken: Box[] = [];
	const cell = cellOf('top left', sheetOf(taken));
	const size = { width: 60, height: 40 };
	for (let nth = 0; nth < 6; nth += 1) {
		const put = boxAt(freeSpot(size, cell, taken), size);
		expect(taken.some((one) => overlaps(one, put))).toBe(false);
		taken.push(put);
	}
});

test('[X5] below everything is below everything', () => {
	fc.assert(
		fc.property(fc.array(box, { minLength: 1, maxLength: 20 }), (taken) => {
			const put = boxAt(spotBelow({ width: 100, height: 50 }, taken), { width: 100, height: 50 });
			expect(taken.every((one) => one.bottom < put.top)).toBe(true);
		})
	);
});
