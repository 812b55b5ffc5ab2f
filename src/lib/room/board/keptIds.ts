import type { Storage } from '../ports.ts';

/*
 * The list of what a device keeps of a board, apart from `boardKeep.ts`: the room page asks whether there is any, and
 * loads what a board is only then.
 */

/** Whether something waits on this device, so that it is delivered though nobody opens the board. */
export function hasUnsavedBoard(storage: Storage, roomCode: string, userId: string): boolean {
	return readIds(storage, placeOf(roomCode, userId)).length > 0;
}

/** Under which name the list is kept; each element is beside it, as `place:id`. */
export function placeOf(roomCode: string, userId: string): string {
	return `board:${roomCode}:${userId}`;
}

export function readIds(storage: Storage, place: string): string[] {
	const value = parseKept(storage.read(place));
	return Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];
}

/** Null for what is not there or was damaged. */
export function parseKept(text: string | null): unknown {
	if (text === null) return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
