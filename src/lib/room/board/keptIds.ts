import type { Storage } from '../ports.ts';

/*
 * Where a device keeps what is not saved of a board, apart from `boardKeep.ts` and `sketchKeep.ts`: the room page asks
 * whether there is any, and loads what a board is only then.
 */

/** Whether something waits on this device, so that it is delivered though nobody opens the board. */
export function hasUnsavedBoard(storage: Storage, roomCode: string, userId: string): boolean {
	const isSketched = storage.read(sketchedIn(roomCode, userId)) !== null;
	return isSketched || storage.keys(keptIn(roomCode, userId)).length > 0;
}

/** What the key of each kept element begins with; its id follows. */
export function keptIn(roomCode: string, userId: string): string {
	return `board:${roomCode}:${userId}:`;
}

/** The key of what is being drawn right now, and of the mark that there is something. */
export function sketchedIn(roomCode: string, userId: string): string {
	return `board-sketch:${roomCode}:${userId}`;
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
