import { and, eq, isNull } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** Null for nobody and for accounts that were deleted. */
export function* readPerson(
	{ users }: Tables,
	tx: Database,
	who: { id: string } | { email: string }
): Steps<Row<'users'> | null> {
	const is = 'id' in who ? eq(users.id, who.id) : eq(users.email, who.email);
	const rows = yield* run(
		tx
			.select()
			.from(users)
			.where(and(is, isNull(users.deletedAt)))
	);
	return rows[0] ?? null;
}

/** Changes a person's row; where `was` is given only if that still stands there. False when nothing was changed. */
export function* changePerson(
	{ users }: Tables,
	tx: Database,
	id: string,
	change: Partial<Omit<Row<'users'>, 'id'>>,
	was: { passwordHash?: string; email?: string } = {}
): Steps<boolean> {
	const rows = yield* run(
		tx
			.update(users)
			.set(change)
			.where(
				and(
					eq(users.id, id),
					isNull(users.deletedAt),
					was.passwordHash === undefined ? undefined : eq(users.passwordHash, was.passwordHash),
					was.email === undefined ? undefined : eq(users.email, was.email)
				)
			)
			.returning({ id: users.id })
	);
	return rows.length === 1;
}
