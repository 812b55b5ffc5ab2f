import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { BoardElement, BoardKind, PictureType } from '../../shared/board.ts';
import type { Dialect } from './dialect.ts';

interface Keyed {
	id: AnySQLiteColumn;
}

/** The whiteboard's tables, as `createTables` has all others. */
export function createBoardTables(d: Dialect, { users, sessions }: { users: Keyed; sessions: Keyed }) {
	/** One whiteboard a session, from its first element on. Its row is the lock for writing on it. */
	const boards = d.table('boards', {
		sessionId: d
			.text('session_id')
			.primaryKey()
			.references(() => sessions.id),
		/** The last `seq` given out on this board, and when; never earlier than the one before. */
		lastSeq: d.integer('last_seq').notNull(),
		changedAt: d.instant('changed_at').notNull(),
		/** Live objects, live pages, and all elements, deleted ones included. */
		objects: d.integer('objects').notNull(),
		pages: d.integer('pages').notNull(),
		elements: d.integer('elements').notNull(),
		/** For learners. */
		locked: d.boolean('locked').notNull(),
		/** The session whose board was brought here. */
		continuedFrom: d.text('continued_from').references(() => sessions.id)
	});

	/** What is and was on a whiteboard: one row an element, deleted ones included. */
	const boardElements = d.table(
		'board_elements',
		{
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => boards.sessionId),
			/** Made by whoever drew it. */
			id: d.text('id').notNull(),
			kind: d.text('kind').$type<BoardKind>().notNull(),
			/** Null for pages. */
			pageId: d.text('page_id'),
			/** The higher (version, nonce) wins. */
			version: d.integer('version').notNull(),
			nonce: d.integer('nonce').notNull(),
			deleted: d.boolean('deleted').notNull(),
			/** Of its last change. */
			seq: d.integer('seq').notNull(),
			changedAt: d.instant('changed_at').notNull(),
			authorId: d.text('author_id').notNull(),
			changedBy: d.text('changed_by').notNull(),
			/** Null for what was deleted, unless it is a page. */
			data: d.json('data').$type<BoardElement['data']>()
		},
		(t) => [
			d.primaryKey({ name: 'board_elements_pk', columns: [t.sessionId, t.id] }),
			d.uniqueIndex('board_elements_seq').on(t.sessionId, t.seq)
		]
	);

	/** Pictures on whiteboards. A row exists only once its bytes are on disk; they are never changed. */
	const boardFiles = d.table(
		'board_files',
		{
			sessionId: d
				.text('session_id')
				.notNull()
				.references(() => sessions.id),
			/** The same in a session that continues the board. */
			id: d.text('id').notNull(),
			uploadedBy: d
				.text('uploaded_by')
				.notNull()
				.references(() => users.id),
			/** By what is in it, whatever the browser said. */
			type: d.text('type').$type<PictureType>().notNull(),
			/** Bytes. */
			size: d.integer('size').notNull(),
			/** Pixels; null where the file does not say. */
			width: d.integer('width'),
			height: d.integer('height'),
			/** Hex SHA-256 of the content. */
			sha256: d.text('sha256').notNull(),
			/** Random name in the file store; several sessions may have the same one. */
			storageKey: d.text('storage_key').notNull(),
			uploadedAt: d.instant('uploaded_at').notNull()
		},
		(t) => [
			d.primaryKey({ name: 'board_files_pk', columns: [t.sessionId, t.id] }),
			d.index('board_files_content').on(t.sessionId, t.sha256)
		]
	);

	return { boards, boardElements, boardFiles };
}
