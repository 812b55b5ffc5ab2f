/** Hundredths of a percent in the whole. */
const WHOLE = 10_000n;

/**
 * What the platform keeps of a price, in the same minor units. Rounded half up to the minor unit, so that half a cent
 * goes to the platform and not to the mentor; what is left is the mentor's, and fee and rest together are the price to
 * the cent. `percent`: 0 to 100, at most two decimals.
 */
export function platformFee(amountMinor: number, percent: number): number {
	// In whole numbers: 0.29 × 100 is 28.999… otherwise, and prices may be as long as numbers can be.
	const hundredths = BigInt(Math.round(percent * 100));
	return Number((BigInt(amountMinor) * hundredths + WHOLE / 2n) / WHOLE);
}
