import { DIRECTION } from './language.ts';

/** Letters that are read from right to left: Hebrew, Arabic, Syriac, Thaana, N’Ko, Adlam and their kin. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name within a sentence or list that is plain text, where no element is around it: it keeps its own direction and turns
 * neither its own parts nor the names and signs beside it (isolates, UAX #9). One that is read as the page is stays as it is;
 * in other languages the build isolates what sentences put in, and this what lists do.
 */
export function isolated(name: string): string {
	return DIRECTION === 'rtl' || RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;
}
