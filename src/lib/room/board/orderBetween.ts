const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * A text that stands between two others by code units, null meaning the beginning or the end. Read as digits after a
 * point, so there is always room; never ends in 0, below which there would be none. Zeros at the end of what is given
 * count for nothing.
 */
export function orderBetween(below: string | null, above: string | null): string {
	const end = above?.replace(/0+$/, '') || null;
	if (below !== null && end !== null && below >= end) return orderBetween(below, null);
	let order = '';
	for (let at = 0; ; at += 1) {
		const low = digit(below, at, 0);
		// Once one digit is lower, what comes after it has no upper end.
		const high = end !== null && end.startsWith(order) ? digit(end, at, 0) : DIGITS.length;
		if (high - low > 1) return order + DIGITS[Math.floor((low + high) / 2)]!;
		order += DIGITS[low]!;
	}
}

function digit(order: string | null, at: number, otherwise: number): number {
	const found = order === null ? -1 : DIGITS.indexOf(order[at] ?? '');
	return order !== null && order[at] !== undefined && found >= 0 ? found : otherwise;
}
