import { plainLines as linesOf, plainName, withoutTurning } from '../../shared/plainText.ts';

/**
 * What somebody typed as a part of one line: no line breaks or other control characters (so that nothing can become a
 * header of its own), no turned direction, no piles of marks, at most `max` characters.
 */
export function plainLine(text: string, max: number): string {
	return cut(plainName(text), max);
}

/** Our own words on one line: what was put into them is plain already and may stand in isolates of its own. */
export function oneLine(text: string, max: number): string {
	return cut(text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' '), max);
}

/** As `plainLine`, with its lines kept: a description, a reason. */
export function plainLines(text: string, max: number): string {
	return cut(withoutTurning(linesOf(text)).replace(/\n{3,}/g, '\n\n'), max);
}

function cut(text: string, max: number): string {
	const signs = [...text.trim()];
	return signs.length <= max ? signs.join('') : `${signs.slice(0, max - 1).join('')}…`;
}

/** Whether this can be written into an envelope and a header as one address and nothing else. */
export function isPlainAddress(address: string): boolean {
	return /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address) && address.length <= 254;
}
