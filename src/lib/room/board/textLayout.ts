/** The letters that texts of our toolbar are written in, by the drawing library's number, and what belongs to them. */
export const FONT = { fontFamily: 6, lineHeight: 1.35 } as const;

/** How wide one line is, in units of the page. */
export type MeasureLine = (line: string, fontSize: number, fontFamily: number) => number;

export interface TextLook {
	fontSize: number;
	fontFamily: number;
	lineHeight: number;
}

/** A text as it is drawn. */
export interface LaidOut {
	/** With its line breaks. */
	text: string;
	width: number;
	height: number;
}

/** Breaks a text where words end, and words that are too long anywhere; `width` null for as wide as it is. */
export function layOut(text: string, look: TextLook, width: number | null, measure: MeasureLine): LaidOut {
	const widthOf = (line: string) => measure(line, look.fontSize, look.fontFamily);
	const lines = text.split('\n').flatMap((line) => (width === null ? [line] : wrap(line, width, widthOf)));
	return {
		text: lines.join('\n'),
		width: Math.max(...lines.map(widthOf)),
		height: lines.length * look.fontSize * look.lineHeight
	};
}

function wrap(line: string, width: number, widthOf: (text: string) => number): string[] {
	const lines: string[] = [];
	let current = '';
	for (const word of line.split(' ')) {
		const longer = current === '' ? word : `${current} ${word}`;
		if (widthOf(longer) <= width) {
			current = longer;
			continue;
		}
		if (current !== '') lines.push(current);
		const pieces = cut(word, width, widthOf);
		lines.push(...pieces.slice(0, -1));
		current = pieces.at(-1)!;
	}
	return [...lines, current];
}

function cut(word: string, width: number, widthOf: (text: string) => number): string[] {
	const pieces: string[] = [];
	let current = '';
	for (const character of word) {
		if (current !== '' && widthOf(current + character) > width) {
			pieces.push(current);
			current = '';
		}
		current += character;
	}
	return [...pieces, current];
}
