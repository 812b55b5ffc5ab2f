import { createHash } from 'node:crypto';
import { createBoardFiles, type BoardFiles } from '../../src/lib/server/board/boardFilesService.ts';
import { createBoard, type Board } from '../../src/lib/server/board/boardService.ts';
import { readBoard } from '../../src/lib/server/board/boardQueries.ts';
import type { Row } from '../../src/lib/server/db/store.ts';
import { readCursor, writeCursor } from '../../src/lib/server/roomLog/cursor.ts';
import type { FileStore } from '../../src/lib/server/resources/fileStore.ts';
import type { Lesson } from '../../src/lib/server/sessions/lessonFixture.ts';
import type { BoardLink } from '../../src/lib/room/board/boardLink.ts';
import type { PictureFiles } from '../../src/lib/room/board/pictureSender.ts';
import type { LinkFailure, LinkStatus } from '../../src/lib/room/ports.ts';
import type { StoredElement } from '../../src/lib/shared/board.ts';
import { Refusal } from '../../src/lib/shared/refusals.ts';
import type { Member } from '../../src/lib/shared/roomState.ts';

export interface ServerSizes {
	bufferSize: number;
	pageSize: number;
	/** Every how many-th message of the bus is lost; 0 for none. */
	loses: number;
}

/** The connection of one page to the server's board, without a socket. */
export interface BoardConnection {
	board: BoardLink;
	files: PictureFiles;
	onStatus(listener: (status: LinkStatus) => void): () => void;
	cut(): void;
	restore(): void;
	/** The server does what it is asked, but its answers get lost. */
	loseAnswers: boolean;
	/** The page is closed. */
	end(): void;
}

/** The server's part of one lesson's board: one process after the other on the same database. */
export interface BoardServer {
	connect(who: Member): BoardConnection;
	/** What was under way may or may not be written; the next process takes over. */
	crash(): void;
	/** From now on the bus tells everything. */
	loseNothing(): void;
	/** What went wrong and was no refusal. */
	readonly failures: unknown[];
	close(): Promise<void>;
}

export function startBoardServer(lesson: Lesson, session: Row<'sessions'>, sizes: ServerSizes): BoardServer {
	const { loses, ...options } = sizes;
	const { store, roomLog, time, sessions } = lesson;
	const connections = new Set<Connection>();
	const failures: unknown[] = [];
	let published = 0;
	let lossy = loses > 0;
	let passed = 0;
	const bus = {
		subscribe: lesson.bus.subscribe,
		publish(topic: string, message: unknown) {
			published += 1;
			if (!lossy || published % loses !== 0) lesson.bus.publish(topic, message);
		}
	};
	// A lesson that stands still would spend the allowances.
	const now = () => time.now() + 1_000 * passed++;
	const files = createBoardFiles({ store, files: memoryFiles(), sessions, now });
	const presence = { holdsSeat: () => true, draw: () => undefined };
	const start = (): Board => createBoard({ store, roomLog, presence, bus, now, gatherMs: 0, ...options });
	let board = start();
	const processes = [board];

	async function tellLock(): Promise<void> {
		const locked = (await readBoard(store.tables, store.db, session.id))?.locked ?? false;
		for (const connection of connections) connection.lock(locked);
	}

	return {
		failures,
		connect(who) {
			const connection = connect({ who, session, files, board: () => board, failures, tellLock });
			connections.add(connection);
			return connection;
		},
		crash() {
			board = start();
			processes.push(board);
			for (const connection of connections) connection.crash();
		},
		loseNothing: () => (lossy = false),
		async close() {
			for (const connection of connections) connection.end();
			for (const each of processes) await each.close();
		}
	};
}

interface Connection extends BoardConnection {
	lock(locked: boolean): void;
	crash(): void;
}

