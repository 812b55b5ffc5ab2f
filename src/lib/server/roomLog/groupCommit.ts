import { savepoint, type Database, type Steps, type Store } from '../db/store.ts';
import type { RoomRef } from './roomMessages.ts';

interface Waiting<Task, Result> {
	session: RoomRef;
	task: Task;
	resolve(result: Result): void;
	reject(error: unknown): void;
}

type Outcome<Task, Result> = { waiting: Waiting<Task, Result> } & ({ result: Result } | { error: unknown });

export interface GroupCommit<Task, Result> {
	/** Resolves after the commit; rejects with what `write` threw. */
	add(session: RoomRef, task: Task): Promise<Result>;
	/** Resolves when everything that was waiting is written or refused. */
	drain(): Promise<void>;
}

/**
 * Gathers small writes of all rooms for `gatherMs` and makes them one transaction: one fsync for many.
 * Each has its own savepoint, so that one refusal does not undo its neighbours.
 */
export function createGroupCommit<Task, Result>(deps: {
	store: Store;
	gatherMs: number;
	/** Tasks in one transaction at most, so that a flood does not hold the event loop. */
	batchMax: number;
	write: (tx: Database, session: RoomRef, task: Task) => Steps<Result>;
	/** Called after the commit, in the order of writing, before `add` resolves. */
	publish: (session: RoomRef, result: Result) => void;
}): GroupCommit<Task, Result> {
	const { store, gatherMs, batchMax, write, publish } = deps;
	let queue: Waiting<Task, Result>[] = [];
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
		const batch = queue.slice(0, batchMax);
		queue = queue.slice(batchMax);
		writing = commit(batch).then(() => {
			writing = null;
			schedule();
		});
	}

	async function commit(batch: Waiting<Task, Result>[]): Promise<void> {
		// Rooms in one order for all servers: two transactions never wait for each other's rows in a circle.
		batch.sort((a, b) => (a.session.id < b.session.id ? -1 : a.session.id > b.session.id ? 1 : 0));
		let outcomes: Outcome<Task, Result>[];
		try {
			outcomes = await store.transact(() => writeAll(batch));
		} catch (error) {
			for (const waiting of batch) waiting.reject(error);
			return;
		}
		for (const outcome of outcomes) {
			const { waiting } = outcome;
			if ('error' in outcome) {
				waiting.reject(outcome.error);
				continue;
			}
			publish(waiting.session, outcome.result);
			waiting.resolve(outcome.result);
		}
	}

	function* writeAll(batch: Waiting<Task, Result>[]): Steps<Outcome<Task, Result>[]> {
		const outcomes: Outcome<Task, Result>[] = [];
		for (const waiting of batch) {
			try {
				const result = yield* savepoint((inner) => write(inner, waiting.session, waiting.task));
				outcomes.push({ waiting, result });
			} catch (error) {
				outcomes.push({ waiting, error });
			}
		}
		return outcomes;
	}

	return {
		add(session, task) {
			return new Promise<Result>((resolve, reject) => {
				queue.push({ session, task, resolve, reject });
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
