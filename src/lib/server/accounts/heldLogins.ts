import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Bus } from '../bus/bus.ts';
import type { Store } from '../db/store.ts';
import { loginTopic, type SignedInUser } from './accountsService.ts';
import { hashLoginId } from './loginStore.ts';

/** Asked about in one query. */
const BATCH = 500;

/** A login for as long as somebody uses it: the one behind an open socket. */
export interface HeldLogin {
	/** Names it to the server, as `OwnLogin` does; it signs nobody in. */
	key: string;
	/** Who is signed in, as they are called now; null once the login has ended. */
	user(): SignedInUser | null;
	release(): void;
}

export type HeldLogins = ReturnType<typeof createHeldLogins>;

/**
 * The logins behind what stays open, each with what is to happen when it ends (spec S2). What ends here is told by the bus, at once;
 * `recheck` finds the rest: those that ran out, and those that another process of the same installation ended.
 */
export function createHeldLogins({ store, bus, now }: { store: Store; bus: Bus; now: () => number }) {
	const { logins, users } = store.tables;
	interface Held {
		user: SignedInUser | null;
		end(): void;
	}
	const byKey = new Map<string, Set<Held>>();

	/** The people behind those of these logins that are good. Accounts that were deleted have none. */
	async function readGood(keys: readonly string[]): Promise<Map<string, SignedInUser>> {
		const good = new Map<string, SignedInUser>();
		const { id, name, email, role, timeZone } = users;
		for (let from = 0; from < keys.length; from += BATCH) {
			const rows = await store.db
				.select({ key: logins.idHash, user: { id, name, email, role, timeZone } })
				.from(logins)
				.innerJoin(users, eq(users.id, logins.userId))
				.where(
					and(
						inArray(logins.idHash, keys.slice(from, from + BATCH)),
						gt(logins.expiresAt, new Date(now())),
						isNull(users.deletedAt)
					)
				);
			for (const { key, user } of rows) good.set(key, user);
		}
		return good;
	}

	return {
		/** `onEnded` is called once, and never after `release`. */
		hold({ loginId, user }: { loginId: string; user: SignedInUser }, onEnded: () => void): HeldLogin {
			const key = hashLoginId(loginId);
			const held: Held = {
				user,
				end() {
					if (!held.user) return;
					release();
					onEnded();
				}
			};
			const stop = bus.subscribe(loginTopic(loginId), () => held.end());
			const all = byKey.get(key) ?? new Set();
			byKey.set(key, all.add(held));
			function release(): void {
				held.user = null;
				stop();
				all.delete(held);
				if (all.size === 0 && byKey.get(key) === all) byKey.delete(key);
			}
			return { key, user: () => held.user, release };
		},

		/** Which of these logins are good right now, by their keys. */
		async areGood(keys: readonly string[]): Promise<Set<string>> {
			return new Set((await readGood([...new Set(keys)])).keys());
		},

		/** Holds all of them against the database once. */
		async recheck(): Promise<void> {
			const asked = [...byKey];
			const good = await readGood(asked.map(([key]) => key));
			for (const [key, all] of asked) {
				const user = good.get(key);
				for (const held of [...all]) {
					if (!user) held.end();
					else if (held.user) held.user = user;
				}
			}
		}
	};
}
