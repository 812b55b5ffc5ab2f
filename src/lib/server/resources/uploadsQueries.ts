import { and, asc, count, eq, inArray, isNull, lte, sql, sum } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Upload = Row<'uploads'>;

/** Until the end of the transaction nobody else begins an upload in this session: the quota is one for all. */
export function* lockSession({ sessions }: Tables, tx: Database, sessionId: string): Steps<void> {
	yield* run(
		tx
			.update(sessions)
			.set({ lastSeq: sql`${sessions.lastSeq}` })
			.where(eq(sessions.id, sessionId))
			.returning({ id: sessions.id })
	);
}

export function* findUpload({ uploads }: Tables, tx: Database, id: string): Steps<Upload | null> {
	const rows = yield* run(tx.select().from(uploads).where(eq(uploads.id, id)));
	return rows[0] ?? null;
}

/** Also a removed one. */
export function* findResource(
	{ resources }: Tables,
	tx: Database,
	id: string
): Steps<Row<'resources'> | null> {
	const rows = yield* run(tx.select().from(resources).where(eq(resources.id, id)));
	return rows[0] ?? null;
}

/** Bytes of a session's files, those on their way included. */
export function* bytesOf({ resources, uploads }: Tables, tx: Database, sessionId: string): Steps<number> {
	const there = yield* run(
		tx
			.select({ bytes: sum(resources.size).mapWith(Number) })
			.from(resources)
			.where(and(eq(resources.sessionId, sessionId), isNull(resources.removedAt)))
	);
	const coming = yield* run(
		tx
			.select({ bytes: sum(uploads.size).mapWith(Number) })
			.from(uploads)
			.where(eq(uploads.sessionId, sessionId))
	);
	return (there[0]?.bytes ?? 0) + (coming[0]?.bytes ?? 0);
}

export function* countUploadsOf({ uploads }: Tables, tx: Database, userId: string): Steps<number> {
	const rows = yield* run(tx.select({ count: count() }).from(uploads).where(eq(uploads.userId, userId)));
	return rows[0]?.count ?? 0;
}

export function* insertUpload({ uploads }: Tables, tx: Database, row: Upload): Steps<void> {
	yield* run(tx.insert(uploads).values(row).returning({ id: uploads.id }));
}

/** Answers whether it was there. */
export function* deleteUpload({ uploads }: Tables, tx: Database, id: string): Steps<boolean> {
	const rows = yield* run(tx.delete(uploads).where(eq(uploads.id, id)).returning({ id: uploads.id }));
	return rows.length > 0;
}

export function* prolongUpload({ uploads }: Tables, tx: Database, id: string, expiresAt: Date): Steps<void> {
	yield* run(tx.update(uploads).set({ expiresAt }).where(eq(uploads.id, id)).returning({ id: uploads.id }));
}

export function* insertResource({ resources }: Tables, tx: Database, row: Row<'resources'>): Steps<void> {
	yield* run(tx.insert(resources).values(row).returning({ id: resources.id }));
}

export async function readUploadsOf(
	{ uploads }: Tables,
	db: Database,
	sessionId: string,
	userId: string
): Promise<Upload[]> {
	return db
		.select()
		.from(uploads)
		.where(and(eq(uploads.sessionId, sessionId), eq(uploads.userId, userId)))
		.orderBy(asc(uploads.createdAt), asc(uploads.id));
}

export async function readUpload({ uploads }: Tables, db: Database, id: string): Promise<Upload | null> {
	const rows = await db.select().from(uploads).where(eq(uploads.id, id));
	return rows[0] ?? null;
}

export async function readAllUploads({ uploads }: Tables, db: Database): Promise<Upload[]> {
	return db.select().from(uploads);
}

/** Ids of those whose time is over. */
export async function readExpired({ uploads }: Tables, db: Database, at: Date): Promise<string[]> {
	const rows = await db.select({ id: uploads.id }).from(uploads).where(lte(uploads.expiresAt, at)).limit(100);
	return rows.map(({ id }) => id);
}

/** Of these ids, the ones that are uploads. */
export async function readKnown({ uploads }: Tables, db: Database, ids: string[]): Promise<Set<string>> {
	const rows = await db.select({ id: uploads.id }).from(uploads).where(inArray(uploads.id, ids));
	return new Set(rows.map(({ id }) => id));
}

export async function readResource(
	{ resources }: Tables,
	db: Database,
	id: string
): Promise<Row<'resources'> | null> {
	const rows = await db
		.select()
		.from(resources)
		.where(and(eq(resources.id, id), isNull(resources.removedAt)));
	return rows[0] ?? null;
}
