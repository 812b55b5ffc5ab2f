import type { RoomEvent } from '../../shared/roomEvents.ts';

/**
 * How far a reader has come. `at` is the time of the entry with that `seq`: after a backup was restored the same
 * number may belong to another entry, but never with the same time. Null: the reader knows the number only.
 */
export interface Cursor {
	seq: number;
	at: number | null;
}

/** What `readCursor` takes. */
export const CURSOR = /^\d{1,15}(\.\d{1,15})?$/;

/** As it goes out with each entry and comes back when a reader resumes. */
export function writeCursor({ seq, at }: Pick<RoomEvent, 'seq' | 'at'>): string {
	return `${seq}.${at}`;
}

export function readCursor(text: string): Cursor {
	const [seq, at] = text.split('.');
	return { seq: Number(seq), at: at === undefined ? null : Number(at) };
}
