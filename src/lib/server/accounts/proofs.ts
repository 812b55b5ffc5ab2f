import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from '../../shared/refusals.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import type { Mails } from '../mail/mailKinds.ts';
import type { AccountProof } from './accountProofs.ts';
import { deleteProofs, insertProof, readProof, spendProof, spendProofs } from './proofQueries.ts';
import { recipientOf } from './recipient.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long each link works, ms. */
const WORKS_FOR: Record<AccountProof, number> = {
	'verify-address': 3 * DAY,
	'change-address': DAY,
	'reset-password': 30 * MINUTE
};
/** Used and expired ones are kept so long, ms: whoever presses an old link is told what became of it. */
const KEPT_FOR = 7 * DAY;

/**
 * What a link is good for. `done`: it was used, and what it was for is so: a second press is no failure. `dead`: used, too
 * old, or never sent.
 */
export type LinkState =
	| { state: 'open'; kind: AccountProof; email: string }
	| { state: 'done'; kind: AccountProof; email: string }
	| { state: 'dead' };

export type Proofs = ReturnType<typeof createProofs>;

/** Links sent by mail: random, stored hashed, good for one use; a new one of a kind ends the old one. */
export function createProofs(deps: { store: Store; mails: Mails; now: () => number }) {
	const { store, mails, now } = deps;
	const { tables, db } = store;

	return {
		/** Sends somebody a link to `address`, in the transaction that makes it necessary. */
		*send(
			tx: Database,
			user: Parameters<typeof recipientOf>[0],
			kind: AccountProof,
			address: string
		): Steps<void> {
			const at = now();
			const token = randomBytes(24).toString('base64url');
			const expiresAt = at + WORKS_FOR[kind];
			yield* spendProofs(tables, tx, user.id, [kind], new Date(at));
			yield* insertProof(tables, tx, {
				...{ tokenHash: hashToken(token), userId: user.id, kind, email: address },
				...{ createdAt: new Date(at), expiresAt: new Date(expiresAt) }
			});
			yield* mails.enqueue(tx, [
				{
					...{ kind, uniqueKey: `${kind}:${hashToken(token)}`, payload: { token }, dropAt: expiresAt },
					to: recipientOf(user, address)
				}
			]);
		},

		/** What became of a link, without using it: programs that read mails open links too. */
		async look(token: string): Promise<LinkState> {
			const found = await readProof(tables, db, hashToken(token));
			if (!found || found.user.deletedAt) return { state: 'dead' };
			const { proof, user } = found;
			const { kind, email } = proof;
			if (proof.usedAt === null)
				return proof.expiresAt.getTime() > now() ? { state: 'open', kind, email } : { state: 'dead' };
			const isSo = kind !== 'reset-password' && user.email === email && user.emailVerifiedAt !== null;
			return isSo ? { state: 'done', kind, email } : { state: 'dead' };
		},

		/** Uses a link up. @throws Refusal `dead-link` */
		*use(tx: Database, token: string, kinds: AccountProof[]): Steps<Row<'accountProofs'>> {
			const proof = yield* spendProof(tables, tx, hashToken(token), kinds, new Date(now()));
			if (!proof) throw new Refusal('dead-link');
			return proof;
		},

		/** Links of these kinds that were sent to a person work no longer. */
		end: (tx: Database, userId: string, kinds: AccountProof[]): Steps<void> =>
			spendProofs(tables, tx, userId, kinds, new Date(now())),

		/** Takes every trace of a person's links away. */
		deleteOf: (tx: Database, userId: string): Steps<void> => deleteProofs(tables, tx, { userId }),

		async deleteExpired(): Promise<void> {
			const expiredBy = new Date(now() - KEPT_FOR);
			await store.transact((tx) => deleteProofs(tables, tx, { expiredBy }));
		}
	};
}

function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}
