import fc from 'fast-check';
import { expect, test } from 'vitest';
import { platformFee } from './platformFee.ts';

const price = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
/** 0.00 to 100.00, as it is configured. */
const percent = fc
	.integer({ min: 0, max: 10_000 })
	.map((hundredths) => Number((hundredths / 100).toFixed(2)));

test('[F8] the fee is rounded to the minor unit, half of one upwards', () => {
	expect(platformFee(4_500, 0)).toBe(0);
	expect(platformFee(4_500, 10)).toBe(450);
	expect(platformFee(3_333, 12.5)).toBe(417);
	// 0.5, 1.5 and 2.5 cents.
	expect([10, 30, 50].map((amount) => platformFee(amount, 5))).toEqual([1, 2, 3]);
	expect(platformFee(9, 5)).toBe(0);
	expect(platformFee(100, 0.29)).toBe(0);
	expect(platformFee(10_000, 0.29)).toBe(29);
	expect(platformFee(0, 100)).toBe(0);
	expect(platformFee(4_500, 100)).toBe(4_500);
});

test('[F8] fee and rest are the price to the cent, and the fee is the nearest one', () => {
	fc.assert(
		fc.property(price, percent, (amountMinor, rate) => {
			const fee = platformFee(amountMinor, rate);
			expect(Number.isSafeInteger(fee)).toBe(true);
			expect(fee).toBeGreaterThanOrEqual(0);
			expect(fee).toBeLessThanOrEqual(amountMinor);
			expect(BigInt(fee) + BigInt(amountMinor - fee)).toBe(BigInt(amountMinor));
			// |fee - amount × rate| ≤ ½, and half is rounded up, in exact arithmetic.
			const twice = 2n * (BigInt(fee) * 10_000n - BigInt(amountMinor) * BigInt(Math.round(rate * 100)));
			expect(twice > -10_000n && twice <= 10_000n).toBe(true);
		})
	);
});

test('[F8] a higher price never has a lower fee', () => {
	fc.assert(
		fc.property(price, price, percent, (one, other, rate) => {
			const [low, high] = [Math.min(one, other), Math.max(one, other)];
			expect(platformFee(low, rate)).toBeLessThanOrEqual(platformFee(high, rate));
		})
	);
});
