import { and, asc, count, eq, gt, inArray, lte, desc, or, sql } from 'drizzle-orm';
import { jsonBytes, type BoardKind, type StoredElement } from '../../shared/board.ts';
import type { SessionStatus } from '../../shared/sessionStatus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

export type ElementRow = Row<'boardElements'>;

/** One change of a board as its readers get it. */
export interface Change {
	seq: number;
	/** ms since the epoch; never earlier than the change before. */
	at: number;
	element: StoredElement;
	/** Of the element as JSON. */
	bytes: number;
}

/** Reads a board's row, made where there is none, and keeps others from writing on the board until the commit. */
export function* lockBoard({ boards }: Tables, tx: Database, sessionId: string): Steps<Row<'boards'>> {
	const lock = () =>
		run(
			tx
				.update(boards)
				.set({ lastSeq: sql`${boards.lastSeq}` })
				.where(eq(boards.sessionId, sessionId))
				.returning()
		);
	const [known] = yield* lock();
	if (known) return known;
	const blank: Row<'boards'> = {
		sessionId,
		lastSeq: 0,
		changedAt: new Date(0),
		objects: 0,
		pages: 0,
		elements: 0,
		locked: false,
		continuedFrom: null
	};
	yield* run(tx.insert(boards).values(blank).onConflictDoNothing().returning({ seq: boards.lastSeq }));
	const [made] = yield* lock();
	return made!;
}

export function* saveBoard(
	{ boards }: Tables,
	tx: Database,
	{ sessionId, ...values }: Partial<Row<'boards'>> & { sessionId: string }
): Steps<void> {
	yield* run(
		tx.update(boards).set(values).where(eq(boards.sessionId, sessionId)).returning({ id: boards.sessionId })
	);
}

export function* statusOf(
	{ sessions }: Tables,
	tx: Database,
	sessionId: string
): Steps<SessionStatus | null> {
	const rows = yield* run(
		tx.select({ status: sessions.status }).from(sessions).where(eq(sessions.id, sessionId))
	);
	return rows[0]?.status ?? null;
}

/** What a new state of an element has to beat. */
export type Standing = Pick<ElementRow, 'id' | 'kind' | 'version' | 'nonce' | 'deleted' | 'seq' | 'authorId'>;

/** Those of `ids` that are on the board, by id. */
export function* readStandings(
	{ boardElements: t }: Tables,
	tx: Database,
	sessionId: string,
	ids: string[]
): Steps<Map<string, Standing>> {
	const { id, kind, version, nonce, deleted, seq, authorId } = t;
	const rows = yield* run(
		tx
			.select({ id, kind, version, nonce, deleted, seq, authorId })
			.from(t)
			.where(and(eq(t.sessionId, sessionId), inArray(id, ids)))
	);
	return new Map(rows.map((row) => [row.id, row]));
}

/** What a new state of an element replaces in its row. Who put it there first stays its author. */
export function replacing(t: Tables['boardElements']) {
	const { kind, pageId, version, nonce, deleted, seq, changedAt, changedBy, data } = t;
	const columns = { kind, pageId, version, nonce, deleted, seq, changedAt, changedBy, data };
	return Object.fromEntries(
		Object.entries(columns).map(([key, { name }]) => [key, sql.raw(`excluded."${name}"`)])
	);
}

/** Adds and replaces elements. */
export function* writeElements({ boardElements: t }: Tables, tx: Database, rows: ElementRow[]): Steps<void> {
	yield* run(
		tx
			.insert(t)
			.values(rows)
			.onConflictDoUpdate({ target: [t.sessionId, t.id], set: replacing(t) })
			.returning({ seq: t.seq })
	);
}

export function* countElements(
	{ boardElements: t }: Tables,
	tx: Database,
	sessionId: string
): Steps<Pick<Row<'boards'>, 'objects' | 'pages' | 'elements'>> {
	const groups = yield* run(
		tx
			.select({ kind: t.kind, deleted: t.deleted, rows: count() })
			.from(t)
			.where(eq(t.sessionId, sessionId))
			.groupBy(t.kind, t.deleted)
	);
	const counts = { objects: 0, pages: 0, elements: 0 };
	for (const { kind, deleted, rows } of groups) {
		counts.elements += rows;
		if (!deleted) counts[counterOf(kind)] += rows;
	}
	return counts;
}

/** Which of a board's figures an element counts in. */
export function counterOf(kind: BoardKind): 'pages' | 'objects' {
	return kind === 'page' ? 'pages' : 'objects';
}

