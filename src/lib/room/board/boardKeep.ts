import type { BoardElement } from '../../shared/board.ts';
import type { Storage } from '../ports.ts';
import { isSame } from './boardElements.ts';
import { parseKept, placeOf, readIds } from './keptIds.ts';

/**
 * What this device keeps of the board until the server has it: one entry an element and one list of their ids, so that
 * each stroke costs what it is long, however much is waiting. It outlives the tab.
 */
export interface BoardKeep {
	elements(): BoardElement[];
	keep(element: BoardElement): void;
	/** Nothing happens when another tab has put a newer state there. */
	forget(element: BoardElement): void;
}

export function createBoardKeep(storage: Storage, roomCode: string, userId: string): BoardKeep {
	const place = placeOf(roomCode, userId);
	const ids = new Set(readIds(storage, place));
	const keyOf = (id: string) => `${place}:${id}`;

	function read(id: string): BoardElement | null {
		const value = parseKept(storage.read(keyOf(id)));
		return isElement(value) && value.id === id ? value : null;
	}

	/** Other tabs of the same person write there too. */
	function writeIds(): void {
		storage.write(place, ids.size > 0 ? JSON.stringify([...ids]) : null);
	}

	return {
		elements: () => [...ids].flatMap((id) => read(id) ?? []),
		keep(element) {
			storage.write(keyOf(element.id), JSON.stringify(element));
			if (ids.has(element.id)) return;
			for (const id of readIds(storage, place)) ids.add(id);
			ids.add(element.id);
			writeIds();
		},
		forget(element) {
			const kept = read(element.id);
			if (kept && !isSame(kept, element)) return;
			if (!ids.delete(element.id)) return;
			storage.write(keyOf(element.id), null);
			writeIds();
		}
	};
}

/** The server checks the rest, and what it refuses is given up. */
function isElement(value: unknown): value is BoardElement {
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
