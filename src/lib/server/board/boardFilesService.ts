import { BOARD_FILE_MAX_BYTES, BOARD_FILES_MAX_BYTES_PER_SESSION } from '../../shared/boardLimits.ts';
import { NO_SUCH_PICTURES, type BoardFile } from '../../shared/board.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Row, Store } from '../db/store.ts';
import type { FileStore } from '../resources/fileStore.ts';
import { CLIENT_ID } from '../roomLog/roomLogService.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { filesOf, insertFiles, readFileRow } from './boardFileQueries.ts';
import { lockBoard, readBoard } from './boardQueries.ts';
import { PICTURE_HEAD_BYTES, readPicture } from './pictures.ts';
import { refuseUnlessLive } from './putElements.ts';

/** The pictures on whiteboards, in the same store as all other files. */
export interface BoardFiles {
	/**
	 * Keeps a picture for the members of a live session, under an id made by whoever sends it: sent again it is the same
	 * one. What is in the session already under another id takes no further place.
	 * Refusals: `not-found`, `not-live`, `session-over`, `board-locked`, `bad-input` (an id that is none, no picture of a
	 * kind we take), `too-large`, `id-conflict` (another picture has this id)
	 */
	add(
		roomCode: string,
		user: { id: string },
		id: string,
		body: ReadableStream<Uint8Array>
	): Promise<BoardFile>;
	/** Refusal `not-found`. */
	open(
		roomCode: string,
		user: { id: string },
		id: string
	): Promise<{ file: Row<'boardFiles'>; stream: ReadableStream<Uint8Array> }>;
}

export function createBoardFiles(deps: {
	store: Store;
	files: FileStore;
	sessions: Pick<Sessions, 'membership'>;
	now: () => number;
}): BoardFiles {
	const { store, files, sessions, now } = deps;
	const { tables, db } = store;

	/** The row that stands under this id. Its bytes may be those of another row with the same content. */
	async function keep(row: Row<'boardFiles'>): Promise<Row<'boardFiles'>> {
		return store.transact(function* (tx) {
			// One after the other: the same picture may come twice at once.
			yield* lockBoard(tables, tx, row.sessionId);
			const others = yield* filesOf(tables, tx, row.sessionId);
			const known = others.find(({ id }) => id === row.id);
			if (known && known.sha256 !== row.sha256) throw new Refusal('id-conflict');
			if (known) return known;
			const same = others.find(({ sha256 }) => sha256 === row.sha256);
			const kept = same ? { ...row, storageKey: same.storageKey } : row;
			const sizes = new Map([...others, kept].map(({ storageKey, size }) => [storageKey, size]));
			if ([...sizes.values()].reduce((sum, size) => sum + size, 0) > BOARD_FILES_MAX_BYTES_PER_SESSION)
				throw new Refusal('too-large', 'The pictures on this board would be larger than 100 MB together.');
			yield* insertFiles(tables, tx, [kept]);
			return kept;
		});
	}

	return {
		async add(roomCode, user, id, body) {
			if (!CLIENT_ID.test(id)) throw new Refusal('bad-input');
			const { session, member } = await sessions.membership(roomCode, user);
			refuseUnlessLive(session.status);
			const board = await readBoard(tables, db, session.id);
			if (board?.locked && member.role !== 'mentor') throw new Refusal('board-locked');

			const head = headOf(body, PICTURE_HEAD_BYTES);
			const stored = await files.put(head.body, BOARD_FILE_MAX_BYTES);
			let kept: Row<'boardFiles'> | null = null;
			try {
				const picture = readPicture(head.bytes());
				if (!picture) throw new Refusal('bad-input', NO_SUCH_PICTURES);
				const row = await keep({
					sessionId: session.id,
					id,
					uploadedBy: user.id,
					type: picture.type,
					size: stored.size,
					width: picture.width ?? null,
					height: picture.height ?? null,
					sha256: stored.sha256,
					storageKey: stored.key,
					uploadedAt: new Date(now())
				});
				kept = row;
			} finally {
				if (kept?.storageKey !== stored.key) await files.remove(stored.key);
			}
			const { width, height } = kept;
			return { fileId: id, ...(width && height ? { width, height } : {}) };
		},

		async open(roomCode, user, id) {
			const { session } = await sessions.membership(roomCode, user);
			const file = await readFileRow(tables, db, session.id, id);
			if (!file) throw new Refusal('not-found');
			return { file, stream: await files.get(file.storageKey) };
		}
	};
}

/** The same stream, and its first bytes for whoever has read it. */
function headOf(body: ReadableStream<Uint8Array>, max: number) {
	const head = new Uint8Array(max);
	let length = 0;
	const look = new TransformStream<Uint8Array, Uint8Array>({
		transform(chunk, controller) {
			const part = chunk.subarray(0, max - length);
			head.set(part, length);
			length += part.length;
			controller.enqueue(chunk);
		}
	});
	return { body: body.pipeThrough(look), bytes: () => head.subarray(0, length) };
}
