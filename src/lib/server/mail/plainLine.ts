/** Signs that turn the reading direction of what stands after them (Unicode’s embeddings, overrides, isolates, marks). */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** No script needs more marks on one letter; thousands of them would cover the lines above and below. */
const PILED_MARKS = /(\p{M}{4})\p{M}+/gu;

/**
 * What somebody typed as a part of one line: no line breaks or other control characters (so that nothing can become a
 * header of its own), no turned direction, no piles of marks, at most `max` characters.
 */
export function plainLine(text: string, max: number): string {
	return cut(calm(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' '), max);
}

/** As `plainLine`, with its lines kept: a description, a reason. */
export function plainLines(text: string, max: number): string {
	const lines = calm(text).replace(/\r\n?|[\u2028\u2029]/g, '\n');
	return cut(lines.replace(/[^\P{Cc}\n\t]/gu, '').replace(/\n{3,}/g, '\n\n'), max);
}

function calm(text: string): string {
	return text.toWellFormed().replace(TURNING, '').replace(PILED_MARKS, '$1');
}

function cut(text: string, max: number): string {
	const signs = [...text.trim()];
	return signs.length <= max ? signs.join('') : `${signs.slice(0, max - 1).join('')}…`;
}

/** Whether this can be written into an envelope and a header as one address and nothing else. */
export function isPlainAddress(address: string): boolean {
	return /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address) && address.length <= 254;
}
