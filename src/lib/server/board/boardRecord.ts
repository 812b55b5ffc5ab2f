import type { BoardOverview } from '../../shared/board.ts';
import type { Store } from '../db/store.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { countByPage, selectPage, selectPages, toChange } from './boardQueries.ts';

/** What is on a whiteboard, for looking back on it. */
export interface BoardRecord {
	/** Null where nothing is on it. */
	overview(sessionId: string): Promise<BoardOverview | null>;
	/**
	 * A JSON list of the `StoredElement`s on one page, for members, for good; empty for a page there is not.
	 * Refusal `not-found`.
	 */
	page(roomCode: string, user: { id: string }, pageId: string): Promise<ReadableStream<Uint8Array>>;
}

export function createBoardRecord(deps: {
	store: Store;
	sessions: Pick<Sessions, 'membership'>;
	/** Elements that are in memory at once. */
	pageSize?: number;
}): BoardRecord {
	const { store, sessions, pageSize = 200 } = deps;
	const { tables, db } = store;

	/** The list in pieces: a full board has megabytes, and readers may be slow. */
	async function* listOf(sessionId: string, pageId: string): AsyncGenerator<string, void, undefined> {
		let after = 0;
		let before = '[';
		for (;;) {
			const rows = await selectPage(tables, db, sessionId, { pageId, after, limit: pageSize });
			for (const row of rows) {
				yield before + JSON.stringify(toChange(row).element);
				before = ',';
				after = row.seq;
			}
			if (rows.length < pageSize) break;
		}
		yield before === '[' ? '[]' : ']';
	}

	return {
		async overview(sessionId) {
			const counted = await countByPage(tables, db, sessionId);
			const objects = counted.flatMap(({ pageId, objects }) => (pageId === null ? [] : [[pageId, objects]]));
			if (objects.length === 0) return null;
			const pages = await selectPages(tables, db, sessionId);
			return {
				pages: pages.map((row) => toChange(row).element),
				objects: Object.fromEntries(objects) as BoardOverview['objects']
			};
		},

		async page(roomCode, user, pageId) {
			const { session } = await sessions.membership(roomCode, user);
			const list = listOf(session.id, pageId);
			const encoder = new TextEncoder();
			return new ReadableStream({
				async pull(controller) {
					const { done, value } = await list.next();
					if (done) controller.close();
					else controller.enqueue(encoder.encode(value));
				},
				cancel: async () => void (await list.return())
			});
		}
	};
}
