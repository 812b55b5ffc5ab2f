import type { Point } from './board.ts';

/** So many times as large as its lines are thick; a browser takes some 60 ms for them. */
const FINEST = 5_000;

interface Filled {
	strokeWidth: number;
	backgroundColor?: string;
	fillStyle?: string;
	width?: number;
	height?: number;
	points?: readonly Point[];
}

/**
 * Whether something is filled with so many lines that drawing it would take everybody's browser seconds or, at the far ends
 * of what sizes and widths may be, for ever.
 */
export function isFillTooFine({
	fillStyle = 'solid',
	backgroundColor = 'transparent',
	...data
}: Filled): boolean {
	if (fillStyle === 'solid' || backgroundColor === 'transparent') return false;
	const [width, height] = data.points
		? [0, 1].map((axis) => extent(data.points!.map((point) => point[axis]!)))
		: [data.width ?? 0, data.height ?? 0];
	return Math.max(Math.abs(width!), Math.abs(height!)) > FINEST * data.strokeWidth;
}

function extent(values: readonly number[]): number {
	let [least, most] = [Infinity, -Infinity];
	for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
	return most - least;
}
