import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../../shared/refusals.ts';
import type { Bus } from '../bus/bus.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import type { Mails } from '../mail/mailKinds.ts';
import { normalizeEmail, tellEnded } from './accountsService.ts';
import type { ConfirmPassword } from './confirmPassword.ts';
import { deleteLogins } from './loginQueries.ts';
import { hashLoginId } from './loginStore.ts';
import { hashPassword } from './password.ts';
import { changePerson, readPerson } from './personQueries.ts';
import type { Proofs } from './proofs.ts';
import { recipientOf } from './recipient.ts';
import type { SignInGuard } from './signInGuard.ts';
import { createThrottle } from './throttle.ts';

const HOUR = 3_600_000;
/** Asked for within an hour: for one account, and from one network address. */
const PER_ACCOUNT = { tries: 3, within: HOUR };
const PER_ADDRESS = { tries: 20, within: HOUR };
/** Asking for a link takes at least so long, ms: far more than writing a mail down, which happens for known people only. */
const ANSWERS_AFTER = 400;

export type Passwords = ReturnType<typeof createPasswords>;

/** Another password: by the old one, or by a link sent to one's address. */
export function createPasswords(deps: {
	store: Store;
	bus: Bus;
	mails: Mails;
	proofs: Proofs;
	guard: SignInGuard;
	confirmPassword: ConfirmPassword;
	now: () => number;
	/** Resolves after so many ms. */
	pause?: (ms: number) => Promise<unknown>;
}) {
	const { store, bus, mails, proofs, guard, confirmPassword, now, pause = delay } = deps;
	const { tables } = store;
	const perAccount = createThrottle(PER_ACCOUNT, now);
	const perAddress = createThrottle(PER_ADDRESS, now);

	/** What every change of a password ends: other logins, links that would change it again. Answers with ended logins. */
	function* afterChange(tx: Database, person: Row<'users'>, except?: string): Steps<string[]> {
		yield* proofs.end(tx, person.id, ['reset-password']);
		yield* mails.enqueue(tx, [
			{
				kind: 'password-changed',
				uniqueKey: `password-changed:${createId()}`,
				to: recipientOf(person),
				payload: {},
				dropAt: null
			}
		]);
		return yield* deleteLogins(tables, tx, person.id, { except });
	}

	return {
		/**
		 * Ends all other logins; tells the owner by mail. Refusals: `wrong-password`, `too-many`
		 */
		async changePassword(
			{ userId, loginId }: { userId: string; loginId: string },
			{ current, password }: { current: string; password: string }
		): Promise<void> {
			const person = await confirmPassword(userId, current);
			const passwordHash = await hashPassword(password);
			const ended = await store.transact(function* (tx) {
				const was = { passwordHash: person.passwordHash };
				// Somebody changed it meanwhile: then this page knows the old one only.
				if (!(yield* changePerson(tables, tx, userId, { passwordHash }, was)))
					throw new Refusal('wrong-password');
				return yield* afterChange(tx, person, hashLoginId(loginId));
			});
			tellEnded(bus, ended);
		},

		/**
		 * Sends a link to a known address. For an unknown one the answer is the same and takes as long. `from`: the network
		 * address that asks. @throws Refusal `too-many`, for known and unknown ones alike
		 */
		async requestReset(email: string, from: string | null): Promise<void> {
			const address = normalizeEmail(email);
			if ((from !== null && !perAddress.take(from)) || !perAccount.take(address))
				throw new Refusal(
					'too-many',
					'We have sent several mails already. Please look into your mailbox, or try again in an hour.'
				);
			const sent = store.transact(function* (tx) {
				const person = yield* readPerson(tables, tx, { email: address });
				if (person) yield* proofs.send(tx, person, 'reset-password', address);
			});
			await Promise.all([sent, pause(ANSWERS_AFTER)]);
		},

		/** Uses a link of `requestReset`: all logins end, the address is proven. @throws Refusal `dead-link` */
		async resetPassword(token: string, password: string): Promise<void> {
			const link = await proofs.look(token);
			// Hashing is dear: it is not done for whoever makes up links.
			if (link.state !== 'open' || link.kind !== 'reset-password') throw new Refusal('dead-link');
			const passwordHash = await hashPassword(password);
			const { ended, email } = await store.transact(function* (tx) {
				const proof = yield* proofs.use(tx, token, ['reset-password']);
				const person = yield* readPerson(tables, tx, { id: proof.userId });
				if (person?.email !== proof.email) throw new Refusal('dead-link');
				const emailVerifiedAt = person.emailVerifiedAt ?? new Date(now());
				yield* changePerson(tables, tx, person.id, { passwordHash, emailVerifiedAt });
				return { ended: yield* afterChange(tx, person), email: person.email };
			});
			guard.forgive(email);
			tellEnded(bus, ended);
		}
	};
}
