import { desc, eq, sql } from 'drizzle-orm';
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

export function readNotifications(
	{ notifications }: Tables,
	db: Database,
	userId: string,
	limit: number
): Promise<Row<'notifications'>[]> {
	return db
		.select()
		.from(notifications)
		.where(eq(notifications.userId, userId))
		.orderBy(desc(notifications.seq))
		.limit(limit)
		.then((rows) => rows);
}
