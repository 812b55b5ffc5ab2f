import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Language } from '../../shared/language.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import type { Bus } from '../bus/bus.ts';
import type { Database, Steps, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import { accountsQueries } from './accountsQueries.ts';
import { deleteLogins } from './loginQueries.ts';
import { createLogins, hashLoginId } from './loginStore.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { createSignInGuard, type SignInGuard } from './signInGuard.ts';

export interface SignedInUser {
	id: string;
	name: string;
	email: string;
	role: Role;
	/** IANA name. */
	timeZone: string;
}

/** What pages know of the person who asks. */
export interface Viewer extends SignedInUser {
	/** Of pages and mails; null: what the browser asks for. */
	language: Language | null;
	/** Version of their picture, as it stands in its address; null without one. */
	picture: string | null;
	/** Whether they proved that the address is theirs. */
	verified: boolean;
}

/** Where somebody signs in from. */
export interface LoginPlace {
	/** Of the network; null where none is known. */
	address: string | null;
	/** Browser and system in a few words. */
	device: string | null;
}
const NOWHERE: LoginPlace = { address: null, device: null };

/** One of a person's logins as they see them. */
export interface OwnLogin {
	/** Names it to the server; it signs nobody in. */
	key: string;
	device: string | null;
	/** ms since the epoch; null for those from before this was kept. */
	since: number | null;
	current: boolean;
}

/** A cookie as SvelteKit's `cookies.set` takes it. */
export interface CookieToSet {
	name: string;
	value: string;
	attributes: {
		path: string;
		httpOnly: boolean;
		secure: boolean;
		sameSite: 'lax';
		/** Seconds. */
		maxAge: number;
	};
}

export interface Login {
	user: Viewer;
	loginId: string;
	/** Proof, for sockets, that the page asking is ours: bound to the login (spec S2). */
	csrf: string;
	/** Set when the login was prolonged and the browser should know. */
	cookie: CookieToSet | null;
}

const WRONG_OR_UNPROVEN =
	'E-mail or password is not right. If you have just signed up, open the link in the mail we sent you first.';

/** The bus topic on which a login's end is announced, so that its sockets close. */
export function loginTopic(loginId: string): string {
	return endedTopic(hashLoginId(loginId));
}

/** The same by the id as it is stored. */
function endedTopic(idHash: string): string {
	return `logins:${idHash}`;
}

/** Tells the sockets of logins that are gone; to be called after the commit. */
export function tellEnded(bus: Bus, idHashes: readonly string[]): void {
	for (const idHash of idHashes) bus.publish(endedTopic(idHash), 'ended');
}

export function createAccounts(deps: {
	store: Store;
	bus: Bus;
	now: () => number;
	secret: string;
	/** Cookies only over HTTPS. */
	secureCookies: boolean;
	/** Counts wrong passwords; one of its own unless somebody else counts too. */
	guard?: SignInGuard;
	/**
	 * Nobody signs in before they proved their address: else somebody who signs up with an address and then signs in would
	 * learn whether it had an account before.
	 */
	provenOnly?: boolean;
	/** What else belongs to a new account, in the same transaction. */
	afterSignUp?: (tx: Database, user: SignedInUser) => Steps<void>;
}) {
	const { store, bus, afterSignUp, provenOnly = false, guard = createSignInGuard(deps.now) } = deps;
	const queries = accountsQueries(store);
	const logins = createLogins(queries, deps.now, deps.secureCookies);
	// Compared against when the e-mail is unknown, so that both answers take equally long.
	const nobodysPassword = hashPassword(createId());

	function cookieOf(loginId: string | null): CookieToSet {
		const { name, value, attributes } = loginId
			? logins.createSessionCookie(loginId)
			: logins.createBlankSessionCookie();
		return {
			name,
			value,
			attributes: {
				path: '/',
				httpOnly: true,
				secure: deps.secureCookies,
				sameSite: 'lax',
				maxAge: attributes.maxAge ?? 0
			}
		};
	}

	function csrfOf(loginId: string): string {
		return createHmac('sha256', deps.secret)
			.update(`csrf:${hashLoginId(loginId)}`)
			.digest('base64url');
	}

	async function signInAs<User extends { id: string }>(
		user: User,
		{ device }: LoginPlace
	): Promise<{ user: User; cookie: CookieToSet }> {
		const login = await logins.createSession(user.id, { device });
		return { user, cookie: cookieOf(login.id) };
	}

	async function endLogins(userId: string, which: { except?: string; only?: string }): Promise<void> {
		const ended = await store.transact((tx) => deleteLogins(store.tables, tx, userId, which));
		tellEnded(bus, ended);
	}

	return {
		/** Refusals: `email-taken`, `too-many` */
		async signUp(
			input: { name: string; email: string; password: string; role: Role; timeZone: string },
			place: LoginPlace = NOWHERE
		): Promise<{ user: SignedInUser; cookie: CookieToSet }> {
			guard.beforeSignUp(place.address);
			const user: SignedInUser = {
				id: createId(),
				name: input.name.trim(),
				email: normalizeEmail(input.email),
				role: input.role,
				timeZone: input.timeZone
			};
			const passwordHash = await hashPassword(input.password);
			const row = { ...user, passwordHash, createdAt: new Date(deps.now()) };
			const added = await queries.addUser(row, afterSignUp && ((tx) => afterSignUp(tx, user)));
			if (!added) throw new Refusal('email-taken');
			return signInAs(user, place);
		},

		/** Refusals: `wrong-login`, the same for an unknown e-mail, a wrong password, an address that is to be proven; `too-many` for both as well */
		async signIn(
			input: { email: string; password: string },
			place: LoginPlace = NOWHERE
		): Promise<{ user: SignedInUser & { language: Language | null }; cookie: CookieToSet }> {
			const address = normalizeEmail(input.email);
			const wasRight = guard.beforePassword(address, place.address);
			const row = await queries.userByEmail(address);
			const matches = await verifyPassword(row?.passwordHash ?? (await nobodysPassword), input.password);
			if (!row || !matches || (provenOnly && !row.emailVerifiedAt))
				throw new Refusal('wrong-login', provenOnly ? WRONG_OR_UNPROVEN : undefined);
			wasRight();
			const { id, name, email, role, timeZone, language } = row;
			return signInAs({ id, name, email, role, timeZone, language }, place);
		},

		/** Ends one login; its sockets close. */
		async signOut(loginId: string): Promise<{ cookie: CookieToSet }> {
			await logins.invalidateSession(loginId);
			bus.publish(loginTopic(loginId), 'ended');
			return { cookie: cookieOf(null) };
		},

		/** Ends all logins of a person, on all devices; their sockets close. */
		async signOutEverywhere(userId: string): Promise<{ cookie: CookieToSet }> {
			await endLogins(userId, {});
			return { cookie: cookieOf(null) };
		},

		/** Ends one of a person's logins by its `key`; one that is gone already is fine. */
		endLogin: (userId: string, key: string): Promise<void> => endLogins(userId, { only: key }),

		/** A person's logins, this one first, then the latest. */
		async loginsOf(userId: string, loginId: string): Promise<OwnLogin[]> {
			const own = hashLoginId(loginId);
			const rows = (await queries.loginsOf(userId)).filter(
				({ expiresAt }) => expiresAt.getTime() > deps.now()
			);
			return rows
				.map(({ idHash, device, createdAt }) => ({
					...{ key: idHash, device, since: createdAt?.getTime() ?? null },
					current: idHash === own
				}))
				.sort((a, b) => Number(b.current) - Number(a.current) || (b.since ?? 0) - (a.since ?? 0));
		},

		/** Who is asking, from a request's `Cookie` header; null when nobody is signed in. */
		async readLogin(cookieHeader: string | null): Promise<Login | null> {
			const loginId = logins.readSessionCookie(cookieHeader ?? '');
			if (!loginId) return null;
			const { user, session } = await logins.validateSession(loginId);
			if (!user) return null;
			const { id, name, email, role, timeZone, language, picture, verified } = user;
			return {
				user: { id, name, email, role, timeZone, language, picture, verified },
				loginId,
				csrf: csrfOf(loginId),
				cookie: session.fresh ? cookieOf(loginId) : null
			};
		},

		/** Whether a token made for this login is what was presented; constant time. */
		csrfMatches(loginId: string, presented: unknown): boolean {
			if (typeof presented !== 'string') return false;
			const expected = Buffer.from(csrfOf(loginId));
			const actual = Buffer.from(presented);
			return actual.length === expected.length && timingSafeEqual(actual, expected);
		},

		deleteExpired: () => logins.deleteExpiredSessions()
	};
}

export type Accounts = ReturnType<typeof createAccounts>;

export function normalizeEmail(email: string): string {
	return email.trim().normalize('NFC').toLowerCase();
}
