import { and, eq, ne } from 'drizzle-orm';
import { run, type Database, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

/** Ends logins of a person: all, all but one, or only one. Answers with the stored ids of those that were there. */
export function* deleteLogins(
	{ logins }: Tables,
	tx: Database,
	userId: string,
	which: { except?: string; only?: string } = {}
): Steps<string[]> {
	const rows = yield* run(
		tx
			.delete(logins)
			.where(
				and(
					eq(logins.userId, userId),
					which.except === undefined ? undefined : ne(logins.idHash, which.except),
					which.only === undefined ? undefined : eq(logins.idHash, which.only)
				)
			)
			.returning({ idHash: logins.idHash })
	);
	return rows.map(({ idHash }) => idHash);
}
