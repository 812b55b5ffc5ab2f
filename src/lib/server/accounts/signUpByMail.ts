import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '../../shared/sessionStatus.ts';
import type { Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import type { Mails } from '../mail/mailKinds.ts';
import { recipientOf } from '../mail/mailLesson.ts';
import { accountsQueries } from './accountsQueries.ts';
import { normalizeEmail } from './accountsService.ts';
import { hashPassword } from './password.ts';
import { readPerson } from './personQueries.ts';
import type { Proofs } from './proofs.ts';
import type { SignInGuard } from './signInGuard.ts';

const DAY = 24 * 3_600_000;
/** An answer takes at least so long, ms: longer than hashing and writing a mail down, whichever it is. */
const ANSWERS_AFTER = 400;

export type SignUpByMail = ReturnType<typeof createSignUpByMail>;

/** Signing up where mails leave the server: whether there is an account with an address, only its mailbox is told (spec S5). */
export function createSignUpByMail(deps: {
	store: Store;
	mails: Mails;
	proofs: Proofs;
	guard: SignInGuard;
	now: () => number;
	/** Resolves after so many ms. */
	pause?: (ms: number) => Promise<unknown>;
}) {
	const { store, mails, proofs, guard, now, pause = delay } = deps;
	const queries = accountsQueries(store);

	return {
		/**
		 * Makes an account, which signs in once the link that is sent has proven its address. Where there is one already it
		 * stays as it is, and its owner is told, at most once a day; the answer is the same and takes as long. `from`: the
		 * network address that asks. @throws Refusal `too-many`
		 */
		async signUpByMail(
			input: { name: string; email: string; password: string; role: Role; timeZone: string },
			from: string | null
		): Promise<void> {
			guard.beforeSignUp(from);
			await Promise.all([signUp(input), pause(ANSWERS_AFTER)]);
		}
	};

	async function signUp(input: Parameters<SignUpByMail['signUpByMail']>[0]): Promise<void> {
		const { role, timeZone, name } = input;
		const user = { id: createId(), name: name.trim(), email: normalizeEmail(input.email), role, timeZone };
		const passwordHash = await hashPassword(input.password);
		const row = { ...user, passwordHash, createdAt: new Date(now()) };
		const added = await queries.addUser(row, (tx) =>
			proofs.send(tx, { ...user, language: null }, 'verify-address', user.email)
		);
		if (!added) await tellOwner(user.email);
	}

	function tellOwner(email: string): Promise<void> {
		return store.transact(function* (tx) {
			const owner = yield* readPerson(store.tables, tx, { email });
			if (!owner) return;
			yield* mails.enqueue(tx, [
				{
					kind: 'signed-up-again',
					uniqueKey: `signed-up-again:${owner.id}:${Math.floor(now() / DAY)}`,
					to: recipientOf(owner),
					payload: {},
					dropAt: now() + DAY
				}
			]);
		});
	}
}
