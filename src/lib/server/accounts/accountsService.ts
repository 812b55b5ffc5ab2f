import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../shared/refusals.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import type { Bus } from '../bus/bus.ts';
import type { Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import { accountsQueries } from './accountsQueries.ts';
import { createLogins, hashLoginId } from './loginStore.ts';
import { hashPassword, verifyPassword } from './password.ts';

export interface SignedInUser {
	id: string;
	name: string;
	email: string;
	role: Role;
	/** IANA name. */
	timeZone: string;
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
	user: SignedInUser;
	loginId: string;
	/** Proof, for sockets, that the page asking is ours: bound to the login (spec S2). */
	csrf: string;
	/** Set when the login was prolonged and the browser should know. */
	cookie: CookieToSet | null;
}

/** The bus topic on which a login's end is announced, so that its sockets close. */
export function loginTopic(loginId: string): string {
	return `logins:${hashLoginId(loginId)}`;
}

export function createAccounts(deps: {
	store: Store;
	bus: Bus;
	now: () => number;
	secret: string;
	/** Cookies only over HTTPS. */
	secureCookies: boolean;
}) {
	const queries = accountsQueries(deps.store);
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

	async function signInAs(user: SignedInUser): Promise<{ user: SignedInUser; cookie: CookieToSet }> {
		const login = await logins.createSession(user.id, {});
		return { user, cookie: cookieOf(login.id) };
	}

	return {
		/** @throws Refusal `email-taken` */
		async signUp(input: { name: string; email: string; password: string; role: Role; timeZone: string }) {
			const user: SignedInUser = {
				id: createId(),
				name: input.name.trim(),
				email: normalizeEmail(input.email),
				role: input.role,
				timeZone: input.timeZone
			};
			const passwordHash = await hashPassword(input.password);
			const added = await queries.addUser({ ...user, passwordHash, createdAt: new Date(deps.now()) });
			if (!added) throw new Refusal('email-taken');
			return signInAs(user);
		},

		/** @throws Refusal `wrong-login`, the same for an unknown e-mail and a wrong password */
		async signIn(input: { email: string; password: string }) {
			const row = await queries.userByEmail(normalizeEmail(input.email));
			const matches = await verifyPassword(row?.passwordHash ?? (await nobodysPassword), input.password);
			if (!row || !matches) throw new Refusal('wrong-login');
			const { id, name, email, role, timeZone } = row;
			return signInAs({ id, name, email, role, timeZone });
		},

		/** Ends one login; its sockets close. */
		async signOut(loginId: string): Promise<{ cookie: CookieToSet }> {
			await logins.invalidateSession(loginId);
			deps.bus.publish(loginTopic(loginId), 'ended');
			return { cookie: cookieOf(null) };
		},

		/** Who is asking, from a request's `Cookie` header; null when nobody is signed in. */
		async readLogin(cookieHeader: string | null): Promise<Login | null> {
			const loginId = logins.readSessionCookie(cookieHeader ?? '');
			if (!loginId) return null;
			const { user, session } = await logins.validateSession(loginId);
			if (!user) return null;
			const { id, name, email, role, timeZone } = user;
			return {
				user: { id, name, email, role, timeZone },
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
