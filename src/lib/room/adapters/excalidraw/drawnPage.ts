import type { BoardElement, PageTemplate } from '../../../shared/board.ts';

/*
 * A page as a picture to keep. Drawn by `drawPage.ts`, which brings the drawing library: whoever needs it imports it
 * when it is needed, and this file for its words.
 */

export interface PageToDraw {
	template: PageTemplate;
	/** What is on it, in any order. */
	elements: readonly BoardElement[];
}

export interface DrawnPage<Picture> {
	picture: Picture;
	/** Pictures on the page that could not be read and are not in it. */
	missing: number;
}

export interface SvgPicture {
	/** A whole file: fonts and pictures are in it. */
	text: string;
	/** Units of the page, as is the file's own size. */
	width: number;
	height: number;
}

/** Draws pages. Both answer null for a page with nothing on it, and reject when the fonts cannot be had. */
export interface PageDrawing {
	/** `dark`: as the board looks in the dark scheme; files to keep are light. */
	drawSvg(page: PageToDraw, look: { dark: boolean }): Promise<DrawnPage<SvgPicture> | null>;
	/** On white, two pixels a unit unless the page is too large for that. */
	drawPng(page: PageToDraw): Promise<DrawnPage<Blob> | null>;
}
