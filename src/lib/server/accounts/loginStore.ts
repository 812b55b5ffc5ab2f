import { createHash } from 'node:crypto';
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { Language } from '../../shared/language.ts';
import type { AccountsQueries } from './accountsQueries.ts';
import { pictureVersion } from './pictureVersion.ts';

/** What is stored instead of the id that the cookie holds: a stolen database opens no account. */
export function hashLoginId(loginId: string): string {
	return createHash('sha256').update(loginId).digest('base64url');
}

/** Under HTTPS with a prefix upon which browsers take it from this very host only, and for all of it (RFC 6265bis, 4.1.3.2). */
function loginCookie(secure: boolean): string {
	return secure ? '__Host-peerlearn_login' : 'peerlearn_login';
}

/** Lucia over our own tables: one table for both databases, ids stored hashed. `secure`: the product is served under HTTPS. */
export function createLogins(queries: AccountsQueries, now: () => number, secure: boolean) {
	const adapter: Adapter = {
		async getSessionAndUser(id) {
			const found = await queries.loginWithUser(hashLoginId(id));
			if (!found) return [null, null];
			const { login, user } = found;
			const { name, email, role, timeZone, language } = user;
			return [
				{ id, userId: user.id, expiresAt: login.expiresAt, attributes: { device: login.device } },
				{
					id: user.id,
					attributes: {
						...{ name, email, role, timeZone, language },
						picture: pictureVersion(user.pictureKey),
						verified: user.emailVerifiedAt !== null
					}
				}
			];
		},
		async getUserSessions(userId) {
			const rows = await queries.loginsOf(userId);
			return rows.map(({ idHash, expiresAt, device }) => ({
				...{ id: idHash, userId, expiresAt },
				attributes: { device }
			}));
		},
		setSession: ({ id, userId, expiresAt, attributes: { device } }) =>
			queries.addLogin({ idHash: hashLoginId(id), userId, expiresAt, createdAt: new Date(now()), device }),
		updateSessionExpiration: (id, expiresAt) => queries.prolongLogin(hashLoginId(id), expiresAt),
		deleteSession: (id) => queries.deleteLogin(hashLoginId(id)),
		deleteUserSessions: (userId) => queries.deleteLoginsOf(userId),
		deleteExpiredSessions: () => queries.deleteExpiredLogins(new Date(now()))
	};
	return new Lucia(adapter, {
		sessionExpiresIn: new TimeSpan(30, 'd'),
		sessionCookie: { name: loginCookie(secure), attributes: { secure, sameSite: 'lax' } },
		getUserAttributes: (user) => user
	});
}

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof createLogins>;
		DatabaseSessionAttributes: { device: string | null };
		DatabaseUserAttributes: {
			name: string;
			email: string;
			role: 'mentor' | 'learner';
			timeZone: string;
			language: Language | null;
			picture: string | null;
			verified: boolean;
		};
	}
}
