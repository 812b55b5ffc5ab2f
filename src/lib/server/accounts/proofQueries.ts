import { and, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import { run, type Database, type NewRow, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import type { AccountProof } from './accountProofs.ts';

export function* insertProof(
	{ accountProofs }: Tables,
	tx: Database,
	proof: NewRow<'accountProofs'>
): Steps<void> {
	yield* run(tx.insert(accountProofs).values(proof).returning({ userId: accountProofs.userId }));
}

/** A person's links of these kinds that still work do so no longer. */
export function* spendProofs(
	{ accountProofs }: Tables,
	tx: Database,
	userId: string,
	kinds: AccountProof[],
	usedAt: Date
): Steps<void> {
	yield* run(
		tx
			.update(accountProofs)
			.set({ usedAt })
			.where(
				and(
					eq(accountProofs.userId, userId),
					inArray(accountProofs.kind, kinds),
					isNull(accountProofs.usedAt)
				)
			)
			.returning({ userId: accountProofs.userId })
	);
}

/** Uses a link up, if it still works; null if it does not, or no longer. */
export function* spendProof(
	{ accountProofs }: Tables,
	tx: Database,
	tokenHash: string,
	kinds: AccountProof[],
	now: Date
): Steps<Row<'accountProofs'> | null> {
	const rows = yield* run(
		tx
			.update(accountProofs)
			.set({ usedAt: now })
			.where(
				and(
					eq(accountProofs.tokenHash, tokenHash),
					inArray(accountProofs.kind, kinds),
					isNull(accountProofs.usedAt),
					gt(accountProofs.expiresAt, now)
				)
			)
			.returning()
	);
	return rows[0] ?? null;
}

export async function readProof(
	{ accountProofs, users }: Tables,
	db: Database,
	tokenHash: string
): Promise<{ proof: Row<'accountProofs'>; user: Row<'users'> } | null> {
	const rows = await db
		.select({ proof: accountProofs, user: users })
		.from(accountProofs)
		.innerJoin(users, eq(users.id, accountProofs.userId))
		.where(eq(accountProofs.tokenHash, tokenHash));
	return rows[0] ?? null;
}

export function* deleteProofs(
	{ accountProofs }: Tables,
	tx: Database,
	which: { userId: string } | { expiredBy: Date }
): Steps<void> {
	yield* run(
		tx
			.delete(accountProofs)
			.where(
				'userId' in which
					? eq(accountProofs.userId, which.userId)
					: lte(accountProofs.expiresAt, which.expiredBy)
			)
			.returning({ userId: accountProofs.userId })
	);
}
