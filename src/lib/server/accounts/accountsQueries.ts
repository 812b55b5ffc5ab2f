import { and, eq, isNull, lte } from 'drizzle-orm';
import { run, type Database, type NewRow, type Row, type Steps, type Store } from '../db/store.ts';

/** SQL of accounts and logins. */
export function accountsQueries(store: Store) {
	const { users, logins } = store.tables;
	return {
		async userByEmail(email: string): Promise<Row<'users'> | undefined> {
			const rows = await store.db.select().from(users).where(eq(users.email, email));
			return rows[0];
		},

		/** Undefined for accounts that were deleted, too. */
		async userById(id: string): Promise<Row<'users'> | undefined> {
			const rows = await store.db
				.select()
				.from(users)
				.where(and(eq(users.id, id), isNull(users.deletedAt)));
			return rows[0];
		},

		/** False when the e-mail is taken. `withIt`: what else belongs to a new account, in the same transaction. */
		async addUser(user: NewRow<'users'>, withIt?: (tx: Database) => Steps<void>): Promise<boolean> {
			return store.transact(function* (tx) {
				const rows = yield* run(
					tx
						.insert(users)
						.values(user)
						.onConflictDoNothing({ target: users.email })
						.returning({ id: users.id })
				);
				if (rows.length === 0) return false;
				if (withIt) yield* withIt(tx);
				return true;
			});
		},

		async loginWithUser(idHash: string): Promise<{ login: Row<'logins'>; user: Row<'users'> } | undefined> {
			const rows = await store.db
				.select({ login: logins, user: users })
				.from(logins)
				.innerJoin(users, eq(users.id, logins.userId))
				.where(eq(logins.idHash, idHash));
			return rows[0];
		},

		async loginsOf(userId: string): Promise<Row<'logins'>[]> {
			return store.db.select().from(logins).where(eq(logins.userId, userId));
		},

		async addLogin(login: NewRow<'logins'>): Promise<void> {
			await store.transact(function* (tx) {
				yield* run(tx.insert(logins).values(login).returning());
			});
		},

		async prolongLogin(idHash: string, expiresAt: Date): Promise<void> {
			await store.transact(function* (tx) {
				yield* run(tx.update(logins).set({ expiresAt }).where(eq(logins.idHash, idHash)).returning());
			});
		},

		async deleteLogin(idHash: string): Promise<void> {
			await store.transact(function* (tx) {
				yield* run(tx.delete(logins).where(eq(logins.idHash, idHash)).returning());
			});
		},

		async deleteLoginsOf(userId: string): Promise<void> {
			await store.transact(function* (tx) {
				yield* run(tx.delete(logins).where(eq(logins.userId, userId)).returning());
			});
		},

		async deleteExpiredLogins(now: Date): Promise<void> {
			await store.transact(function* (tx) {
				yield* run(tx.delete(logins).where(lte(logins.expiresAt, now)).returning());
			});
		}
	};
}

export type AccountsQueries = ReturnType<typeof accountsQueries>;
