import { and, asc, eq, gt, inArray, lte, desc, sql } from 'drizzle-orm';
import { jsonBytes, type StoredElement } from '../../shared/board.ts';
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

/** Elements written by one statement: Postgres and SQLite take about 30,000 values. */
const ROWS_MAX = 200;

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

/** Adds and replaces elements. Who put an element there first stays its author. */
export function* writeElements({ boardElements: t }: Tables, tx: Database, rows: ElementRow[]): Steps<void> {
	const changing = [
		t.kind,
		t.pageId,
		t.version,
		t.nonce,
		t.deleted,
		t.seq,
		t.changedAt,
		t.changedBy,
		t.data
	] as const;
	const keys = ['kind', 'pageId', 'version', 'nonce', 'deleted', 'seq', 'changedAt', 'changedBy', 'data'];
	const set = Object.fromEntries(
		keys.map((key, i) => [key, sql.raw(`excluded."${changing[i]!.name}"`)] as const)
	);
	for (let first = 0; first < rows.length; first += ROWS_MAX) {
		yield* run(
			tx
				.insert(t)
				.values(rows.slice(first, first + ROWS_MAX))
				.onConflictDoUpdate({ target: [t.sessionId, t.id], set })
				.returning({ seq: t.seq })
		);
	}
}

/** At most `limit` elements changed after `after`, in the order of their last change. */
export function selectChanges(
	{ boardElements: t }: Tables,
	db: Database,
	sessionId: string,
	of: { after: number; limit: number; liveOnly: boolean }
) {
	return db
		.select()
		.from(t)
		.where(
			and(eq(t.sessionId, sessionId), gt(t.seq, of.after), of.liveOnly ? eq(t.deleted, false) : undefined)
		)
		.orderBy(asc(t.seq))
		.limit(of.limit);
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
