/** Opens a file as UTF-8 in spreadsheets that would guess otherwise. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * With one of these at its beginning a spreadsheet takes a cell for a formula, also behind the signs that it leaves out
 * (OWASP, “CSV Injection”).
 */
const FORMULA = /^[\s\uFEFF]*[=+\-@\t\r\n＝＋－＠]/u;
/** Where the comma is the decimal sign, cells end at semicolons, and quotes inside of a line keep none together. */
const FORMULA_BEHIND_SEMICOLON = /(?<=;)(?=[\s\uFEFF"]*[=+\-@＝＋－＠])/gu;

/**
 * One record of RFC 4180 with its line end. Numbers are written as given; a text that a spreadsheet would run as a
 * formula gets an apostrophe before it, which spreadsheets do not show.
 */
export function csvRecord(cells: readonly (string | { number: string })[]): string {
	return `${cells.map((cell) => (typeof cell === 'string' ? quoted(harmless(cell)) : cell.number)).join(',')}\r\n`;
}

function harmless(text: string): string {
	return (FORMULA.test(text) ? `'${text}` : text).replace(FORMULA_BEHIND_SEMICOLON, "'");
}

function quoted(text: string): string {
	// Some programs take semicolons and tabs for the ends of cells as well.
	return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
