import { desc, eq } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

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
		.orderBy(desc(notifications.createdAt), desc(notifications.id))
		.limit(limit)
		.then((rows) => rows);
}
