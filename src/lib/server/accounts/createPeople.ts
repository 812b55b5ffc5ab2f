import type { Bus } from '../bus/bus.ts';
import type { Store } from '../db/store.ts';
import type { Mails } from '../mail/mailKinds.ts';
import type { FileStore } from '../resources/fileStore.ts';
import { leaveSessions } from '../sessions/leaveSessions.ts';
import { createAccounts } from './accountsService.ts';
import { createAddresses } from './addresses.ts';
import { createConfirmPassword } from './confirmPassword.ts';
import { createDepartures } from './departures.ts';
import { createOwnData } from './ownData.ts';
import { createPasswords } from './passwords.ts';
import { createProfiles } from './profiles.ts';
import { createProofs } from './proofs.ts';
import { createSignInGuard } from './signInGuard.ts';

export type People = ReturnType<typeof createPeople>;

/** Builds everything about people and their accounts; one object, because pages ask for all of it in the same breath. */
export function createPeople(deps: {
	store: Store;
	files: FileStore;
	bus: Bus;
	mails: Mails;
	now: () => number;
	secret: string;
	/** Cookies only over HTTPS. */
	secureCookies: boolean;
}) {
	const { store, files, bus, mails, now } = deps;
	const guard = createSignInGuard(now);
	const confirmPassword = createConfirmPassword({ store, guard });
	const proofs = createProofs({ store, mails, now });
	const accounts = createAccounts({
		...deps,
		guard,
		afterSignUp: (tx, user) => proofs.send(tx, user, 'verify-address', user.email)
	});
	return {
		...accounts,
		...createAddresses({ store, mails, proofs, confirmPassword, now }),
		...createPasswords({ store, bus, mails, proofs, guard, confirmPassword, now }),
		...createProfiles({ store, files }),
		...createDepartures({
			...{ store, files, bus, proofs, confirmPassword, now },
			lessons: {
				leave: (tx, person) => leaveSessions({ tables: store.tables, bus }, tx, person, new Date(now()))
			}
		}),
		...createOwnData({ store, now }),
		lookAtLink: proofs.look,

		/** Takes away what has run out: logins, links. */
		async deleteExpired(): Promise<void> {
			await accounts.deleteExpired();
			await proofs.deleteExpired();
		}
	};
}
