import type { LiveElement, Point } from '../../shared/board.ts';

/** A rectangle in units of the page. */
export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** Where something is on its page, in words. */
export const PLACES = [
	...(['top left', 'top', 'top right', 'left', 'middle', 'right'] as const),
	...(['bottom left', 'bottom', 'bottom right'] as const)
] as const;
export type Place = (typeof PLACES)[number];

/** What one sees of an empty page: its middle is the origin. */
const EMPTY_PAGE: Box = { left: -480, top: -300, right: 480, bottom: 300 };
/** Between things that are put beside each other. */
const GAP = 24;

const boxes = new WeakMap<object, Box>();

/** What something covers; its turn is left out. Elements are never changed in place, so each is measured once. */
export function boxOf(element: LiveElement): Box {
	const known = boxes.get(element.data);
	if (known) return known;
	const box = measure(element);
	boxes.set(element.data, box);
	return box;
}

function measure(element: LiveElement): Box {
	if (element.kind === 'page') return EMPTY_PAGE;
	const { x, y } = element.data;
	if ('points' in element.data) return around(element.data.points, x, y);
	const { width, height } = element.data;
	return around([[width, height]], x, y);
}

function around(points: readonly Point[], x: number, y: number): Box {
	const box: Box = { left: x, top: y, right: x, bottom: y };
	for (const [dx, dy] of points) {
		box.left = Math.min(box.left, x + dx);
		box.right = Math.max(box.right, x + dx);
		box.top = Math.min(box.top, y + dy);
		box.bottom = Math.max(box.bottom, y + dy);
	}
	return box;
}

/** Everything that is on a page, and at least what one sees of an empty one: places are told by it. */
export function sheetOf(taken: Iterable<Box>): Box {
	const sheet = { ...EMPTY_PAGE };
	for (const { left, top, right, bottom } of taken) {
		sheet.left = Math.min(sheet.left, left);
		sheet.top = Math.min(sheet.top, top);
		sheet.right = Math.max(sheet.right, right);
		sheet.bottom = Math.max(sheet.bottom, bottom);
	}
	return sheet;
}

export function placeOf(box: Box, sheet: Box): Place | 'all over the page' {
	const [width, height] = [sheet.right - sheet.left, sheet.bottom - sheet.top];
	const isVast = box.right - box.left > (width * 2) / 3 && box.bottom - box.top > (height * 2) / 3;
	if (isVast) return 'all over the page';
	const column = third((box.left + box.right) / 2 - sheet.left, width);
	const row = third((box.top + box.bottom) / 2 - sheet.top, height);
	return PLACES[row * 3 + column]!;
}

function third(at: number, length: number): number {
	return Math.min(2, Math.max(0, Math.floor((at * 3) / length)));
}

/** The part of a sheet that a place means. */
export function cellOf(place: Place, sheet: Box): Box {
	const at = PLACES.indexOf(place);
	const [width, height] = [(sheet.right - sheet.left) / 3, (sheet.bottom - sheet.top) / 3];
	const left = sheet.left + (at % 3) * width;
	const top = sheet.top + Math.floor(at / 3) * height;
	return { left, top, right: left + width, bottom: top + height };
}

/**
 * The middle for something of this size at a place, so that it covers nothing if there is room: as near to the middle of
 * the place as possible. Its middle stays within the place, so that it is found where it was put.
 */
export function freeSpot(size: { width: number; height: number }, cell: Box, taken: readonly Box[]): Point {
	const middle: Point = [(cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2];
	const spots: Point[] = [];
	for (let across = -4; across <= 4; across += 1)
		for (let down = -4; down <= 4; down += 1)
			spots.push([
				middle[0] + (across * (cell.right - cell.left)) / 9,
				middle[1] + (down * (cell.bottom - cell.top)) / 9
			]);
	const far = ([x, y]: Point) => (x - middle[0]) ** 2 + (y - middle[1]) ** 2;
	spots.sort((a, b) => far(a) - far(b));
	const near = taken.filter((box) => overlap(box, grown(cell, size)));
	const isFree = ([x, y]: Point) => {
		const box = { left: x, right: x, top: y, bottom: y };
		return !near.some((one) => overlap(one, grown(box, size)));
	};
	return spots.find(isFree) ?? spots[near.length % spots.length]!;
}

/** The middle for something of this size under everything else. */
export function spotBelow(size: { width: number; height: number }, taken: readonly Box[]): Point {
	if (taken.length === 0) return [0, 0];
	const left = Math.min(...taken.map((box) => box.left));
	const bottom = Math.max(...taken.map((box) => box.bottom));
	return [left + size.width / 2, bottom + GAP + size.height / 2];
}

function grown({ left, top, right, bottom }: Box, { width, height }: { width: number; height: number }): Box {
	const [across, down] = [width / 2 + GAP / 2, height / 2 + GAP / 2];
	return { left: left - across, top: top - down, right: right + across, bottom: bottom + down };
}

function overlap(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
