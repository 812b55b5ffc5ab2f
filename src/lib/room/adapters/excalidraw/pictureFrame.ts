import type { TemplateView } from './templates.ts';

/** The part of a page that a picture shows, in units of the page. */
export interface PictureFrame {
	left: number;
	top: number;
	width: number;
	height: number;
}

/** Sharp on the screens and printers of today. */
const PIXELS_PER_UNIT = 2;
/** What every browser draws: Safari on phones ends at 16.7 million pixels. */
const MAX_PIXELS = 16_000_000;
const MAX_SIDE = 8_192;

/** Pixels a unit of the page. */
export function pictureScale({ width, height }: PictureFrame): number {
	return Math.min(
		PIXELS_PER_UNIT,
		Math.sqrt(MAX_PIXELS / (width * height)),
		MAX_SIDE / Math.max(width, height)
	);
}

/**
 * How the lines of a page are seen in its picture: at their own size, or smaller with everything else when the picture is
 * smaller than the page.
 */
export function templateView({ left, top, width, height }: PictureFrame, scale: number): TemplateView {
	const zoom = Math.min(1, scale);
	return { x: left + width / 2, y: top + height / 2, zoom, width: width * zoom, height: height * zoom };
}
