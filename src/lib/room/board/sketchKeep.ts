import type { BoardElement } from '../../shared/board.ts';
import type { ByteStore, Storage } from '../ports.ts';
import { isElement } from './boardKeep.ts';
import { parseKept, sketchedIn } from './keptIds.ts';

/**
 * What is being drawn or written right now, as this device keeps it in case the browser dies under the hand. It stands
 * among the bytes, which are written at once; what a browser keeps of `Storage` may be a minute old when it is killed.
 */
export interface SketchKeep {
	/** Takes the place of what was kept before; empty when nothing is unfinished (any more). */
	keep(elements: readonly BoardElement[]): void;
	/** Hands over what an earlier page left here, once. Until then it is kept. */
	take(use: (elements: readonly BoardElement[]) => void): Promise<void>;
}

export function createSketchKeep(deps: {
	storage: Storage;
	bytes: ByteStore;
	roomCode: string;
	userId: string;
}): SketchKeep {
	const { storage, bytes } = deps;
	const key = sketchedIn(deps.roomCode, deps.userId);
	/** Of an earlier page; null once it was handed over. */
	let left: Promise<readonly BoardElement[]> | null = read();
	/** By this page, as JSON; empty for nothing. */
	let kept = '';
	/** One after the other: what is written later must not be overtaken. */
	let writing: Promise<unknown> = left;

	async function read(): Promise<readonly BoardElement[]> {
		const found = await bytes.read(key);
		const value = parseKept((await found?.text()) ?? null);
		return Array.isArray(value) ? value.filter(isElement) : [];
	}

	function write(text: string): void {
		kept = text;
		storage.write(key, text === '' ? null : 'there');
		writing = writing.then(async () => {
			if (text === '') await bytes.remove(key);
			else await bytes.write(key, new Blob([text]));
		});
	}

	return {
		keep(elements) {
			const text = elements.length === 0 ? '' : JSON.stringify(elements);
			if (text !== kept) write(text);
		},
		async take(use) {
			const taken = left;
			left = null;
			if (!taken) return;
			const elements = await taken;
			if (elements.length > 0) use(elements);
			if (kept === '') write('');
		}
	};
}
