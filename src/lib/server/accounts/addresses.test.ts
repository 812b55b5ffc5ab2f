import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPeople, PASSWORD, type PeopleFixture } from './peopleFixture.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let people: PeopleFixture;
beforeEach(async () => {
	people = await openPeople();
});
afterEach(() => people.close());

describe('[A1] the address of a new account', () => {
	test('is proven by the link of the mail that sign-up sends, once, and a second press is no failure', async () => {
		const { user } = await people.person('Noor');
		expect(people.mails.last('verify-address').to).toEqual({
			...{ userId: user.id, address: 'noor@x.test', name: 'Noor', language: null, timeZone: 'UTC' }
		});
		const token = people.mails.tokenOf('verify-address');
		expect(await people.proofs.look(token)).toMatchObject({ state: 'open', kind: 'verify-address' });
		expect((await people.row(user.id)).emailVerifiedAt).toBeNull();
		for (let press = 0; press < 2; press += 1)
			expect(await people.addresses.useLink(token)).toMatchObject({ state: 'done', email: 'noor@x.test' });
		expect((await people.row(user.id)).emailVerifiedAt).not.toBeNull();
		expect(await people.proofs.look(token)).toMatchObject({ state: 'done' });
	});

	test('[S5] the link is stored hashed, and ends with its time, with a newer one, and with the account', async () => {
		const { user } = await people.person('Noor');
		const first = people.mails.tokenOf('verify-address');
		const rows = await people.store.db.select().from(people.store.tables.accountProofs);
		expect(JSON.stringify(rows)).not.toContain(first);
		people.clock.now += 2 * MINUTE;
		await people.addresses.resendProof(user.id);
		const second = people.mails.tokenOf('verify-address');
		expect(second).not.toBe(first);
		await expect(people.addresses.useLink(first)).rejects.toMatchObject({ reason: 'dead-link' });
		people.clock.now += 3 * DAY;
		expect(await people.proofs.look(second)).toEqual({ state: 'dead' });
		await expect(people.addresses.useLink(second)).rejects.toMatchObject({ reason: 'dead-link' });
		await people.addresses.resendProof(user.id);
		const third = people.mails.tokenOf('verify-address');
		await people.departures.deleteAccount(user.id, PASSWORD);
		await expect(people.addresses.useLink(third)).rejects.toMatchObject({ reason: 'dead-link' });
		await expect(people.addresses.useLink('made up')).rejects.toMatchObject({ reason: 'dead-link' });
	});

	test('sending again waits a minute, ends after six within an hour, and is nothing once it is proven', async () => {
		const { user } = await people.person('Noor');
		await people.addresses.resendProof(user.id);
		await expect(people.addresses.resendProof(user.id)).rejects.toMatchObject({ reason: 'too-many' });
		for (let more = 0; more < 5; more += 1) {
			people.clock.now += MINUTE;
			await people.addresses.resendProof(user.id);
		}
		people.clock.now += MINUTE;
		await expect(people.addresses.resendProof(user.id)).rejects.toMatchObject({ reason: 'too-many' });
		expect(people.mails.sent).toHaveLength(7);
		people.clock.now += 60 * MINUTE;
		await people.addresses.useLink(people.mails.tokenOf('verify-address'));
		await people.addresses.resendProof(user.id);
		expect(people.mails.sent).toHaveLength(7);
	});
});

describe('[A1] another address', () => {
	const change = (userId: string, email: string, password = PASSWORD) =>
		people.addresses.changeEmail(userId, { email, password });

	test('asks for the password, takes effect by the link sent to it, and is told to the old one', async () => {
		const { user } = await people.person('Noor');
		await expect(change(user.id, 'new@x.test', 'wrong')).rejects.toMatchObject({ reason: 'wrong-password' });
		await people.passwords.requestReset('noor@x.test', null);
		const reset = people.mails.tokenOf('reset-password');
		await change(user.id, ' New@X.test ');
		expect((await people.row(user.id)).email).toBe('noor@x.test');
		expect(people.mails.last('change-address').to.address).toBe('new@x.test');
		await people.addresses.useLink(people.mails.tokenOf('change-address'));
		expect(await people.row(user.id)).toMatchObject({ email: 'new@x.test' });
		expect((await people.row(user.id)).emailVerifiedAt).not.toBeNull();
		expect(people.mails.last('address-changed')).toMatchObject({
			to: { address: 'noor@x.test' },
			payload: { newAddress: 'new@x.test' }
		});
		// Who has the old mailbox could take the account back.
		await expect(people.passwords.resetPassword(reset, 'another one')).rejects.toMatchObject({
			reason: 'dead-link'
		});
	});

	test('one that somebody has is answered alike and nothing is sent; who signs up with it first keeps it', async () => {
		const { user } = await people.person('Noor');
		await people.person('Omar');
		await change(user.id, 'omar@x.test');
		expect(people.mails.sent.some(({ kind }) => kind === 'change-address')).toBe(false);
		people.clock.now += MINUTE;
		await change(user.id, 'liam@x.test');
		const token = people.mails.tokenOf('change-address');
		await people.person('Liam');
		await expect(people.addresses.useLink(token)).rejects.toMatchObject({ reason: 'dead-link' });
		expect((await people.row(user.id)).email).toBe('noor@x.test');
	});
});
