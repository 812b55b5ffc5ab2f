import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccounts, type Accounts } from './accountsService.ts';
import { openPeople, PASSWORD, type PeopleFixture } from './peopleFixture.ts';

let people: PeopleFixture;
/** As where mails leave the server. */
let accounts: Accounts;

beforeEach(async () => {
	people = await openPeople();
	const { store, bus, clock, guard } = people;
	accounts = createAccounts({
		...{ store, bus, guard, now: () => clock.now, secret: 's'.repeat(32), secureCookies: false },
		provenOnly: true
	});
});
afterEach(() => people.close());

const noor = {
	name: 'Noor',
	email: ' Noor@X.test ',
	role: 'learner',
	password: PASSWORD,
	timeZone: 'UTC'
} as const;
const signIn = (password: string) => accounts.signIn({ email: 'noor@x.test', password });
const kinds = () => people.mails.sent.map(({ kind }) => kind);

describe('[A1] [S5] signing up by mail', () => {
	test('makes an account that works once its address is proven', async () => {
		await people.signUpByMail(noor, null);
		expect(people.mails.last('verify-address').to.address).toBe('noor@x.test');
		const unproven = await signIn(PASSWORD).catch((error: unknown) => error);
		const wrong = await signIn('wrong').catch((error: unknown) => error);
		// Word for word: else whoever signed up with somebody’s address would learn here what was kept from them there.
		expect(unproven).toEqual(wrong);
		expect(unproven).toMatchObject({ reason: 'wrong-login' });
		await people.addresses.useLink(people.mails.tokenOf('verify-address'));
		expect((await signIn(PASSWORD)).user.name).toBe('Noor');
	});

	test('with an address that has an account changes nothing, and tells its owner, once a day', async () => {
		await people.signUpByMail(noor, null);
		await people.addresses.useLink(people.mails.tokenOf('verify-address'));
		for (let nth = 0; nth < 3; nth += 1)
			await people.signUpByMail(
				{ ...noor, name: 'Mallory', password: 'another password', role: 'mentor' },
				null
			);
		expect(kinds()).toEqual(['verify-address', 'signed-up-again']);
		expect(people.mails.last('signed-up-again').to).toMatchObject({ address: 'noor@x.test', name: 'Noor' });
		expect((await signIn(PASSWORD)).user).toMatchObject({ name: 'Noor', role: 'learner' });
		await expect(signIn('another password')).rejects.toMatchObject({ reason: 'wrong-login' });
		people.clock.now += 24 * 3_600_000;
		await people.signUpByMail(noor, null);
		expect(kinds()).toEqual(['verify-address', 'signed-up-again', 'signed-up-again']);
	});

	test('answers as late for one as for the other', async () => {
		await people.signUpByMail(noor, null);
		await people.signUpByMail(noor, null);
		expect(people.paused).toEqual([400, 400]);
	});

	test('who never confirmed gets in with a new password, and whoever signed up with their address before does not', async () => {
		await people.signUpByMail({ ...noor, password: 'known to somebody else' }, null);
		await people.passwords.requestReset('noor@x.test', null);
		await people.passwords.resetPassword(people.mails.tokenOf('reset-password'), PASSWORD);
		expect((await signIn(PASSWORD)).user.email).toBe('noor@x.test');
		await expect(signIn('known to somebody else')).rejects.toMatchObject({ reason: 'wrong-login' });
	});

	test('is counted by where it comes from, before anything is hashed', async () => {
		for (let nth = 0; nth < 60; nth += 1) people.guard.beforeSignUp('192.0.2.1');
		await expect(people.signUpByMail(noor, '192.0.2.1')).rejects.toMatchObject({ reason: 'too-many' });
		expect(kinds()).toEqual([]);
	});
});
