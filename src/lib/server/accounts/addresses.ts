import { Refusal } from '../../shared/refusals.ts';
import type { Store } from '../db/store.ts';
import type { Mails } from '../mail/mailKinds.ts';
import { recipientOf } from '../mail/mailLesson.ts';
import type { LinkState, Proofs } from './proofs.ts';
import type { ConfirmPassword } from './confirmPassword.ts';
import { normalizeEmail } from './accountsService.ts';
import { changePerson, readPerson } from './personQueries.ts';
import { createThrottle } from './throttle.ts';

const MINUTE = 60_000;
/** Mails with a link somebody may have sent to their own address, and to others they say are theirs. */
const SOON = { tries: 1, within: MINUTE };
const IN_ALL = { tries: 6, within: 60 * MINUTE };

/** Whether an address is its owner's, and another one in its place. */
export function createAddresses(deps: {
	store: Store;
	mails: Mails;
	proofs: Proofs;
	confirmPassword: ConfirmPassword;
	now: () => number;
}) {
	const { store, mails, proofs, confirmPassword, now } = deps;
	const { tables } = store;
	const soon = createThrottle(SOON, now);
	const inAll = createThrottle(IN_ALL, now);

	/** @throws Refusal `too-many` */
	function countMail(userId: string): void {
		if (!soon.take(userId))
			throw new Refusal(
				'too-many',
				'We have just sent you a mail. Please look into your mailbox, or try again in a minute.'
			);
		if (!inAll.take(userId))
			throw new Refusal(
				'too-many',
				'We have sent several mails already. Please look into your mailbox, or try again in an hour.'
			);
	}

	return {
		/** Sends the link that proves the address once more; nothing where it is proven. Refusals: `too-many`, `not-found` */
		async resendProof(userId: string): Promise<void> {
			countMail(userId);
			await store.transact(function* (tx) {
				const person = yield* readPerson(tables, tx, { id: userId });
				if (!person) throw new Refusal('not-found');
				if (person.emailVerifiedAt) return;
				yield* proofs.send(tx, person, 'verify-address', person.email);
			});
		},

		/**
		 * Sends a link to another address; once it is used the account has that address. For one that somebody else has
		 * nothing is sent, and the answer is the same. Refusals: `wrong-password`, `too-many`
		 */
		async changeEmail(
			userId: string,
			{ email, password }: { email: string; password: string }
		): Promise<void> {
			const person = await confirmPassword(userId, password);
			const address = normalizeEmail(email);
			countMail(userId);
			await store.transact(function* (tx) {
				const owner = yield* readPerson(tables, tx, { email: address });
				if (!owner) yield* proofs.send(tx, person, 'change-address', address);
			});
		},

		/**
		 * Uses a link of `resendProof`, of sign-up, or of `changeEmail`. Used again it answers as the first time.
		 * @throws Refusal `dead-link`
		 */
		async useLink(token: string): Promise<Exclude<LinkState, { state: 'dead' | 'open' }>> {
			const known = await proofs.look(token);
			if (known.state === 'done') return known;
			return store.transact(function* (tx) {
				const { userId, kind, email } = yield* proofs.use(tx, token, ['verify-address', 'change-address']);
				const person = yield* readPerson(tables, tx, { id: userId });
				if (!person) throw new Refusal('dead-link');
				const at = new Date(now());
				if (kind === 'verify-address') {
					const same = yield* changePerson(tables, tx, userId, { emailVerifiedAt: at }, { email });
					if (!same) throw new Refusal('dead-link');
					return { state: 'done', kind, email };
				}
				// Somebody signed up with it since the link was sent.
				if (yield* readPerson(tables, tx, { email })) throw new Refusal('dead-link');
				yield* changePerson(tables, tx, userId, { email, emailVerifiedAt: at });
				// Whoever reads the old mailbox must not be able to use what was sent there.
				yield* proofs.end(tx, userId, ['verify-address', 'change-address', 'reset-password']);
				yield* mails.enqueue(tx, [
					{
						kind: 'address-changed',
						uniqueKey: `address-changed:${userId}:${at.getTime()}`,
						to: recipientOf(person),
						payload: { newAddress: email },
						dropAt: null
					}
				]);
				return { state: 'done', kind, email };
			});
		}
	};
}
