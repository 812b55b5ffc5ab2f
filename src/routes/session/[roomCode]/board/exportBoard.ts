import type { PageDrawing } from '$lib/room/adapters/excalidraw/drawnPage.ts';
import type { PageView } from '$lib/room/board/pages.ts';
import { storedZip } from '$lib/room/board/storedZip.ts';
import type { BoardElement } from '$lib/shared/board.ts';
import { exportName, exportPart } from './exportNames.ts';
import { counted } from '$lib/shared/counted.ts';
import { LOCALE } from '$lib/shared/language.ts';

export type ExportFormat = 'png' | 'svg';

/** A board to export, in the room or long after the lesson. */
export interface ExportSource {
	pages: readonly PageView[];
	elementsOn(pageId: string): Promise<readonly BoardElement[]>;
	/** Title of the lesson. */
	lesson: string;
	/** Its day, as in `dateIn`. */
	date: string;
}

export type Exported =
	| { kind: 'empty'; text: string }
	/** `note`: what is not in it, in words; empty when everything is. */
	| { kind: 'file'; name: string; blob: Blob; note: string };

/**
 * Makes the file of one page, or of all that are not empty: one each, together in a ZIP archive.
 * `onPage`: how many of how many pages are drawn. Rejects when something cannot be fetched or drawn.
 */
export async function exportBoard(deps: {
	source: ExportSource;
	drawing: PageDrawing;
	format: ExportFormat;
	/** Null: all pages. */
	pageId: string | null;
	onPage?: (at: number, of: number) => void;
}): Promise<Exported> {
	const { source, drawing, format, pageId, onPage } = deps;
	const { pages, lesson, date } = source;
	const chosen = pageId === null ? pages : pages.filter(({ id }) => id === pageId);
	const files: { part: string; blob: Blob }[] = [];
	const empty: number[] = [];
	let missing = 0;
	for (const [nth, page] of chosen.entries()) {
		onPage?.(nth + 1, chosen.length);
		const number = pages.indexOf(page) + 1;
		const drawn = await draw(page);
		if (!drawn) empty.push(number);
		else files.push({ part: exportPart(number, pages.length, page.title), blob: drawn.picture });
		missing += drawn?.missing ?? 0;
	}
	const [only] = files;
	if (!only) return { kind: 'empty', text: emptyWords(chosen.length === pages.length ? [] : empty) };
	const note = [leftOutWords(empty), missingWords(missing)].filter(Boolean).join(' ');
	if (files.length === 1) {
		const part = pages.length === 1 ? 'Whiteboard' : only.part;
		return { kind: 'file', name: exportName(lesson, part, date, format), blob: only.blob, note };
	}
	const entries = await Promise.all(
		files.map(async ({ part, blob }) => ({
			name: `${part}.${format}`,
			bytes: new Uint8Array(await blob.arrayBuffer())
		}))
	);
	const blob = new Blob(storedZip(entries), { type: 'application/zip' });
	return { kind: 'file', name: exportName(lesson, 'Whiteboard', date, 'zip'), blob, note };

	async function draw({ id, template }: PageView) {
		const page = { template, elements: await source.elementsOn(id) };
		if (format === 'png') return drawing.drawPng(page);
		const drawn = await drawing.drawSvg(page, { dark: false });
		return drawn && { ...drawn, picture: new Blob([drawn.picture.text], { type: 'image/svg+xml' }) };
	}
}

/** Numbers of pages; none means the whole board. */
function emptyWords(pages: readonly number[]): string {
	const what = pages.length === 0 ? 'The whiteboard' : pageWords(pages);
	return `${what} is empty: there is nothing to export.`;
}

function leftOutWords(pages: readonly number[]): string {
	if (pages.length === 0) return '';
	return counted(pages.length, {
		one: `${pageWords(pages)} is empty and was left out.`,
		other: `${pageWords(pages)} are empty and were left out.`
	});
}

function pageWords(pages: readonly number[]): string {
	if (pages.length === 1) return `Page ${pages[0]}`;
	return `Pages ${new Intl.ListFormat(LOCALE).format(pages.map(String))}`;
}

function missingWords(count: number): string {
	if (count === 0) return '';
	return counted(count, {
		one: 'One picture could not be loaded and is not in it.',
		other: '# pictures could not be loaded and are not in it.'
	});
}
