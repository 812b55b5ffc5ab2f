import { and, eq, inArray } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type FileRow = Row<'boardFiles'>;

/** Those of `ids` that belong to the session. */
export function* knownFileIds(
	{ boardFiles }: Tables,
	tx: Database,
	sessionId: string,
	ids: string[]
): Steps<Set<string>> {
	const rows = yield* run(
		tx
			.select({ id: boardFiles.id })
			.from(boardFiles)
			.where(and(eq(boardFiles.sessionId, sessionId), inArray(boardFiles.id, ids)))
	);
	return new Set(rows.map(({ id }) => id));
}

export async function readFileRow(
	{ boardFiles }: Tables,
	db: Database,
	sessionId: string,
	id: string
): Promise<FileRow | null> {
	const rows = await db
		.select()
		.from(boardFiles)
		.where(and(eq(boardFiles.sessionId, sessionId), eq(boardFiles.id, id)));
	return rows[0] ?? null;
}

export function* filesOf({ boardFiles }: Tables, tx: Database, sessionId: string): Steps<FileRow[]> {
	return yield* run(tx.select().from(boardFiles).where(eq(boardFiles.sessionId, sessionId)));
}

/** What is there already, by id or by content, stays as it is. */
export function* insertFiles({ boardFiles }: Tables, tx: Database, rows: FileRow[]): Steps<void> {
	if (rows.length === 0) return;
	yield* run(tx.insert(boardFiles).values(rows).onConflictDoNothing().returning({ id: boardFiles.id }));
}
