import type { RoomEvent } from '../../shared/roomEvents.ts';
import { savepoint, type Steps, type Store } from '../db/store.ts';
import type { RoomRef } from './roomMessages.ts';
import { writeEntry, type NewEntry, type Written } from './writeEntry.ts';

interface Waiting {
	session: RoomRef;
	entry: NewEntry;
	resolve(event: RoomEvent): void;
	reject(error: unknown): void;
}

type Outcome = { waiting: Waiting; written: Written } | { waiting: Waiting; error: unknown };

export interface GroupCommit {
	append(session: RoomRef, entry: NewEntry): Promise<RoomEvent>;
	/** Resolves when everything that was waiting is written or refused. */
	drain(): Promise<void>;
}

/** Entries written by one transaction at most, so that a flood does not hold the event loop. */
const BATCH_MAX = 100;

/**
 * Gathers appends of all rooms for `gatherMs` and writes them in one transaction: one fsync for many.
 * Each append has its own savepoint, so that one refusal does not undo its neighbours.
 */
export function createGroupCommit(deps: {
	store: Store;
	now: () => number;
	gatherMs: number;
	publish: (session: RoomRef, event: RoomEvent) => void;
}): GroupCommit {
	const { store, now, gatherMs, publish } = deps;
	let queue: Waiting[] = [];
	let writing: Promise<void> | null = null;
	let timer: ReturnType<typeof setTimeout> | null = null;

	function schedule(): void {
		// One batch at a time: while one is being written the next gathers by itself.
		if (timer || writing || queue.length === 0) return;
		timer = setTimeout(startWriting, gatherMs);
	}

	function startWriting(): void {
		if (timer) clearTimeout(timer);
		timer = null;
		if (writing || queue.length === 0) return;
		const batch = queue.slice(0, BATCH_MAX);
		queue = queue.slice(BATCH_MAX);
		writing = write(batch).then(() => {
			writing = null;
			schedule();
		});
	}

	async function write(batch: Waiting[]): Promise<void> {
		// Rooms in one order for all servers: two transactions never wait for each other's rows in a circle.
		batch.sort((a, b) => (a.session.id < b.session.id ? -1 : a.session.id > b.session.id ? 1 : 0));
		let outcomes: Outcome[];
		try {
			outcomes = await store.transact(() => writeAll(batch));
		} catch (error) {
			for (const waiting of batch) waiting.reject(error);
			return;
		}
		for (const outcome of outcomes) {
			if ('error' in outcome) {
				outcome.waiting.reject(outcome.error);
				continue;
			}
			const { waiting, written } = outcome;
			if (written.isNew) publish(waiting.session, written.event);
			waiting.resolve(written.event);
		}
	}

	function* writeAll(batch: Waiting[]): Steps<Outcome[]> {
		const outcomes: Outcome[] = [];
		for (const waiting of batch) {
			try {
				const written = yield* savepoint((inner) =>
					writeEntry(store.tables, inner, waiting.session.id, waiting.entry, now())
				);
				outcomes.push({ waiting, written });
			} catch (error) {
				outcomes.push({ waiting, error });
			}
		}
		return outcomes;
	}

	return {
		append(session, entry) {
			return new Promise<RoomEvent>((resolve, reject) => {
				queue.push({ session, entry, resolve, reject });
				schedule();
			});
		},
		async drain() {
			while (queue.length > 0 || writing) {
				startWriting();
				await writing;
			}
		}
	};
}
