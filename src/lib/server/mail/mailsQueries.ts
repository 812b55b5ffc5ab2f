import { and, asc, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import { run, type Database, type NewRow, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Mail = Row<'mails'>;

/** Answers whether the row is new: a second mail with the same key is the same mail. */
export function* insertMail({ mails }: Tables, tx: Database, mail: NewRow<'mails'>): Steps<boolean> {
	const rows = yield* run(
		tx.insert(mails).values(mail).onConflictDoNothing({ target: mails.uniqueKey }).returning({ id: mails.id })
	);
	return rows.length > 0;
}

export async function readMail({ mails }: Tables, db: Database, id: string): Promise<Mail | null> {
	const rows = await db.select().from(mails).where(eq(mails.id, id));
	return rows[0] ?? null;
}

/** The newest first. */
export async function readMails({ mails }: Tables, db: Database, limit: number): Promise<Mail[]> {
	return db.select().from(mails).orderBy(desc(mails.createdAt), desc(mails.id)).limit(limit);
}

export async function readOlderIds(
	{ mails }: Tables,
	db: Database,
	than: Date,
	limit: number
): Promise<string[]> {
	const rows = await db
		.select({ id: mails.id })
		.from(mails)
		.where(lt(mails.createdAt, than))
		.orderBy(asc(mails.createdAt))
		.limit(limit);
	return rows.map(({ id }) => id);
}

export function* deleteMails({ mails }: Tables, tx: Database, ids: string[]): Steps<void> {
	yield* run(tx.delete(mails).where(inArray(mails.id, ids)).returning({ id: mails.id }));
}

/** Writes the outcome, once. `emptied`: what it said is needed no more. */
export function* settleMail(
	{ mails }: Tables,
	tx: Database,
	id: string,
	outcome: { sentAt: Date } | { droppedAt: Date },
	emptied: boolean
): Steps<void> {
	yield* run(
		tx
			.update(mails)
			.set({ ...outcome, ...(emptied ? { text: '', html: '', calendar: null } : {}) })
			.where(and(eq(mails.id, id), isNull(mails.sentAt), isNull(mails.droppedAt)))
			.returning({ id: mails.id })
	);
}

/** The zone of whoever has this address; null where nobody has it. */
export function* readZone({ users }: Tables, tx: Database, email: string): Steps<string | null> {
	const rows = yield* run(tx.select({ timeZone: users.timeZone }).from(users).where(eq(users.email, email)));
	return rows[0]?.timeZone ?? null;
}