function connect(deps: {
	who: Member;
	session: Row<'sessions'>;
	files: BoardFiles;
	board: () => Board;
	failures: unknown[];
	tellLock: () => Promise<void>;
}): Connection {
	const { who, session, files, board, failures, tellLock } = deps;
	const statusListeners = new Set<(status: LinkStatus) => void>();
	const lockListeners = new Set<(locked: boolean) => void>();
	const lost: LinkFailure = { kind: 'lost' };
	let abort = new AbortController();
	let up = true;
	let locked = false;
	let reading: Reading | null = null;

	interface Reading {
		place: string;
		onBatch: (elements: StoredElement[]) => void;
		onRefused: Parameters<BoardLink['follow']>[2];
	}

	function status(): LinkStatus {
		return { name: up ? 'live' : 'reconnecting', attempt: 0, reason: null };
	}

	function set(next: boolean): void {
		up = next;
		abort.abort();
		abort = new AbortController();
		for (const listener of statusListeners) listener(status());
		if (!up) return;
		void tellLock();
		if (reading) void read(reading, abort.signal);
	}

	async function read(mine: Reading, signal: AbortSignal): Promise<void> {
		try {
			const cursor = readCursor(mine.place);
			if (!(await board().holds(session.id, cursor))) return mine.onRefused('log-restored');
			for await (const changes of board().follow(session, cursor.seq, signal)) {
				if (signal.aborted || reading !== mine) return;
				const newest = changes.at(-1);
				if (newest) mine.place = writeCursor(newest);
				mine.onBatch(changes.map(({ element }) => structuredClone(element)));
			}
		} catch (error) {
			failures.push(error);
		}
	}

	async function ask<T>(run: () => Promise<T>): Promise<T> {
		const { signal } = abort;
		await Promise.resolve();
		if (!up) throw lost;
		const answer = await run().catch((error: unknown) => {
			if (!(error instanceof Refusal)) {
				failures.push(error);
				throw lost;
			}
			const { reason, message } = error;
			throw signal.aborted ? lost : ({ kind: 'refused', reason, message } satisfies LinkFailure);
		});
		if (signal.aborted || connection.loseAnswers) throw lost;
		return answer;
	}

	const connection: Connection = {
		loseAnswers: false,
		onStatus(listener) {
			statusListeners.add(listener);
			listener(status());
			return () => statusListeners.delete(listener);
		},
		cut: () => up && set(false),
		restore: () => up || set(true),
		crash: () => up && set(true),
		end() {
			reading = null;
			set(false);
			statusListeners.clear();
		},
		lock(next) {
			if (!up) return;
			locked = next;
			for (const listener of lockListeners) listener(locked);
		},
		files: {
			put: (fileId, bytes) =>
				ask(async () => void (await files.add(session.roomCode, { id: who.userId }, fileId, bytes.stream()))),
			get: () => Promise.reject(lost)
		},
		board: {
			follow(after, onBatch, onRefused) {
				const mine = { place: String(after), onBatch, onRefused };
				reading = mine;
				if (up) void read(mine, abort.signal);
				return () => {
					if (reading === mine) reading = null;
				};
			},
			put: (elements) => ask(() => board().put(session, who, structuredClone(elements))),
			lock: (clientId, next) =>
				ask(async () => {
					await board().lock(session, who.userId, clientId, next);
					await tellLock();
				}),
			onLock(listener) {
				lockListeners.add(listener);
				listener(locked);
				return () => lockListeners.delete(listener);
			},
			continueLast: () => Promise.reject(lost),
			last: () => Promise.resolve(null),
			draw: () => Promise.resolve(),
			onDrawn: () => () => undefined
		}
	};
	return connection;
}

function memoryFiles(): FileStore {
	let stored = 0;
	return {
		async put(body) {
			const parts: Uint8Array[] = [];
			for await (const part of body) parts.push(part);
			const bytes = Buffer.concat(parts);
			const sha256 = createHash('sha256').update(bytes).digest('hex');
			return { key: `file-${++stored}`, size: bytes.length, sha256 };
		},
		get: () => Promise.reject(new Error('Nobody looks at them here')),
		remove: () => Promise.resolve()
	};
}
