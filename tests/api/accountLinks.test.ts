import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkIn, mailsTo } from '../support/mailbox.ts';
import { openClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { cookieOf, postForm, request } from '../support/visitor.ts';
import { PASSWORD, startWorld, type Person, type World } from '../support/world.ts';

let world: World;
const links: string[] = [];

beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

async function link(address: string, kind: Parameters<typeof linkIn>[2]): Promise<string> {
	const path = await linkIn(world, address, kind);
	links.push(path.split('/').at(-1)!);
	return path;
}
const get = async (path: string, who: Pick<Person, 'cookie'> | null = null) =>
	(await request(world.url, path, who)).text();
const signIn = (email: string, password: string) => postForm(world.url, '/login', { email, password });
async function loginOf(person: Person): Promise<{ cookie: string }> {
	const cookie = cookieOf(await signIn(person.email, PASSWORD));
	if (!cookie) throw new Error(`${person.name} was not signed in.`);
	return { cookie };
}

describe('[A1] proving an address', () => {
	test('sign-up sends a link; looking at it changes nothing, pressing the button does, once and for good', async () => {
		const email = 'noor@people.test';
		const fields = { role: 'learner', name: 'Noor', email, password: PASSWORD, timeZone: 'UTC' };
		const who = { cookie: cookieOf(await postForm(world.url, '/signup', fields))! };
		expect(await get('/account', who)).toContain('Not confirmed');
		const path = await link(email, 'verify-address');
		for (let look = 0; look < 2; look += 1) {
			const page = await request(world.url, path, null);
			expect(page.headers.get('referrer-policy')).toBe('strict-origin');
			expect(page.headers.get('cache-control')).toBe('no-store');
			expect(await page.text()).toContain('Confirm address');
		}
		for (let press = 0; press < 2; press += 1)
			expect(await (await postForm(world.url, path, {})).text()).toContain('Your address is confirmed');
		expect(await get('/account', who)).not.toContain('Not confirmed');
		expect((await postForm(world.url, '/verify/made-up', {})).status).toBe(410);
		expect(await get('/verify/made-up')).toContain('This link no longer works');
	});

	test('a new link ends the old one, and one a minute is enough', async () => {
		const email = 'omar@people.test';
		const fields = { role: 'learner', name: 'Omar', email, password: PASSWORD, timeZone: 'UTC' };
		const who = { cookie: cookieOf(await postForm(world.url, '/signup', fields))! };
		const first = await link(email, 'verify-address');
		expect((await postForm(world.url, '/account?/resend', {}, who)).status).toBe(200);
		const second = await link(email, 'verify-address');
		expect(await get(first)).toContain('This link no longer works');
		expect(await get(second)).toContain('Confirm address');
		const again = await postForm(world.url, '/account?/resend', {}, who);
		expect(again.status).toBe(429);
		expect(await again.text()).toContain('We have just sent you a mail.');
		expect(await mailsTo(world, email)).toHaveLength(2);
	});
});

describe('[A1] [S5] a new password by mail', () => {
	test('answers alike for known and unknown addresses, and takes as long', async () => {
		const person = await world.person('learner');
		const ask = async (email: string) => {
			const from = performance.now();
			const answer = await postForm(world.url, '/forgot', { email });
			const took = performance.now() - from;
			return { status: answer.status, took, html: (await answer.text()).replaceAll(email, '<address>') };
		};
		const known = await ask(person.email);
		const unknown = await ask('nobody-at-all@people.test');
		expect(known.status).toBe(200);
		expect(known.html).toContain('The link works for 30 minutes.');
		expect(known.status).toBe(unknown.status);
		expect(known.html.length).toBe(unknown.html.length);
		for (const { took } of [known, unknown]) expect(took).toBeGreaterThanOrEqual(400);
		expect(await mailsTo(world, 'nobody-at-all@people.test')).toEqual([]);
	});

	test('works once and signs out everywhere; a wrong new one is explained and uses nothing up', async () => {
		const person = await world.person('mentor');
		const client = openClient(world.url, person);
		await client.trpc.room.clock.query();
		await postForm(world.url, '/forgot', { email: person.email });
		const path = await link(person.email, 'reset-password');
		const page = await request(world.url, path, null);
		expect(page.headers.get('referrer-policy')).toBe('strict-origin');
		expect(page.headers.get('cache-control')).toBe('no-store');
		const short = await postForm(world.url, path, { password: 'short' });
		expect(short.status).toBe(400);
		expect(await short.text()).toContain('at least 8 characters');
		const done = await postForm(world.url, path, { password: 'another-password' });
		expect(done.headers.get('location')).toBe('/login?after=changed');
		await until(() => expect(client.closes).not.toEqual([]));
		expect(client.closes[0]!.code).toBe(4401);
		await client.close();
		expect((await request(world.url, '/dashboard', person)).headers.get('location')).toMatch('/login');
		expect((await postForm(world.url, path, { password: 'a-third-password' })).status).toBe(410);
		expect(await get(path)).toContain('This link no longer works');
		expect((await signIn(person.email, PASSWORD)).status).toBe(400);
		expect((await signIn(person.email, 'another-password')).status).toBe(303);
		expect((await mailsTo(world, person.email)).map(({ kind }) => kind)).toContain('password-changed');
	});
});

describe('[A1] another address', () => {
	const change = (who: Person, email: string, password = PASSWORD) =>
		postForm(world.url, '/account?/address', { __superform_id: 'address', email, password }, who);

	test('needs the password and the link; a taken one is answered alike', async () => {
		const [person, other] = [await world.person('learner'), await world.person('learner')];
		const wrong = await change(person, 'moved@people.test', 'not-my-password');
		expect(wrong.status).toBe(400);
		const html = await wrong.text();
		expect(html).toContain('This password is not right.');
		expect(html).toContain('moved@people.test');
		expect(html).not.toContain('not-my-password');
		const taken = await change(person, other.email);
		const free = await change(other, 'moved@people.test');
		for (const answer of [taken, free]) {
			expect(answer.status).toBe(200);
			expect(await answer.text()).toContain('We have sent a mail to the new address.');
		}
		expect(await mailsTo(world, other.email)).toEqual([]);
		await postForm(world.url, await link('moved@people.test', 'change-address'), {});
		expect((await signIn('moved@people.test', PASSWORD)).status).toBe(303);
		expect((await signIn(other.email, PASSWORD)).status).toBe(400);
		const [note] = await mailsTo(world, other.email);
		expect(note).toMatchObject({ kind: 'address-changed' });
		expect(note!.text).toContain('moved@people.test');
	});
});

describe('[S2] [A1] ending logins', () => {
	/** Sockets of a person’s first login, and another login that ends it. */
	async function two() {
		const person = await world.person('learner');
		const client = openClient(world.url, person);
		await client.trpc.room.clock.query();
		return { person, client, other: await loginOf(person) };
	}

	test.each([
		['everywhere', {}, false],
		['password', { __superform_id: 'password', current: PASSWORD, password: 'another-password' }, true]
	])('“%s” closes the sockets of the logins it ends within a second', async (action, fields, stays) => {
		const { person, client, other } = await two();
		const asked = postForm(world.url, `/account?/${action}`, fields, other);
		await asked;
		const answeredAt = performance.now();
		await until(() => expect(client.closes).not.toEqual([]));
		expect(performance.now() - answeredAt).toBeLessThan(1_000);
		expect(client.closes[0]!.code).toBe(4401);
		await client.close();
		const own = await request(world.url, '/account', other);
		expect(own.status).toBe(stays ? 200 : 303);
		expect((await request(world.url, '/account', person)).status).toBe(303);
	});

	test('one of them by its line in the list; nobody ends somebody else’s', async () => {
		const { person, client, other } = await two();
		const page = await get('/account', other);
		expect(page).toContain('This device');
		const key = /name="key" value="([^"]+)"/.exec(page)![1]!;
		const stranger = await world.person('learner');
		await postForm(world.url, '/account?/endLogin', { key }, stranger);
		expect((await request(world.url, '/account', person)).status).toBe(200);
		await postForm(world.url, '/account?/endLogin', { key }, other);
		await until(() => expect(client.closes).not.toEqual([]));
		expect(client.closes[0]!.code).toBe(4401);
		await client.close();
		expect((await request(world.url, '/account', person)).status).toBe(303);
		expect((await request(world.url, '/account', other)).status).toBe(200);
	});
});

test('[S7] no link that was sent stands in the log', () => {
	expect(links.length).toBeGreaterThan(3);
	for (const token of links) expect(world.server.output()).not.toContain(token);
});
