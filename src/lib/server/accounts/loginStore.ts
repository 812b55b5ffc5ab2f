import { createHash } from 'node:crypto';
import { Lucia, TimeSpan, type Adapter } from 'lucia';
import type { AccountsQueries } from './accountsQueries.ts';

/** What is stored instead of the id that the cookie holds: a stolen database opens no account. */
export function hashLoginId(loginId: string): string {
	return createHash('sha256').update(loginId).digest('base64url');
}

/** Lucia over our own tables: one table for both databases, ids stored hashed. `secure`: the product is served under HTTPS. */
export function createLogins(queries: AccountsQueries, now: () => number, secure: boolean) {
	const adapter: Adapter = {
		async getSessionAndUser(id) {
			const found = await queries.loginWithUser(hashLoginId(id));
			if (!found) return [null, null];
			return [
				{ id, userId: found.user.id, expiresAt: found.login.expiresAt, attributes: {} },
				{
					id: found.user.id,
					attributes: {
						name: found.user.name,
						email: found.user.email,
						role: found.user.role,
						timeZone: found.user.timeZone
					}
				}
			];
		},
		async getUserSessions(userId) {
			const rows = await queries.loginsOf(userId);
			return rows.map((row) => ({ id: row.idHash, userId, expiresAt: row.expiresAt, attributes: {} }));
		},
		setSession: (login) =>
			queries.addLogin({ idHash: hashLoginId(login.id), userId: login.userId, expiresAt: login.expiresAt }),
		updateSessionExpiration: (id, expiresAt) => queries.prolongLogin(hashLoginId(id), expiresAt),
		deleteSession: (id) => queries.deleteLogin(hashLoginId(id)),
		deleteUserSessions: (userId) => queries.deleteLoginsOf(userId),
		deleteExpiredSessions: () => queries.deleteExpiredLogins(new Date(now()))
	};
	return new Lucia(adapter, {
		sessionExpiresIn: new TimeSpan(30, 'd'),
		sessionCookie: { name: 'peerlearn_login', attributes: { secure, sameSite: 'lax' } },
		getUserAttributes: (user) => user
	});
}

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof createLogins>;
		DatabaseUserAttributes: {
			name: string;
			email: string;
			role: 'mentor' | 'learner';
			timeZone: string;
		};
	}
}
