import type { Bus } from '../bus/bus.ts';
import type { Store } from '../db/store.ts';
import type { Mails } from '../mail/mailKinds.ts';
import type { Notifications } from '../notifications/notificationsService.ts';
import { createLeave } from '../planning/leave.ts';
import { createChangePlans } from '../planning/planChange.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import type { FileStore } from '../resources/fileStore.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import { createAccounts } from './accountsService.ts';
import { createAddresses } from './addresses.ts';
import { createConfirmPassword } from './confirmPassword.ts';
import { createDepartures } from './departures.ts';
import { createOwnData } from './ownData.ts';
import { createPasswords } from './passwords.ts';
import { createProfiles } from './profiles.ts';
import { createProofs } from './proofs.ts';
import { createSignInGuard } from './signInGuard.ts';
import { createSignUpByMail } from './signUpByMail.ts';

/** ms. */
const SWEEP_EVERY = 3_600_000;

export type People = ReturnType<typeof createPeople>;

/** Builds everything about people and their accounts; one object, because pages ask for all of it in the same breath. */
export function createPeople(deps: {
	store: Store;
	files: FileStore;
	bus: Bus;
	roomLog: RoomLog;
	notifications: Notifications;
	mails: Mails;
	now: () => number;
	secret: string;
	/** ISO 4217. */
	currency: string;
	/** Cookies only over HTTPS. */
	secureCookies: boolean;
	/** Told of each try that was refused because there had been too many. */
	onThrottled?: () => void;
}) {
	const { store, files, bus, mails, now } = deps;
	let sweptAt = -Infinity;
	const guard = createSignInGuard(now, deps.onThrottled);
	const confirmPassword = createConfirmPassword({ store, guard });
	const proofs = createProofs({ store, mails, now });
	const accounts = createAccounts({
		...deps,
		guard,
		provenOnly: mails.leave,
		afterSignUp: (tx, user) => proofs.send(tx, { ...user, language: null }, 'verify-address', user.email)
	});
	return {
		...accounts,
		...createAddresses({ store, mails, proofs, confirmPassword, now }),
		...createPasswords({ store, bus, mails, proofs, guard, confirmPassword, now }),
		...createSignUpByMail({ store, mails, proofs, guard, now }),
		...createProfiles({ store, files }),
		...createDepartures({
			...{ store, files, bus, proofs, confirmPassword },
			changePlans: createChangePlans(deps),
			lessons: {
				leave: createLeave({ store, currency: deps.currency, attendance: createAttendance(deps) })
			}
		}),
		...createOwnData({ store, now }),
		lookAtLink: proofs.look,

		/** Takes away what has run out: logins, links. Asked every second, it looks once an hour. */
		async deleteExpired(): Promise<void> {
			if (now() - sweptAt < SWEEP_EVERY) return;
			sweptAt = now();
			await accounts.deleteExpired();
			await proofs.deleteExpired();
		}
	};
}
