import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Bus } from '../bus/bus.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import { createBell } from './bell.ts';
import { listenToRoom, type RoomRef } from './roomMessages.ts';

/** Entries handed on together: the cost of a message is nearly the same for one entry and for many. */
const BATCH_MAX = 50;

export interface FollowDeps {
	bus: Bus;
	read(sessionId: string, after: number, limit: number): Promise<RoomEvent[]>;
	/** Entries read from the database at once. */
	pageSize: number;
	/** Live entries kept for one reader; a slower one reads them from the database instead. */
	bufferSize: number;
}

/**
 * Every entry of a room with `seq > after`, in order, none missing and none twice (spec T3), then each new one, in
 * batches that are never empty, until `signal` aborts. The bus only says that something is new: whatever it drops or brings out of order is
 * noticed by the gap in `seq` and read from the database.
 */
export async function* followLog(
	deps: FollowDeps,
	session: RoomRef,
	after: number,
	signal: AbortSignal
): AsyncGenerator<RoomEvent[], void, undefined> {
	if (signal.aborted) return;
	const bell = createBell();
	const buffer: RoomEvent[] = [];
	/** There may be entries in the database which are not in the buffer. */
	let behind = true;

	// Listens before it reads, so that nothing falls between the two.
	const unlisten = listenToRoom(deps.bus, session.roomCode, (message) => {
		if (message.type !== 'entry') return;
		if (buffer.length >= deps.bufferSize) {
			buffer.length = 0;
			behind = true;
		}
		// Behind, everything is read anyway; the newest ones would only be skipped.
		if (!behind) buffer.push(message.entry);
		bell.ring();
	});
	// At once, also while the reader holds an entry and does not ask for the next.
	const stop = () => {
		unlisten();
		buffer.length = 0;
		bell.ring();
	};
	signal.addEventListener('abort', stop, { once: true });

	try {
		let last = after;
		while (!signal.aborted) {
			if (behind) {
				// Before the read: what is published while it runs is buffered, or puts us behind again.
				behind = false;
				const page = await deps.read(session.id, last, deps.pageSize);
				if (page.length === deps.pageSize) behind = true;
				for (let first = 0; first < page.length; first += BATCH_MAX) {
					if (signal.aborted) return;
					const batch = page.slice(first, first + BATCH_MAX);
					last = batch.at(-1)!.seq;
					yield batch;
				}
				// A long log never comes in one piece: between two pages everybody else has their turn.
				if (behind) await nextTurn();
				continue;
			}
			const batch = takeNext(buffer, last);
			if (batch.length > 0) {
				last = batch.at(-1)!.seq;
				yield batch;
			} else if (buffer.length > 0) {
				// A gap. All that is missing, and all that is in the buffer, is in the database.
				buffer.length = 0;
				behind = true;
			} else await bell.wait();
		}
	} finally {
		signal.removeEventListener('abort', stop);
		stop();
	}
}

/** Takes from the buffer what follows `last` without a gap, and drops what is older. */
function takeNext(buffer: RoomEvent[], last: number): RoomEvent[] {
	const batch: RoomEvent[] = [];
	let seq = last;
	while (batch.length < BATCH_MAX && buffer[0] && buffer[0].seq <= seq + 1) {
		const next = buffer.shift()!;
		if (next.seq <= seq) continue;
		seq = next.seq;
		batch.push(next);
	}
	return batch;
}
