import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, sql, type SQL } from 'drizzle-orm';
import type { NotificationKind } from '../../shared/notification.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** The next place among a person's notifications. One that stays unused leaves a gap, which nobody minds. */
export function* takeSeq({ inboxes }: Tables, tx: Database, userId: string): Steps<number> {
	const rows = yield* run(
		tx
			.insert(inboxes)
			.values({ userId, lastSeq: 1 })
			.onConflictDoUpdate({ target: inboxes.userId, set: { lastSeq: sql`${inboxes.lastSeq} + 1` } })
			.returning({ lastSeq: inboxes.lastSeq })
	);
	return rows[0]!.lastSeq;
}

/** Answers whether the row is new: a second one with the same key is the same notification. */
export function* insertNotification(
	{ notifications }: Tables,
	tx: Database,
	row: Row<'notifications'>
): Steps<boolean> {
	const rows = yield* run(
		tx
			.insert(notifications)
			.values(row)
			.onConflictDoNothing({ target: notifications.uniqueKey })
			.returning({ id: notifications.id })
	);
	return rows.length > 0;
}

/** At most `limit` with `seq < before`, the newest first; null: from the newest on. */
export function readBefore(
	{ notifications }: Tables,
	db: Database,
	userId: string,
	before: number | null,
	limit: number
): Promise<Row<'notifications'>[]> {
	const own = eq(notifications.userId, userId);
	return db
		.select()
		.from(notifications)
		.where(before === null ? own : and(own, lt(notifications.seq, before)))
		.orderBy(desc(notifications.seq))
		.limit(limit)
		.then((rows) => rows);
}

/** At most `limit` with `seq > after`, in order. */
export function readAfter(
	{ notifications }: Tables,
	db: Database,
	userId: string,
	after: number,
	limit: number
): Promise<Row<'notifications'>[]> {
	return db
		.select()
		.from(notifications)
		.where(and(eq(notifications.userId, userId), gt(notifications.seq, after)))
		.orderBy(asc(notifications.seq))
		.limit(limit)
		.then((rows) => rows);
}

/** The last place that was given out; 0 before the first. */
export async function readLastSeq({ inboxes }: Tables, db: Database, userId: string): Promise<number> {
	const rows = await db.select({ lastSeq: inboxes.lastSeq }).from(inboxes).where(eq(inboxes.userId, userId));
	return rows[0]?.lastSeq ?? 0;
}

/** Counts no further than `limit`, so that it costs the same however many there are. */
export async function countUnread(
	{ notifications }: Tables,
	db: Database,
	userId: string,
	limit: number
): Promise<number> {
	const rows = await db
		.select({ readAt: notifications.readAt })
		.from(notifications)
		.where(and(eq(notifications.userId, userId), isNull(notifications.readAt)))
		.limit(limit);
	return rows.length;
}

/** All unread ones: few, since one reads them or marks all. */
export function* readUnread(
	{ notifications }: Tables,
	tx: Database,
	userId: string
): Steps<Pick<Row<'notifications'>, 'id' | 'payload'>[]> {
	return yield* run(
		tx
			.select({ id: notifications.id, payload: notifications.payload })
			.from(notifications)
			.where(and(eq(notifications.userId, userId), isNull(notifications.readAt)))
	);
}

/** Answers whether there was anything unread among them. */
export function* markRead(
	{ notifications }: Tables,
	tx: Database,
	userId: string,
	which: { ids: string[] } | { upTo: number },
	readAt: Date
): Steps<boolean> {
	const these: SQL =
		'ids' in which ? inArray(notifications.id, which.ids) : lte(notifications.seq, which.upTo);
	const rows = yield* run(
		tx
			.update(notifications)
			.set({ readAt })
			.where(and(eq(notifications.userId, userId), isNull(notifications.readAt), these))
			.returning({ id: notifications.id })
	);
	return rows.length > 0;
}

export function* isMuted(
	{ mutedNotifications: muted }: Tables,
	tx: Database,
	userId: string,
	kind: NotificationKind
): Steps<boolean> {
	const rows = yield* run(
		tx
			.select({ kind: muted.kind })
			.from(muted)
			.where(and(eq(muted.userId, userId), eq(muted.kind, kind)))
	);
	return rows.length > 0;
}

export async function readMuted(
	{ mutedNotifications: muted }: Tables,
	db: Database,
	userId: string
): Promise<NotificationKind[]> {
	const rows = await db.select({ kind: muted.kind }).from(muted).where(eq(muted.userId, userId));
	return rows.map(({ kind }) => kind);
}

/** Answers whether that is a change. */
export function* setMuted(
	{ mutedNotifications: muted }: Tables,
	tx: Database,
	row: Row<'mutedNotifications'>,
	isMuted: boolean
): Steps<boolean> {
	const rows = isMuted
		? yield* run(tx.insert(muted).values(row).onConflictDoNothing().returning({ kind: muted.kind }))
		: yield* run(
				tx
					.delete(muted)
					.where(and(eq(muted.userId, row.userId), eq(muted.kind, row.kind)))
					.returning({ kind: muted.kind })
			);
	return rows.length > 0;
}
