import {
	jsonBytes,
	type BoardElement,
	type FreedrawData,
	type LiveElementOf
} from '../../../shared/board.ts';
import { BOARD_ELEMENT_MAX_BYTES, BOARD_MAX_POINTS } from '../../../shared/boardLimits.ts';

/** Everything of a stroke but its points, with some air. */
const REST_BYTES = 2_000;

/** An element as one or, for a stroke too long for one, several that follow on each other. The first keeps the id. */
export function splitStroke(element: BoardElement): BoardElement[] {
	if (element.deleted || element.kind !== 'freedraw') return [element];
	const { points, pressures } = element.data;
	const bytes = jsonBytes(points) + (pressures ? jsonBytes(pressures) : 0);
	const room = BOARD_ELEMENT_MAX_BYTES - REST_BYTES;
	const most = Math.min(BOARD_MAX_POINTS, Math.floor((points.length * room) / Math.max(1, bytes)));
	if (points.length <= BOARD_MAX_POINTS && bytes <= room) return [element];
	// Points differ in length, so a piece may be a little longer than its share.
	const length = Math.max(2, Math.floor(most * 0.8));
	const pieces: LiveElementOf<'freedraw'>[] = [];
	// Each begins where the one before ended, so that there is no gap.
	for (let from = 0; from < points.length - 1; from += length - 1)
		pieces.push(piece(element, from, from + length, pieces.length));
	return pieces;
}

function piece(
	whole: LiveElementOf<'freedraw'>,
	from: number,
	to: number,
	nth: number
): LiveElementOf<'freedraw'> {
	const { data } = whole;
	const [startX, startY] = data.points[from]!;
	const hundredths = (value: number) => Math.round(value * 100) / 100;
	const next: FreedrawData = {
		...data,
		x: hundredths(data.x + startX),
		y: hundredths(data.y + startY),
		points: data.points.slice(from, to).map(([x, y]) => [hundredths(x - startX), hundredths(y - startY)])
	};
	if (data.pressures) next.pressures = data.pressures.slice(from, to);
	if (nth === 0) return { ...whole, data: next };
	// A fraction appended to an order comes right after it.
	next.index = `${data.index}${'V'.repeat(nth)}`;
	return { ...whole, id: `${whole.id.slice(0, 60)}-${nth}`, version: 1, data: next };
}
