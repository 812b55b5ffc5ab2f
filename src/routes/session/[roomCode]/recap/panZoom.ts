/** How a picture is looked at: CSS pixels for one of its units, and where its corner stands in the window. */
export interface Look {
	scale: number;
	x: number;
	y: number;
}

export interface Size {
	width: number;
	height: number;
}

export interface Place {
	x: number;
	y: number;
}

/** Around the whole picture, CSS pixels. */
const MARGIN = 16;
/** A small drawing shown whole is not blown up further than this. */
const FIT_AT_MOST = 2;
/** A picture may be made this much larger or smaller than shown whole, and at least as large as drawn. */
const LARGER = 16;
const SMALLER = 2;

/** The whole picture in the middle. */
export function fit(picture: Size, window: Size): Look {
	const room = Math.min(
		Math.max(1, window.width - 2 * MARGIN) / picture.width,
		Math.max(1, window.height - 2 * MARGIN) / picture.height
	);
	const scale = Math.min(room, FIT_AT_MOST);
	return {
		scale,
		x: (window.width - picture.width * scale) / 2,
		y: (window.height - picture.height * scale) / 2
	};
}

/** Larger or smaller by a factor; what is at `at` in the window stays there. */
export function zoomAt(look: Look, factor: number, at: Place, picture: Size, window: Size): Look {
	const whole = fit(picture, window).scale;
	const scale = Math.min(
		Math.max(whole / SMALLER, look.scale * factor),
		Math.max(whole * LARGER, FIT_AT_MOST)
	);
	const by = scale / look.scale;
	return keep({ scale, x: at.x - (at.x - look.x) * by, y: at.y - (at.y - look.y) * by }, picture, window);
}

export function moveBy(look: Look, by: Place, picture: Size, window: Size): Look {
	return keep({ ...look, x: look.x + by.x, y: look.y + by.y }, picture, window);
}

/** The middle of the window is always on the picture: it cannot be lost. */
function keep({ scale, x, y }: Look, picture: Size, window: Size): Look {
	const [middleX, middleY] = [window.width / 2, window.height / 2];
	return {
		scale,
		x: Math.min(Math.max(x, middleX - picture.width * scale), middleX),
		y: Math.min(Math.max(y, middleY - picture.height * scale), middleY)
	};
}
