import {
	jsonBytes,
	type BoardElement,
	type FreedrawData,
	type LiveElement,
	type LiveElementOf
} from '../../shared/board.ts';
import {
	BOARD_ELEMENT_MAX_BYTES,
	BOARD_MAX_POINTS,
	BOARD_TEXT_MAX_CHARACTERS
} from '../../shared/boardLimits.ts';

/** Everything of an element but its points or its text, with some air. */
const REST_BYTES = 2_000;
const ROOM = BOARD_ELEMENT_MAX_BYTES - REST_BYTES;
/** Characters of a line that has to be cut. */
const LINE = 1_000;

type Stroke = LiveElementOf<'freedraw'>;
type Text = LiveElementOf<'text'>;

/**
 * An element as one or, for a stroke or a text too long for one, several that follow on each other. The first keeps the
 * id; the others have none yet.
 */
export function splitElement(element: BoardElement): [BoardElement, ...LiveElement[]] {
	if (!element.deleted && element.kind === 'freedraw') return splitStroke(element);
	if (!element.deleted && element.kind === 'text') return splitText(element);
	return [element];
}

function splitStroke(element: Stroke): [Stroke, ...Stroke[]] {
	const { points, pressures } = element.data;
	const bytes = jsonBytes(points) + (pressures ? jsonBytes(pressures) : 0);
	const most = Math.min(BOARD_MAX_POINTS, Math.floor((points.length * ROOM) / Math.max(1, bytes)));
	if (points.length <= BOARD_MAX_POINTS && bytes <= ROOM) return [element];
	// Points differ in length, so a piece may be a little longer than its share.
	const length = Math.max(2, Math.floor(most * 0.8));
	const pieces: Stroke[] = [];
	// Each begins where the one before ended, so that there is no gap.
	for (let from = 0; from < points.length - 1; from += length - 1)
		pieces.push(strokePiece(element, from, from + length, pieces.length));
	return pieces as [Stroke, ...Stroke[]];
}

function strokePiece(whole: Stroke, from: number, to: number, nth: number): Stroke {
	const { data } = whole;
	const [startX, startY] = data.points[from]!;
	const next: FreedrawData = {
		...data,
		x: hundredths(data.x + startX),
		y: hundredths(data.y + startY),
		points: data.points.slice(from, to).map(([x, y]) => [hundredths(x - startX), hundredths(y - startY)])
	};
	if (data.pressures) next.pressures = data.pressures.slice(from, to);
	next.index = indexAfter(data.index, nth);
	return { ...whole, data: next };
}

function splitText(element: Text): [Text, ...Text[]] {
	const { data } = element;
	const longest = Math.max(data.text.length, data.originalText?.length ?? 0);
	if (longest <= BOARD_TEXT_MAX_CHARACTERS && jsonBytes(element) <= BOARD_ELEMENT_MAX_BYTES) return [element];
	const { originalText: _typed, containerId, boundElements, ...look } = data;
	const first = { ...(containerId ? { containerId } : {}), ...(boundElements ? { boundElements } : {}) };
	const lineHeight = data.fontSize * data.lineHeight;
	const pieces: Text[] = [];
	let above = 0;
	for (const lines of portions(data.text, ROOM - jsonBytes(first))) {
		const place = {
			y: hundredths(data.y + above * lineHeight),
			height: hundredths(lines.length * lineHeight)
		};
		const index = indexAfter(data.index, pieces.length);
		const next = { ...look, ...(pieces.length === 0 ? first : {}), ...place, index, text: lines.join('\n') };
		pieces.push({ ...element, data: next });
		above += lines.length;
	}
	return pieces as [Text, ...Text[]];
}

/** The lines of a text, as many together as one element takes. */
function portions(text: string, room: number): string[][] {
	const all: string[][] = [[]];
	let [characters, bytes] = [0, 0];
	for (const line of text.split('\n').flatMap(cutLine)) {
		characters += line.length + 1;
		bytes += jsonBytes(line);
		if (all.at(-1)!.length > 0 && (characters > BOARD_TEXT_MAX_CHARACTERS || bytes > room)) {
			all.push([]);
			[characters, bytes] = [line.length + 1, jsonBytes(line)];
		}
		all.at(-1)!.push(line);
	}
	return all;
}

/** A line without an end is cut anywhere, though not within a character. */
function cutLine(line: string): string[] {
	if (line.length <= LINE) return [line];
	const characters = [...line];
	return Array.from({ length: Math.ceil(characters.length / LINE) }, (_, nth) =>
		characters.slice(nth * LINE, (nth + 1) * LINE).join('')
	);
}

/** A fraction appended to an order comes right after it. */
function indexAfter(index: string, nth: number): string {
	return `${index}${'V'.repeat(nth)}`;
}

function hundredths(value: number): number {
	return Math.round(value * 100) / 100;
}
