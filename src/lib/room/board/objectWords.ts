import type { BoardElement, BoardKind, LiveElement, LiveElementOf } from '../../shared/board.ts';
import { colorName, COLORS } from './colors.ts';
import { boxOf, placeOf, sheetOf, type Box, type Place } from './objectPlaces.ts';
import { COMMA, quoted as quotedWords, word } from '../../shared/counted.ts';

export type ObjectKind = Exclude<BoardKind, 'page'>;
export type DrawnElement = Exclude<LiveElement, { kind: 'page' }>;

/** One thing on the board, in words. */
export interface BoardObject {
	id: string;
	kind: ObjectKind;
	pageId: string;
	/** What it is, as “Rectangle “Sum””. */
	title: string;
	/** How it looks, where it is and whose it is, as “red, large, top left, by Maya”. */
	detail: string;
	/** What is written in it; null for what nothing can be written in. */
	text: string | null;
	/** The text that belongs to a shape or arrow. */
	textId: string | null;
	box: Box;
}

/** What is called the same whether it is a tool or on the board. */
export const SHAPE_WORDS = {
	line: 'Line',
	arrow: 'Arrow',
	rectangle: 'Rectangle',
	ellipse: 'Ellipse',
	diamond: 'Diamond',
	text: 'Text'
};

/** What each kind is called; a highlighter's stroke has a name of its own (`kindWords`). */
export const KIND_WORDS: Record<ObjectKind, string> = {
	freedraw: 'Pen stroke',
	...SHAPE_WORDS,
	image: 'Picture'
};
/** What each place on a page is called. */
export const PLACE_WORDS: Record<Place | 'all over the page' | 'below everything', string> = {
	'top left': word('top left'),
	top: word('top'),
	'top right': word('top right'),
	left: word('left'),
	middle: word('middle'),
	right: word('right'),
	'bottom left': word('bottom left'),
	bottom: word('bottom'),
	'bottom right': word('bottom right'),
	'all over the page': word('all over the page'),
	'below everything': word('below everything')
};
/** Clockwise from the right. */
const DIRECTIONS = [
	...[word('right'), word('down right'), word('down'), word('down left')],
	...[word('left'), word('up left'), word('up'), word('up right')]
];
/** Longest side, units of the page. */
const SMALL = 100;
const LARGE = 300;
/** Of a text, in a title. */
const MOST_CHARACTERS = 120;
/** Things whose upper edges are in one such band stand in one row. */
const ROW = 48;

/** The things on one page as they are read: row by row from top to bottom, in a row from left to right. */
export function describePage(
	elements: readonly BoardElement[],
	/** “you” for oneself. */
	authorName: (id: string) => string
): BoardObject[] {
	const drawn = elements.filter((one): one is DrawnElement => !one.deleted && one.kind !== 'page');
	const byId = new Map(drawn.map((one) => [one.id, one]));
	const labels = new Map<string, LiveElementOf<'text'>>();
	for (const one of drawn) {
		const container = one.kind === 'text' ? one.data.containerId : null;
		// Of two texts in one shape – two people wrote at once – the later one is read as a thing of its own.
		if (one.kind === 'text' && container && byId.has(container) && !labels.has(container))
			labels.set(container, one);
	}
	const inside = new Set([...labels.values()].map(({ id }) => id));
	const sheet = sheetOf(drawn.map(boxOf));
	return drawn
		.filter(({ id }) => !inside.has(id))
		.map((element): BoardObject => {
			const label = labels.get(element.id);
			const text = textOf(element, label);
			const box = boxOf(element);
			const look = [colorWords(element), sizeWords(element, box), PLACE_WORDS[placeOf(box, sheet)]].filter(
				Boolean
			);
			return {
				...{ id: element.id, kind: element.kind, pageId: element.pageId, text, box },
				title: titleOf(element, text, (id) => nameOf(byId.get(id), labels.get(id))),
				detail: `${look.join(COMMA)}, by ${authorName(element.id)}`,
				textId: label?.id ?? null
			};
		})
		.sort(inReadingOrder);
}

function inReadingOrder(a: BoardObject, b: BoardObject): number {
	const rows = Math.floor(a.box.top / ROW) - Math.floor(b.box.top / ROW);
	return rows || a.box.left - b.box.left || a.box.top - b.box.top || (a.id < b.id ? -1 : 1);
}

function textOf(element: DrawnElement, label: LiveElementOf<'text'> | undefined): string | null {
	const written = element.kind === 'text' ? element : label;
	if (written) return written.data.originalText ?? written.data.text;
	return takesText(element.kind) ? '' : null;
}

/** Whether something can be written in such a thing. */
export function takesText(kind: ObjectKind): boolean {
	return kind === 'text' || kind === 'rectangle' || kind === 'ellipse' || kind === 'diamond';
}

function titleOf(
	element: DrawnElement,
	text: string | null,
	nameById: (id: string) => string | null
): string {
	const what = kindWords(element);
	const written = text ? ` ${quoted(text)}` : '';
	if (element.kind !== 'arrow') return what + written;
	const [from, to] = [element.data.startBinding, element.data.endBinding].map((end) =>
		end ? nameById(end.elementId) : null
	);
	if (!from && !to) return `${what} pointing ${directionOf(element)}${written}`;
	return `${what}${written}${from ? ` from ${from}` : ''}${to ? ` to ${to}` : ''}`;
}

/** What a thing is called. */
function kindWords(element: DrawnElement): string {
	return isHighlighter(element) ? 'Highlighter stroke' : KIND_WORDS[element.kind];
}

/** Whether a stroke was drawn with the highlighter. */
export function isHighlighter(element: DrawnElement): boolean {
	return element.kind === 'freedraw' && (element.data.opacity ?? 100) < 100;
}

/** What an arrow begins or ends at. */
function nameOf(element: DrawnElement | undefined, label: LiveElementOf<'text'> | undefined): string | null {
	if (!element) return null;
	const text = textOf(element, label);
	return text ? quoted(text) : KIND_WORDS[element.kind].toLowerCase();
}

function quoted(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return quotedWords(
		line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS).toWellFormed()}…` : line
	);
}

function colorWords({ kind, data }: DrawnElement): string {
	const name = colorName(data.strokeColor).toLowerCase();
	return kind === 'image' || name === COLORS[0].name.toLowerCase() ? '' : name;
}

function sizeWords({ kind }: DrawnElement, { left, top, right, bottom }: Box): string {
	if (kind === 'text') return '';
	const longest = Math.max(right - left, bottom - top);
	return longest < SMALL ? word('small') : longest >= LARGE ? word('large') : '';
}

function directionOf({ data: { points } }: LiveElementOf<'arrow'>): string {
	const [[fromX, fromY] = [0, 0], [toX, toY] = [0, 0]] = [points[0], points.at(-1)];
	const eighths = Math.round((Math.atan2(toY - fromY, toX - fromX) * 4) / Math.PI);
	return DIRECTIONS[(eighths + 8) % 8]!;
}
