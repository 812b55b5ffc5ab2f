import type { DrawnPage, PageDrawing, SvgPicture } from '$lib/room/adapters/excalidraw/drawnPage.ts';
import type { PageView } from '$lib/room/board/pages.ts';
import type { BoardElement } from '$lib/shared/board.ts';
import { pageInWords } from './pageInWords.ts';

/** A page to look at. */
export interface PagePicture {
	/** Of an SVG, in this document's own memory. */
	url: string;
	/** Units of the page: its natural size in CSS pixels. */
	width: number;
	height: number;
	/** What is on it. */
	words: string;
	/** Pictures on it that could not be read. */
	missing: number;
}

/** The board of a lesson that is over: each page is read and drawn when it is asked for, and only once. */
export interface BoardPictures {
	elementsOn(pageId: string): Promise<readonly BoardElement[]>;
	drawing(): Promise<PageDrawing>;
	/** Null for an empty page. Rejects when something cannot be fetched; asked again it is tried again. */
	of(page: PageView, look: { dark: boolean }): Promise<PagePicture | null>;
	/** Frees the memory. */
	close(): void;
}

export function createBoardPictures(deps: {
	read: (pageId: string) => Promise<readonly BoardElement[]>;
	loadDrawing: () => Promise<PageDrawing>;
	/** Of a file in memory. */
	urlOf?: (blob: Blob) => string;
	free?: (url: string) => void;
}): BoardPictures {
	const { read, loadDrawing, urlOf = URL.createObjectURL, free = URL.revokeObjectURL } = deps;
	const elementsOn = once(read);
	const drawing = once(loadDrawing);
	const urls: string[] = [];
	let closed = false;

	const drawn = once(async (_key: string, page: PageView, dark: boolean): Promise<PagePicture | null> => {
		const [library, elements] = await Promise.all([drawing(''), elementsOn(page.id)]);
		const made = await library.drawSvg({ template: page.template, elements }, { dark });
		return made && !closed ? pictureOf(made, elements) : null;
	});

	function pictureOf(
		{ picture: { text, width, height }, missing }: DrawnPage<SvgPicture>,
		elements: readonly BoardElement[]
	): PagePicture {
		const url = urlOf(new Blob([text], { type: 'image/svg+xml' }));
		urls.push(url);
		return { url, width, height, missing, words: pageInWords(elements) };
	}

	return {
		elementsOn,
		drawing: () => drawing(''),
		of: (page, { dark }) => drawn(`${page.id} ${dark}`, page, dark),
		close() {
			closed = true;
			urls.forEach(free);
		}
	};
}

/** Remembers what came of each first argument; a failure is forgotten. */
function once<Rest extends unknown[], T>(
	get: (key: string, ...rest: Rest) => Promise<T>
): (key: string, ...rest: Rest) => Promise<T> {
	const known = new Map<string, Promise<T>>();
	return (key, ...rest) => {
		const before = known.get(key);
		if (before) return before;
		const asked = get(key, ...rest);
		known.set(key, asked);
		asked.catch(() => known.delete(key));
		return asked;
	};
}