/**
 * At most `limit` elements changed after `after`, in the order of their last change. Without what was deleted up to
 * `skipDeletedUpTo` (0: nothing is left out), except for pages, on which something may be.
 */
export function selectChanges(
	{ boardElements: t }: Tables,
	db: Database,
	sessionId: string,
	of: { after: number; limit: number; skipDeletedUpTo: number }
) {
	return db
		.select()
		.from(t)
		.where(
			and(eq(t.sessionId, sessionId), gt(t.seq, of.after), or(isThere(t), gt(t.seq, of.skipDeletedUpTo)))
		)
		.orderBy(asc(t.seq))
		.limit(of.limit);
}

/** What is on a page and was not deleted, changed after `after`, in the order of its last change. */
export function selectPage(
	{ boardElements: t }: Tables,
	db: Database,
	sessionId: string,
	of: { pageId: string; after: number; limit: number }
) {
	return db
		.select()
		.from(t)
		.where(
			and(eq(t.sessionId, sessionId), eq(t.pageId, of.pageId), eq(t.deleted, false), gt(t.seq, of.after))
		)
		.orderBy(asc(t.seq))
		.limit(of.limit);
}

/** All pages, deleted ones too. */
export function selectPages({ boardElements: t }: Tables, db: Database, sessionId: string) {
	return db
		.select()
		.from(t)
		.where(and(eq(t.sessionId, sessionId), eq(t.kind, 'page')));
}

/** How much is on each page; pages themselves come with null. */
export function countByPage({ boardElements: t }: Tables, db: Database, sessionId: string) {
	return db
		.select({ pageId: t.pageId, objects: count() })
		.from(t)
		.where(and(eq(t.sessionId, sessionId), eq(t.deleted, false)))
		.groupBy(t.pageId);
}

/** Ids of those pages that were not deleted. */
export function* livePages(
	{ boardElements: t }: Tables,
	tx: Database,
	sessionId: string
): Steps<Set<string>> {
	const isLive = and(eq(t.sessionId, sessionId), eq(t.kind, 'page'), eq(t.deleted, false));
	const rows = yield* run(tx.select({ id: t.id }).from(t).where(isLive));
	return new Set(rows.map(({ id }) => id));
}

/** Ids of all pages that something is on. */
export function* usedPages(
	{ boardElements: t }: Tables,
	tx: Database,
	sessionId: string
): Steps<Set<string>> {
	const isLive = and(eq(t.sessionId, sessionId), eq(t.deleted, false));
	const rows = yield* run(tx.selectDistinct({ pageId: t.pageId }).from(t).where(isLive));
	return new Set(rows.flatMap(({ pageId }) => pageId ?? []));
}

/** Not deleted, or a page: of those also deleted ones are read and copied. */
export function isThere({ deleted, kind }: Tables['boardElements']) {
	return or(eq(deleted, false), eq(kind, 'page'));
}

/** The newest of the changes up to `seq` that still stand, and how far the board has come. */
export async function readPlace(
	{ boards, boardElements: t }: Tables,
	db: Database,
	sessionId: string,
	seq: number
): Promise<{ lastSeq: number; standing: { seq: number; changedAt: Date } | null }> {
	const [board] = await db.select().from(boards).where(eq(boards.sessionId, sessionId));
	const [standing] = await db
		.select({ seq: t.seq, changedAt: t.changedAt })
		.from(t)
		.where(and(eq(t.sessionId, sessionId), lte(t.seq, seq)))
		.orderBy(desc(t.seq))
		.limit(1);
	return { lastSeq: board?.lastSeq ?? 0, standing: standing ?? null };
}

export async function readBoard(
	{ boards }: Tables,
	db: Database,
	sessionId: string
): Promise<Row<'boards'> | null> {
	const rows = await db.select().from(boards).where(eq(boards.sessionId, sessionId));
	return rows[0] ?? null;
}

export function toChange(row: ElementRow): Change {
	const { id, pageId, kind, version, nonce, deleted, data, seq, authorId, changedBy } = row;
	// The data was checked against its kind when it was put.
	const element = {
		id,
		pageId,
		kind,
		version,
		nonce,
		deleted,
		data,
		seq,
		authorId,
		changedBy
	} as unknown as StoredElement;
	return { seq, at: row.changedAt.getTime(), element, bytes: jsonBytes(element) };
}
