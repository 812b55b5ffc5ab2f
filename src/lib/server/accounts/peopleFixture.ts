import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBus, type Bus } from '../bus/bus.ts';
import { openSqliteStore } from '../db/sqliteStore.ts';
import type { Store } from '../db/store.ts';
import type { MailKind, Mails, NewMail } from '../mail/mailKinds.ts';
import { createNotifications } from '../notifications/notificationsService.ts';
import { createChangePlans } from '../planning/planChange.ts';
import { createDiskFileStore, type FileStore } from '../resources/fileStore.ts';
import { createRoomLog } from '../roomLog/roomLogService.ts';
import { createAccounts, type CookieToSet, type Login, type SignedInUser } from './accountsService.ts';
import { createAddresses } from './addresses.ts';
import { createConfirmPassword } from './confirmPassword.ts';
import { createDepartures, type LessonsToCome } from './departures.ts';
import { createPasswords } from './passwords.ts';
import { createProfiles } from './profiles.ts';
import { createProofs } from './proofs.ts';
import { createSignInGuard } from './signInGuard.ts';
import { createSignUpByMail } from './signUpByMail.ts';

/** For tests: mails that are remembered rather than sent. */
function createMailbox(): Mails & {
	sent: NewMail[];
	last(kind: MailKind): NewMail;
	tokenOf(kind: MailKind): string;
} {
	const sent: NewMail[] = [];
	const last = (kind: MailKind) => {
		const found = sent.findLast((mail) => mail.kind === kind);
		if (!found) throw new Error(`No mail “${kind}” was sent.`);
		return found;
	};
	return {
		sent,
		last,
		tokenOf(kind) {
			const { payload } = last(kind);
			if (!('token' in payload)) throw new Error(`A mail “${kind}” has no link.`);
			return payload.token;
		},
		leave: true,
		*enqueue(_tx, mails) {
			sent.push(...mails.filter(({ uniqueKey }) => !sent.some((known) => known.uniqueKey === uniqueKey)));
		}
	};
}

export const PASSWORD = 'correct horse';

/** For tests: people in a real database, with a clock that is moved by hand. */
export async function openPeople({ lessons }: { lessons?: LessonsToCome } = {}) {
	const store: Store = openSqliteStore(':memory:');
	await store.migrate('drizzle');
	const folder = await mkdtemp(join(tmpdir(), 'people-'));
	const files: FileStore = await createDiskFileStore(folder);
	const bus: Bus = createBus((error) => {
		throw error;
	});
	const clock = { now: Date.now() };
	const now = () => clock.now;
	const paused: number[] = [];
	const pause = async (ms: number) => void paused.push(ms);
	const mails = createMailbox();
	const guard = createSignInGuard(now);
	const confirmPassword = createConfirmPassword({ store, guard });
	const proofs = createProofs({ store, mails, now });
	const accounts = createAccounts({
		...{ store, bus, now, guard, secret: 's'.repeat(32), secureCookies: false },
		afterSignUp: (tx, user) => proofs.send(tx, { ...user, language: null }, 'verify-address', user.email)
	});
	const nothing: LessonsToCome = {
		*leave() {}
	};

	return {
		...{ store, files, folder, bus, clock, paused, mails, guard, proofs, accounts },
		...createSignUpByMail({ store, mails, proofs, guard, now, pause }),
		addresses: createAddresses({ store, mails, proofs, confirmPassword, now }),
		passwords: createPasswords({ store, bus, mails, proofs, guard, confirmPassword, now, pause }),
		profiles: createProfiles({ store, files }),
		departures: createDepartures({
			...{ store, files, bus, proofs, confirmPassword },
			changePlans: createChangePlans({
				...{ bus, mails, roomLog: createRoomLog({ store, bus, now }) },
				notifications: createNotifications({ store, bus, now })
			}),
			lessons: lessons ?? nothing
		}),
		/** Signed up with `PASSWORD`, and signed in. */
		async person(
			name: string,
			role: 'mentor' | 'learner' = 'learner'
		): Promise<{ user: SignedInUser; cookie: CookieToSet }> {
			const email = `${name.toLowerCase()}@x.test`;
			return accounts.signUp({ name, email, role, password: PASSWORD, timeZone: 'UTC' });
		},
		/** By the cookie; null when the login has ended. */
		login: ({ name, value }: CookieToSet): Promise<Login | null> => accounts.readLogin(`${name}=${value}`),
		async row(userId: string) {
			const rows = await store.db.select().from(store.tables.users);
			return rows.find(({ id }) => id === userId)!;
		},
		async close() {
			await store.close();
			await rm(folder, { recursive: true, force: true });
		}
	};
}
export type PeopleFixture = Awaited<ReturnType<typeof openPeople>>;
