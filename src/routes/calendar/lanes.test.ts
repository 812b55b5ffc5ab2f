import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inLanes } from './lanes.ts';

const item = fc
	.record({ from: fc.integer({ min: 0, max: 200 }), length: fc.integer({ min: 1, max: 60 }) })
	.map(({ from, length }) => ({ from, to: from + length }));

test('[F7] what overlaps never shares a column, and nothing is lost', () => {
	fc.assert(
		fc.property(fc.array(item, { maxLength: 25 }), (items) => {
			const placed = inLanes(items);
			expect(placed).toHaveLength(items.length);
			for (const [nth, one] of placed.entries()) {
				expect(one.lane).toBeLessThan(one.lanes);
				for (const other of placed.slice(nth + 1)) {
					if (one.from >= other.to || other.from >= one.to) continue;
					expect(one.lane).not.toBe(other.lane);
					expect(one.lanes).toBe(other.lanes);
				}
			}
		})
	);
});

test('[F7] there are no more columns than things at once', () => {
	fc.assert(
		fc.property(fc.array(item, { minLength: 1, maxLength: 25 }), (items) => {
			const most = Math.max(
				...items.map(({ from }) => items.filter((other) => other.from <= from && other.to > from).length)
			);
			expect(Math.max(...inLanes(items).map(({ lanes }) => lanes))).toBe(most);
		})
	);
});

test('[F7] what does not touch has the whole width', () => {
	const placed = inLanes([
		{ from: 60, to: 120 },
		{ from: 0, to: 60 }
	]);
	expect(placed).toEqual([
		{ from: 0, to: 60, lane: 0, lanes: 1 },
		{ from: 60, to: 120, lane: 0, lanes: 1 }
	]);
});
