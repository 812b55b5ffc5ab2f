import { beats, type BoardElement } from '../../shared/board.ts';
import type { Storage } from '../ports.ts';
import { keptIn, parseKept } from './keptIds.ts';

/**
 * What this device keeps of the board until the server has it: one entry an element, so that each stroke costs what it is
 * long, however much is waiting, and so that tabs of the same person keep things beside each other. It outlives the tab.
 */
export interface BoardKeep {
	/** Pages before what is on them. */
	elements(): BoardElement[];
	/** Nothing happens when another tab has put a newer state there. */
	keep(element: BoardElement): void;
	/** As `keep`. */
	forget(element: BoardElement): void;
	/** False while this device has no room for some of it, which ends with the page. */
	holdsAll(): boolean;
}

export function createBoardKeep(storage: Storage, roomCode: string, userId: string): BoardKeep {
	const place = keptIn(roomCode, userId);
	const keyOf = (id: string) => place + id;
	/** What the device would not keep. */
	const homeless = new Set<string>();

	function read(key: string): BoardElement | null {
		const value = parseKept(storage.read(key));
		return isElement(value) && keyOf(value.id) === key ? value : null;
	}

	return {
		elements() {
			const all = storage.keys(place).flatMap((key) => read(key) ?? []);
			return [...all.filter(({ kind }) => kind === 'page'), ...all.filter(({ kind }) => kind !== 'page')];
		},
		keep(element) {
			const kept = read(keyOf(element.id));
			if (kept && beats(kept, element)) return;
			if (storage.write(keyOf(element.id), JSON.stringify(element))) homeless.delete(element.id);
			else homeless.add(element.id);
		},
		forget(element) {
			homeless.delete(element.id);
			const kept = read(keyOf(element.id));
			if (!kept || !beats(kept, element)) storage.write(keyOf(element.id), null);
		},
		holdsAll: () => homeless.size === 0
	};
}

/** The server checks the rest, and what it refuses is given up. */
export function isElement(value: unknown): value is BoardElement {
	if (typeof value !== 'object' || value === null) return false;
	return (
		'id' in value &&
		'kind' in value &&
		'deleted' in value &&
		'version' in value &&
		typeof value.version === 'number' &&
		'nonce' in value &&
		typeof value.nonce === 'number'
	);
}
