import type { PageDrawing } from '$lib/room/adapters/excalidraw/drawnPage.ts';
import { pagesOf } from '../../../../../lib/room/board/pages.ts';
import { crc32, ZIP_MAX_BYTES, zipOf, type ZipContent } from '../../../../../lib/room/board/storedZip.ts';
import type { Recap } from '$lib/server/recap/recapService.ts';
import type { BoardElement } from '../../../../../lib/shared/board.ts';
import { isolated } from '../../../../../lib/shared/isolated.ts';
import { dateIn } from '../../../../../lib/shared/time.ts';
import { exportName, exportPart } from '../../board/exportNames.ts';
import { archiveNames } from './archiveNames.ts';
import { chatText } from './chatText.ts';
import { FileGone } from './fileGone.ts';
import { recapDocument, type DocumentFiles } from './recapDocument.ts';
import { LOCALE } from '../../../../../lib/shared/language.ts';
import { counted, quoted } from '../../../../../lib/shared/counted.ts';

export interface Archive {
	name: string;
	blob: Blob;
	/** What is not in it, in words; empty when everything is. */
	note: string;
}

/**
 * Everything of a lesson in one ZIP archive: the recap as a page, the chat as text, the board's pages as SVG and PNG, all
 * files. Rejects with an `Error` whose message is for people, or with the reason of `signal`.
 */
export async function makeArchive(deps: {
	recap: Recap;
	timeZone: string;
	readPage: (pageId: string) => Promise<readonly BoardElement[]>;
	loadDrawing: () => Promise<PageDrawing>;
	/** Rejects with `FileGone`. */
	openFile: (id: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
	/** What is being done, in words, and how much of everything is done: 0 to 1. */
	onProgress: (words: string, share: number) => void;
	signal: AbortSignal;
}): Promise<Archive> {
	const { recap, timeZone, onProgress, signal } = deps;
	const { session, board, resources } = recap;
	const used = board ? pagesOf(board.pages, Object.keys(board.objects)) : [];
	const drawn = used.filter(({ id }) => (board?.objects[id] ?? 0) > 0);
	// A page counts as much as a small file, so that the bar moves evenly.
	const PAGE = 500_000;
	const total = drawn.length * PAGE + resources.reduce((sum, { size }) => sum + size, 0);
	let done = 0;
	const entries: ZipContent<Blob>[] = [];
	const beside: DocumentFiles = { pages: [], files: [] };
	const gone: string[] = [];
	let missing = 0;

	await addBoard();
	await addFiles();
	onProgress('Putting it together…', 1);
	const head: ZipContent<Blob>[] = [await entryOf('Recap.html', recapDocument(recap, beside, timeZone))];
	if (recap.chat.length > 0) head.push(await entryOf('Chat.txt', chatText(recap, timeZone)));
	const all = [...head, ...entries];
	if (all.reduce((sum, { size, name }) => sum + size + 2 * (name.length * 3 + 80), 0) > ZIP_MAX_BYTES)
		throw new Error('This is more than fits into one archive. Download the files one by one.');
	const date = dateIn(session.startedAt ?? session.startsAt, timeZone);
	return {
		name: exportName(session.title, 'Recap', date, 'zip'),
		// Of blobs, which the browser may keep on disk: no content is held here a second time.
		blob: new Blob(zipOf(all), { type: 'application/zip' }),
		note: [goneWords(gone), missingWords(missing)].filter(Boolean).join(' ')
	};

	async function addBoard(): Promise<void> {
		if (drawn.length === 0) return;
		onProgress('Drawing the whiteboard…', 0);
		const drawing = await deps.loadDrawing().catch(unreachable('The whiteboard'));
		for (const [nth, page] of drawn.entries()) {
			signal.throwIfAborted();
			if (drawn.length > 1) onProgress(`Drawing page ${nth + 1} of ${drawn.length}…`, done / total);
			const number = used.indexOf(page) + 1;
			const part = used.length === 1 ? 'Whiteboard' : exportPart(number, used.length, page.title);
			const elements = await deps.readPage(page.id).catch(unreachable('The whiteboard'));
			const look = { template: page.template, elements };
			const svg = await drawing.drawSvg(look, { dark: false }).catch(unreachable('The whiteboard'));
			const png = await drawing.drawPng(look).catch(unreachable('The whiteboard'));
			if (svg) entries.push(await entryOf(`Whiteboard/${part}.svg`, svg.picture.text));
			if (png) entries.push(await entryOf(`Whiteboard/${part}.png`, png.picture));
			if (svg) beside.pages.push({ title: part, path: `Whiteboard/${part}.svg` });
			missing += svg?.missing ?? 0;
			done += PAGE;
		}
	}

	async function addFiles(): Promise<void> {
		const names = archiveNames(resources.map(({ name }) => name));
		for (const [nth, resource] of resources.entries()) {
			signal.throwIfAborted();
			const path = `Files/${names[nth]}`;
			const words = `Fetching “${isolated(resource.name)}”, file ${nth + 1} of ${resources.length}…`;
			onProgress(words, done / total);
			try {
				const body = await deps.openFile(resource.id, signal);
				const before = done;
				const { blob, crc } = await readBlob(body, (read) => onProgress(words, (before + read) / total));
				entries.push({ name: path, content: blob, size: blob.size, crc });
				beside.files.push({ name: resource.name, path });
			} catch (error) {
				signal.throwIfAborted();
				if (!(error instanceof FileGone))
					throw new Error(
						`“${isolated(resource.name)}” could not be fetched. Check your connection and try again.`,
						{
							cause: error
						}
					);
				gone.push(resource.name);
			}
			done += resource.size;
		}
	}
}

/** Reads a stream into a blob, which need not stay in this page's memory, and its checksum on the way. */
async function readBlob(
	body: ReadableStream<Uint8Array<ArrayBuffer>>,
	onRead: (bytes: number) => void
): Promise<{ blob: Blob; crc: number }> {
	let crc = 0;
	let read = 0;
	const measured = body.pipeThrough(
		new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
			transform(chunk, controller) {
				crc = crc32(chunk, crc);
				read += chunk.length;
				onRead(read);
				controller.enqueue(chunk);
			}
		})
	);
	const blob = await new Response(measured).blob();
	return { blob, crc };
}

async function entryOf(name: string, content: string | Blob): Promise<ZipContent<Blob>> {
	const blob = new Blob([content]);
	return { name, content: blob, size: blob.size, crc: crc32(new Uint8Array(await blob.arrayBuffer())) };
}

function unreachable(what: string): (cause: unknown) => never {
	return (cause) => {
		throw new Error(`${what} could not be fetched. Check your connection and try again.`, { cause });
	};
}

function goneWords(names: readonly string[]): string {
	if (names.length === 0) return '';
	const list = new Intl.ListFormat(LOCALE).format(names.map((name) => quoted(isolated(name))));
	return counted(names.length, {
		one: `${list} was removed meanwhile and left out.`,
		other: `${list} were removed meanwhile and left out.`
	});
}

function missingWords(count: number): string {
	if (count === 0) return '';
	return counted(count, {
		one: 'One picture of the whiteboard could not be loaded and is not in it.',
		other: '# pictures of the whiteboard could not be loaded and are not in it.'
	});
}
