import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBus, type Bus } from '../bus/bus.ts';
import { openSqliteStore } from '../db/sqliteStore.ts';
import type { Store } from '../db/store.ts';
import { createAccounts, loginTopic, type Accounts, type CookieToSet } from './accountsService.ts';
import { hashPassword, verifyPassword } from './password.ts';

let store: Store;
let bus: Bus;
let accounts: Accounts;

beforeEach(async () => {
	store = openSqliteStore(':memory:');
	await store.migrate('drizzle');
	bus = createBus(() => {});
	accounts = createAccounts({ store, bus, now: Date.now, secret: 's'.repeat(32), secureCookies: false });
});
afterEach(() => store.close());

const noor = {
	name: ' Noor ',
	email: ' Noor@Example.test ',
	password: 'correct horse',
	role: 'learner' as const,
	timeZone: 'Europe/Berlin'
};
const header = (cookie: CookieToSet) => `a=b; ${cookie.name}=${cookie.value}`;

describe('[A1] accounts', () => {
	test('sign up, and be known by the cookie', async () => {
		const { cookie } = await accounts.signUp(noor);
		const login = await accounts.readLogin(header(cookie));
		expect(login?.user).toMatchObject({ name: 'Noor', email: 'noor@example.test', role: 'learner' });
		expect(cookie.attributes).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/' });
	});

	test('an e-mail has one account, whatever its case', async () => {
		await accounts.signUp(noor);
		await expect(accounts.signUp({ ...noor, email: 'NOOR@example.test' })).rejects.toMatchObject({
			reason: 'email-taken'
		});
	});

	test('[S5] unknown e-mail and wrong password get the same answer', async () => {
		await accounts.signUp(noor);
		for (const attempt of [
			{ email: noor.email, password: 'wrong' },
			{ email: 'nobody@example.test', password: noor.password }
		]) {
			await expect(accounts.signIn(attempt)).rejects.toMatchObject({ reason: 'wrong-login' });
		}
		expect((await accounts.signIn(noor)).user.name).toBe('Noor');
	});

	test('signing out ends the login and says so to its sockets', async () => {
		const { cookie } = await accounts.signUp(noor);
		const login = await accounts.readLogin(header(cookie));
		const heard: unknown[] = [];
		bus.subscribe(loginTopic(login!.loginId), (message) => heard.push(message));
		const blank = await accounts.signOut(login!.loginId);
		expect(await accounts.readLogin(header(cookie))).toBeNull();
		expect(heard).toEqual(['ended']);
		expect(blank.cookie).toMatchObject({ value: '', attributes: { maxAge: 0 } });
	});

	test('[S5] the stored id is not the one in the cookie', async () => {
		const { cookie } = await accounts.signUp(noor);
		const rows = await store.db.select().from(store.tables.logins);
		expect(rows).toHaveLength(1);
		expect(rows[0]!.idHash).not.toContain(cookie.value);
	});

	test('[S2] the CSRF token belongs to one login', async () => {
		const first = await accounts.readLogin(header((await accounts.signUp(noor)).cookie));
		const second = await accounts.readLogin(header((await accounts.signIn(noor)).cookie));
		expect(accounts.csrfMatches(first!.loginId, first!.csrf)).toBe(true);
		expect(accounts.csrfMatches(second!.loginId, first!.csrf)).toBe(false);
		expect(accounts.csrfMatches(second!.loginId, undefined)).toBe(false);
	});
});

describe('[S5] passwords', () => {
	test('are stored as argon2id and only the right one matches', async () => {
		const phc = await hashPassword('pässword');
		expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await verifyPassword(phc, 'pässword')).toBe(true);
		expect(await verifyPassword(phc, 'password')).toBe(false);
		expect(await verifyPassword('$2b$10$something', 'password')).toBe(false);
	});
});
