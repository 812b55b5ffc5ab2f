/** Where a picture lies in the frame that shows it, and where a point of the one is in the other. */

export interface Size {
	width: number;
	height: number;
}

/** In the frame's units, from its top left corner. Outside of the frame where a picture is cut to fill it. */
export interface Box extends Size {
	left: number;
	top: number;
}

/** Of a picture 0 to 1 each, from its top left corner. */
export interface Point {
	x: number;
	y: number;
}

/** As `object-fit` puts it, in the middle. Null while one of the two has no size. */
export function pictureBox(frame: Size, picture: Size, fit: 'contain' | 'cover'): Box | null {
	const sizes = [frame.width, frame.height, picture.width, picture.height];
	if (!sizes.every((size) => size > 0 && Number.isFinite(size))) return null;
	const scales = [frame.width / picture.width, frame.height / picture.height];
	const scale = fit === 'contain' ? Math.min(...scales) : Math.max(...scales);
	const width = picture.width * scale;
	const height = picture.height * scale;
	return { left: (frame.width - width) / 2, top: (frame.height - height) / 2, width, height };
}

/** A place in the frame as a point of the picture; beside it numbers below 0 and above 1. */
export function toPicture(box: Box, at: Point): Point {
	return { x: (at.x - box.left) / box.width, y: (at.y - box.top) / box.height };
}

/** A point of the picture as a place in the frame. */
export function toFrame(box: Box, point: Point): Point {
	return { x: box.left + point.x * box.width, y: box.top + point.y * box.height };
}

/** The nearest point that is on the picture. */
export function onPicture({ x, y }: Point): Point {
	return { x: unit(x), y: unit(y) };
}

function unit(value: number): number {
	return Number.isFinite(value) ? Math.min(Math.max(0, value), 1) : 0;
}
