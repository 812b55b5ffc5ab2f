import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderBetween } from './orderBetween.ts';

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
