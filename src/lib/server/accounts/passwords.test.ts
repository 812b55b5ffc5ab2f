import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loginTopic } from './accountsService.ts';
import { openPeople, PASSWORD, type PeopleFixture } from './peopleFixture.ts';

const MINUTE = 60_000;
let people: PeopleFixture;
beforeEach(async () => {
	people = await openPeople();
});
afterEach(() => people.close());

const signIn = (password: string, address: string | null = null) =>
	people.accounts.signIn({ email: 'noor@x.test', password }, { address, device: null });

describe('[A1] another password', () => {
	test('asks for the old one, ends the other logins with their sockets, and is told by mail', async () => {
		const { user, cookie } = await people.person('Noor');
		const other = await signIn(PASSWORD);
		const [here, there] = [await people.login(cookie), await people.login(other.cookie)];
		const heard: string[] = [];
		for (const [name, login] of Object.entries({ here, there }))
			people.bus.subscribe(loginTopic(login!.loginId), () => heard.push(name));
		const me = { userId: user.id, loginId: here!.loginId };
		const given = { current: 'wrong', password: 'new words' };
		await expect(people.passwords.changePassword(me, given)).rejects.toMatchObject({
			reason: 'wrong-password'
		});
		expect(await people.login(other.cookie)).not.toBeNull();
		await people.passwords.changePassword(me, { ...given, current: PASSWORD });
		expect(heard).toEqual(['there']);
		expect(await people.login(cookie)).not.toBeNull();
		expect(await people.login(other.cookie)).toBeNull();
		expect(people.mails.last('password-changed').to.address).toBe('noor@x.test');
		await expect(signIn(PASSWORD)).rejects.toMatchObject({ reason: 'wrong-login' });
		expect((await signIn('new words')).user.id).toBe(user.id);
	});
});

describe('[A1] [S5] a password by mail', () => {
	test('the link works once, for thirty minutes, is stored hashed, ends all logins and proves the address', async () => {
		const { user, cookie } = await people.person('Noor');
		await people.passwords.requestReset(' NOOR@x.test ', null);
		const late = people.mails.tokenOf('reset-password');
		const rows = await people.store.db.select().from(people.store.tables.accountProofs);
		expect(JSON.stringify(rows)).not.toContain(late);
		people.clock.now += 30 * MINUTE;
		await expect(people.passwords.resetPassword(late, 'new words')).rejects.toMatchObject({
			reason: 'dead-link'
		});
		await people.passwords.requestReset('noor@x.test', null);
		const token = people.mails.tokenOf('reset-password');
		people.clock.now += 30 * MINUTE - 1;
		const both = await Promise.allSettled([
			people.passwords.resetPassword(token, 'new words'),
			people.passwords.resetPassword(token, 'new words')
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await people.login(cookie)).toBeNull();
		expect((await people.row(user.id)).emailVerifiedAt).not.toBeNull();
		expect((await signIn('new words')).user.id).toBe(user.id);
		expect(people.mails.sent.filter(({ kind }) => kind === 'password-changed')).toHaveLength(1);
		expect(await people.proofs.look(token)).toEqual({ state: 'dead' });
	});

	test('a link of another kind resets nothing', async () => {
		await people.person('Noor');
		const token = people.mails.tokenOf('verify-address');
		await expect(people.passwords.resetPassword(token, 'new words')).rejects.toMatchObject({
			reason: 'dead-link'
		});
		expect(await people.proofs.look(token)).toMatchObject({ state: 'open' });
	});

	test('known and unknown addresses get the same answer, after the same time, as often', async () => {
		await people.person('Noor');
		for (const email of ['noor@x.test', 'nobody@x.test']) {
			for (let ask = 0; ask < 3; ask += 1)
				expect(await people.passwords.requestReset(email, null)).toBeUndefined();
			await expect(people.passwords.requestReset(email, null)).rejects.toMatchObject({ reason: 'too-many' });
		}
		expect(people.paused).toEqual(Array<number>(6).fill(400));
		expect(people.mails.sent.filter(({ kind }) => kind === 'reset-password')).toHaveLength(3);
		people.clock.now += 60 * MINUTE;
		await people.passwords.requestReset('noor@x.test', null);
	});

	test('one network address asks for twenty within an hour at the most', async () => {
		for (let ask = 0; ask < 20; ask += 1) await people.passwords.requestReset(`p${ask}@x.test`, '192.0.2.1');
		await expect(people.passwords.requestReset('more@x.test', '192.0.2.1')).rejects.toMatchObject({
			reason: 'too-many'
		});
		await people.passwords.requestReset('more@x.test', '192.0.2.2');
	});
});

describe('[S5] guessing a password', () => {
	test('ends after ten wrong ones within a quarter of an hour, for known and unknown accounts alike', async () => {
		await people.person('Noor');
		for (const email of ['noor@x.test', 'nobody@x.test']) {
			const guess = () => people.accounts.signIn({ email, password: 'wrong' });
			for (let round = 0; round < 10; round += 1)
				await expect(guess()).rejects.toMatchObject({ reason: 'wrong-login' });
			await expect(guess()).rejects.toMatchObject({ reason: 'too-many' });
		}
		await expect(signIn(PASSWORD)).rejects.toMatchObject({ reason: 'too-many' });
		people.clock.now += 15 * MINUTE;
		expect((await signIn(PASSWORD)).user.name).toBe('Noor');
	});

	test('tries that run at once count each; a link by mail opens the account again', async () => {
		await people.person('Noor');
		const guesses = await Promise.allSettled(Array.from({ length: 14 }, () => signIn('wrong')));
		const reasons = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason.reason : 'in'));
		expect(reasons.filter((reason) => reason === 'wrong-login')).toHaveLength(10);
		await people.passwords.requestReset('noor@x.test', null);
		await people.passwords.resetPassword(people.mails.tokenOf('reset-password'), 'new words');
		expect((await signIn('new words')).user.name).toBe('Noor');
	});
});

describe('[A1] logins', () => {
	test('one sees one’s own, with device and since when, and ends one, or all', async () => {
		const { user, cookie } = await people.person('Noor');
		await people.person('Omar');
		const since = people.clock.now;
		people.clock.now += MINUTE;
		const place = { address: null, device: 'Firefox, Linux' };
		const phone = await people.accounts.signIn({ email: 'noor@x.test', password: PASSWORD }, place);
		const here = (await people.login(cookie))!.loginId;
		const listed = await people.accounts.loginsOf(user.id, here);
		expect(listed.map(({ key: _, ...login }) => login)).toEqual([
			{ device: null, since, current: true },
			{ device: 'Firefox, Linux', since: people.clock.now, current: false }
		]);
		const [, other] = listed;
		await people.accounts.endLogin('somebody else', other!.key);
		expect(await people.login(phone.cookie)).not.toBeNull();
		await people.accounts.endLogin(user.id, other!.key);
		expect(await people.login(phone.cookie)).toBeNull();
		expect(await people.login(cookie)).not.toBeNull();
		await people.accounts.signOutEverywhere(user.id);
		expect(await people.login(cookie)).toBeNull();
		expect((await people.store.db.select().from(people.store.tables.logins)).length).toBe(1);
	});
});
