import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderBetween } from './orderBetween.ts';

test.each([
	['a', 'a0'],
	[null, '0'],
	[null, 'a000'],
	['a0', 'a00'],
	['aV', 'aV0']
])('[S3] after %s and before %s a place is found, though there is none between them', (below, above) => {
	expect(orderBetween(below, above)).toMatch(/^[0-9A-Za-z]*[1-9A-Za-z]$/);
});

test('[X2] there is always a place between two pages', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(), { maxLength: 120 }), (places) => {
			const orders: string[] = [];
			for (const place of places) {
				const at = place % (orders.length + 1);
				orders.splice(at, 0, orderBetween(orders[at - 1] ?? null, orders[at] ?? null));
			}
			expect(orders).toEqual([...new Set(orders)].sort());
			for (const order of orders) expect(order).toMatch(/^[0-9A-Za-z]{1,60}$/);
		})
	);
});
