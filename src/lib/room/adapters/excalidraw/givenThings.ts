import type { ClipboardData } from '@excalidraw/excalidraw/clipboard';
import type { Board } from '../../board/boardState.ts';
import { COLORS } from '../../board/colors.ts';
import { makeObject } from '../../board/makeObject.ts';
import { makePictures, type KnownPicture } from '../../board/makePictures.ts';
import type { Stop } from '../../ports.ts';
import { readablePicture } from '../readablePicture.ts';
import type { BoardCanvas } from './boardCanvas.ts';
import { measureLine } from './showElements.ts';

/** Where in the window. */
interface Spot {
	clientX: number;
	clientY: number;
}

/**
 * What is dropped on the board or pasted there. The drawing library would take one picture of several, show windows of its
 * own, and put another drawing in the place of the whole page where a file holds one.
 */
export interface GivenThings {
	/** Puts pictures on the page that is shown, around this spot or in the middle. */
	put(files: readonly File[], spot: Spot | null): Promise<void>;
	/** What the library is about to paste; false when it is not to. */
	pasted(data: ClipboardData): Promise<boolean>;
	stop: Stop;
}

export function createGivenThings(deps: {
	place: HTMLElement;
	board: Board;
	canvas: Pick<BoardCanvas, 'view' | 'show'>;
	randomId: () => string;
	nonce: () => number;
	/** Something was not put there, in a sentence. */
	onTrouble: (text: string) => void;
	/** Nothing may be put there now. */
	onLocked: () => void;
}): GivenThings {
	const { place, board, canvas, randomId, nonce, onTrouble, onLocked } = deps;
	/** What was pasted last, as text. */
	let pastedText = '';
	/** Where the mouse was last; the library pastes there, and nowhere when that is beside the drawing. */
	let mouse: Spot = { clientX: -1, clientY: -1 };

	async function put(files: readonly File[], spot: Spot | null): Promise<void> {
		if (!board.state().mayDraw) return onLocked();
		const { pageId } = board.state();
		const { x, y, zoom, width, height } = canvas.view();
		const corner = place.getBoundingClientRect();
		const at = {
			x: spot ? x + (spot.clientX - corner.left - width / 2) / zoom : x,
			y: spot ? y + (spot.clientY - corner.top - height / 2) / zoom : y
		};
		const pictures = (await Promise.all(files.map(keep))).filter((one) => one !== null);
		if (pictures.length === 0) return;
		const view = { width: width / zoom, height: height / zoom };
		const workshop = { elements: board.elementsOn(pageId), randomId, nonce };
		const made = makePictures(pictures, { pageId, ...at, ...view }, workshop);
		board.change(made, true);
		if (board.state().pageId === pageId) canvas.show(made.map(({ id }) => id));
	}

	async function keep(given: File): Promise<KnownPicture | null> {
		try {
			const { file, width, height } = await readablePicture(given);
			return { fileId: await board.files.save(file), width, height };
		} catch (error) {
			onTrouble(error instanceof Error ? error.message : String(error));
			return null;
		}
	}

	/** Pictures of another board come with their bytes and get a file of this one. */
	async function bringPictures(data: ClipboardData): Promise<void> {
		if (!data.elements?.some(({ type }) => type === 'image')) return;
		const here = new Set(
			board
				.state()
				.pages.flatMap(({ id }) => board.elementsOn(id))
				.flatMap((one) => (one.kind === 'image' && !one.deleted ? one.data.fileId : []))
		);
		const files = { ...data.files };
		const elements = await Promise.all(
			data.elements.map(async (element) => {
				if (element.type !== 'image' || element.fileId === null || here.has(element.fileId)) return element;
				const source = files[element.fileId];
				const kept = source && (await keep(fileOf(source.dataURL)));
				if (!kept) return null;
				const fileId = kept.fileId as typeof source.id;
				files[fileId] = { ...source, id: fileId };
				return { ...element, fileId };
			})
		);
		data.elements = elements.filter((one) => one !== null);
		data.files = files;
	}

	/** Of a table the library would make a chart. Pasted text stays text. */
	function putText(text: string): void {
		const { pageId } = board.state();
		const form = {
			...({ kind: 'text', size: 'medium', direction: 'right', place: 'middle' } as const),
			...{ text: text.replaceAll('\t', '    '), color: COLORS[0].value, pageId }
		};
		const workshop = { elements: board.elementsOn(pageId), randomId, nonce, measure: measureLine };
		const made = makeObject(form, workshop);
		board.change(made, true);
		canvas.show(made.map(({ id }) => id));
	}

	function onDrop(event: DragEvent): void {
		event.preventDefault();
		event.stopPropagation();
		const files = [...(event.dataTransfer?.files ?? [])];
		if (files.length > 0) void put(files, event);
	}

	/** Without this the browser would open what is dropped. */
	function onDragOver(event: DragEvent): void {
		event.preventDefault();
		event.stopPropagation();
		if (event.dataTransfer) event.dataTransfer.dropEffect = board.state().mayDraw ? 'copy' : 'none';
	}

	/** Beside the drawing nothing takes files: some browsers would leave the lesson for what is dropped there. */
	function onBeside(event: DragEvent): void {
		if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
		event.preventDefault();
		event.dataTransfer.dropEffect = 'none';
	}

	function onPaste(event: ClipboardEvent): void {
		const active = document.activeElement;
		if (active?.matches('input, textarea, select')) return;
		const isAtBoard = active === document.body || !!place.closest('section')?.contains(active);
		pastedText = event.clipboardData?.getData('text/plain') ?? '';
		const files = [...(event.clipboardData?.files ?? []), ...drawingIn(pastedText)];
		// Pictures have nowhere else to go; a text is for whoever is at the board.
		if (!isAtBoard || (active === document.body && files.length === 0)) return;
		if (files.length > 0 || !board.state().mayDraw) {
			event.preventDefault();
			event.stopImmediatePropagation();
			void put(files, isOver(mouse) ? mouse : null);
			return;
		}
		// The library takes nothing while the focus or the mouse is beside the drawing, as after turning a page.
		place.querySelector<HTMLElement>('.excalidraw')?.focus();
		if (!isOver(mouse)) {
			const { left, top, width, height } = place.getBoundingClientRect();
			const middle = { clientX: left + width / 2, clientY: top + height / 2 };
			document.dispatchEvent(new PointerEvent('pointermove', middle));
		}
	}

	function isOver({ clientX, clientY }: Spot): boolean {
		const under = document.elementFromPoint(clientX, clientY);
		return under instanceof HTMLCanvasElement && place.contains(under);
	}

	const listening = new AbortController();
	const { signal } = listening;
	const early = { capture: true, signal };
	place.addEventListener('drop', onDrop, early);
	place.addEventListener('dragover', onDragOver, early);
	for (const type of ['dragover', 'drop'] as const) window.addEventListener(type, onBeside, { signal });
	document.addEventListener('paste', onPaste, early);
	document.addEventListener('pointermove', (event) => (mouse = event), { ...early, passive: true });

	return {
		put,
		async pasted(data) {
			if (data.spreadsheet) putText(pastedText);
			else await bringPictures(data);
			return !data.spreadsheet;
		},
		stop: () => listening.abort()
	};
}

/** A drawing that was copied as its source. */
function drawingIn(text: string): File[] {
	const source = text.trim();
	if (!/^(<\?xml[^>]*>\s*)?<svg[\s>]/.test(source) || !source.endsWith('</svg>')) return [];
	return [new File([source], 'SVG', { type: 'image/svg+xml' })];
}

/** The pages' policy lets nothing be fetched that is in a text. */
function fileOf(dataUrl: string): File {
	const [head = '', body = ''] = dataUrl.split(',', 2);
	const type = /^data:([^;,]*)/.exec(head)?.[1] ?? '';
	const bytes = head.endsWith(';base64') ? atob(body) : decodeURIComponent(body);
	return new File([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], 'Picture', { type });
}
