import type { LiveElement, Point } from '../../../src/lib/shared/board.ts';

/** The page all of it is on: the one an empty board begins with. */
const PAGE = 'first';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const COLORS = ['#1e1e1e', '#e03131', '#2f9e44', '#1971c2'];
/** All of it fits into the canvas of a laptop's room, so that all of it has to be drawn: the worst case. */
const ACROSS = 100;
const CELL = { width: 7, height: 6 };
/** Of the first one, so that all of it lies around the middle. */
const FIRST_PLACE = { x: -335, y: -169 };

/** What the last object covers, from the middle of the page: of the canvas as well, where everybody begins. */
export const LAST_OBJECT = { x: -315, y: -199 };

/**
 * A board as a long lesson leaves it: mostly pen strokes of 20 points, some shapes and arrows; the last one is a filled
 * square that lies on top. The same for the same `count`.
 */
export function aBoardOf(count: number): LiveElement[] {
	return Array.from({ length: count }, (_, nth) => (nth === count - 1 ? last(nth) : object(nth)));
}

function object(nth: number): LiveElement {
	const place = {
		x: FIRST_PLACE.x + (nth % ACROSS) * CELL.width,
		y: FIRST_PLACE.y + (Math.floor(nth / ACROSS) % 50) * CELL.height,
		index: order(nth),
		strokeColor: COLORS[nth % COLORS.length]!,
		strokeWidth: 2
	};
	const envelope = { id: `object-${nth}`, pageId: PAGE, version: 1, nonce: nth, deleted: false } as const;
	switch (nth % 10) {
		case 7:
			return { ...envelope, kind: 'rectangle', data: { ...place, width: 40, height: 24 } };
		case 8:
			return { ...envelope, kind: 'ellipse', data: { ...place, width: 30, height: 30 } };
		case 9:
			return { ...envelope, kind: 'arrow', data: { ...place, points: line(nth), endArrowhead: 'arrow' } };
		default:
			return { ...envelope, kind: 'freedraw', data: { ...place, points: stroke(nth) } };
	}
}

function last(nth: number): LiveElement {
	const place = { x: LAST_OBJECT.x - 15, y: LAST_OBJECT.y - 15, index: order(nth), strokeColor: '#1971c2' };
	return {
		...{ id: `object-${nth}`, pageId: PAGE, version: 1, nonce: nth, deleted: false, kind: 'rectangle' },
		data: { ...place, strokeWidth: 2, width: 30, height: 30, backgroundColor: '#1971c2' }
	};
}

/** A fractional index of four letters. */
function order(nth: number): string {
	const digit = (value: number) => DIGITS[value % DIGITS.length]!;
	return `c${digit(Math.floor(nth / 3_844))}${digit(Math.floor(nth / 62))}${digit(nth)}`;
}

function line(nth: number): Point[] {
	return [
		[0, 0],
		[40, (nth % 7) * 5]
	];
}

function stroke(nth: number): Point[] {
	const at = (value: number) => Math.round(value * 100) / 100;
	return Array.from({ length: 20 }, (_, i): Point => [at(i * 2.1), at(9 * Math.sin(i / 2 + nth))]);
}
