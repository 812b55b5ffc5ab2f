import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBell } from './bell.ts';

export interface FollowDeps<T> {
	/** Hears of each new one after its commit; returns the way to stop listening. */
	listen(listener: (entry: T) => void): () => void;
	/** At most `limit` of those with `seq > after`, in order. */
	read(after: number, limit: number): Promise<T[]>;
	/** Entries read from the database at once. */
	pageSize: number;
	/** Live entries kept for one reader; a slower one reads them from the database instead. */
	bufferSize: number;
	/** How many of the first of these go out together; at least one. */
	batchSize(entries: readonly T[]): number;
	/** One empty batch says that everything from before has been handed on. */
	sayWhenCaughtUp?: boolean;
}

/**
 * Everything with `seq > after`, in order, none missing and none twice (spec T3), then each new one, in batches, until
 * `signal` aborts. What is listened to only says that something is new: whatever it drops or brings out of order is
 * noticed by the gap in `seq` and read from the database.
 */
export async function* followLog<T extends { seq: number }>(
	deps: FollowDeps<T>,
	after: number,
	signal: AbortSignal
): AsyncGenerator<T[], void, undefined> {
	if (signal.aborted) return;
	const bell = createBell();
	const buffer: T[] = [];
	/** There may be entries in the database which are not in the buffer. */
	let behind = true;

	// Listens before it reads, so that nothing falls between the two.
	const unlisten = deps.listen((entry) => {
		if (buffer.length >= deps.bufferSize) {
			buffer.length = 0;
			behind = true;
		}
		// Behind, everything is read anyway; the newest ones would only be skipped.
		if (!behind) buffer.push(entry);
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
		let unsaid = deps.sayWhenCaughtUp ?? false;
		while (!signal.aborted) {
			if (behind) {
				// Before the read: what is published while it runs is buffered, or puts us behind again.
				behind = false;
				const page = await deps.read(last, deps.pageSize);
				if (page.length === deps.pageSize) behind = true;
				while (page.length > 0) {
					if (signal.aborted) return;
					const batch = page.splice(0, deps.batchSize(page));
					last = batch.at(-1)!.seq;
					yield batch;
				}
				// A long log never comes in one piece: between two pages everybody else has their turn.
				if (behind) await nextTurn();
				else if (unsaid && !signal.aborted) {
					unsaid = false;
					yield [];
				}
				continue;
			}
			const next = dropOlder(buffer, last);
			if (next.length > 0) {
				const batch = buffer.splice(0, Math.min(next.length, deps.batchSize(next)));
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

/** Drops from the buffer what is not newer than `last`, and answers how far it goes on from there without a gap. */
function dropOlder<T extends { seq: number }>(buffer: T[], last: number): readonly T[] {
	const newer = buffer.findIndex(({ seq }) => seq > last);
	buffer.splice(0, newer < 0 ? buffer.length : newer);
	const gap = buffer.findIndex(({ seq }, i) => seq !== last + 1 + i);
	return gap < 0 ? buffer : buffer.slice(0, gap);
}
