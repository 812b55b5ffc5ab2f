import { getTableName, type Table } from 'drizzle-orm';
import type { Store } from '../../src/lib/server/db/store.ts';
import { boardElementSchema } from '../../src/lib/shared/boardSchemas.ts';
import {
	chatTextSchema,
	noteSchema,
	planSchema,
	profileSchema,
	ratingSchema
} from '../../src/lib/shared/formSchemas.ts';
import { REFUSALS } from '../../src/lib/shared/refusals.ts';
import { SESSION_STATUSES } from '../../src/lib/shared/sessionStatus.ts';

/** What is in a database and should not be, as sentences; with what is told to people the same schemas as on the way in. */
export async function unsoundRows({ db, tables }: Store): Promise<string[]> {
	const found: string[] = [];
	const say = (table: Table, row: unknown, why: string) =>
		found.push(`${getTableName(table)}: ${why}: ${JSON.stringify(row).slice(0, 400)}`);
	for (const table of Object.values(tables) as Table[]) {
		for (const row of await db.select().from(table as never)) {
			const why = unsound(row);
			if (why) say(table, row, why);
		}
	}
	for (const row of await db.select().from(tables.roomLog)) {
		if (row.type !== 'chat.message') continue;
		const read = chatTextSchema.safeParse(row.payload.text);
		if (!read.success || read.data !== row.payload.text) say(tables.roomLog, row, 'no message');
	}
	for (const row of await db.select().from(tables.boardElements)) {
		const { id, pageId, kind, version, nonce, deleted, data } = row;
		const read = boardElementSchema.safeParse({ id, pageId, kind, version, nonce, deleted, data });
		if (!read.success) say(tables.boardElements, row, 'no element');
	}
	for (const row of await db.select().from(tables.ratings))
		if (!ratingSchema.safeParse(row).success) say(tables.ratings, row, 'no rating');
	for (const row of await db.select().from(tables.lessonNotes))
		if (!noteSchema.safeParse(row.text).success) say(tables.lessonNotes, row, 'no note');
	for (const row of await db.select().from(tables.users))
		if (!profileSchema.safeParse({ ...row, language: row.language ?? '' }).success)
			say(tables.users, row, 'no person');
	for (const row of await db.select().from(tables.sessions)) {
		const isSession =
			planSchema.shape.title.safeParse(row.title).success &&
			row.priceMinor >= 0 &&
			row.startsAt < row.endsAt &&
			(SESSION_STATUSES as readonly string[]).includes(row.status);
		if (!isSession) say(tables.sessions, row, 'no session');
	}
	return found;
}

/** Texts that not every database keeps as they are, numbers that are none, dates that never come. */
function unsound(value: unknown): string | null {
	if (typeof value === 'string') {
		if (value.includes('\0')) return 'NUL';
		return value.isWellFormed() ? null : 'half a character';
	}
	if (typeof value === 'number') return Number.isFinite(value) ? null : 'no number';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'no date' : null;
	if (typeof value !== 'object' || value === null) return null;
	for (const [key, each] of Object.entries(value)) {
		const why = unsound(key) ?? unsound(each);
		if (why) return why;
	}
	return null;
}

/** Whether a refusal is one that people are meant to get. */
export function isMeant(reason: string): boolean {
	return reason !== 'internal' && Object.hasOwn(REFUSALS, reason);
}
