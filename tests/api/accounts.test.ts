import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readExposition } from '../support/exposition.ts';
import { openClient } from '../support/liveClient.ts';
import { cookieOf, postForm, request } from '../support/visitor.ts';
import { PASSWORD, startWorld, type Person, type World } from '../support/world.ts';

let world: World;
let maya: Person;

beforeAll(async () => {
	world = await startWorld();
	maya = await world.person('mentor', 'Maya Test');
});
afterAll(() => world.close());

const signUp = (fields: Record<string, string> = {}) =>
	postForm(world.url, '/signup', {
		role: 'learner',
		name: 'New Person',
		email: 'new@people.test',
		password: PASSWORD,
		timeZone: 'Europe/Berlin',
		...fields
	});

const signIn = (fields: Record<string, string> = {}, path = '/login') =>
	postForm(world.url, path, { email: maya.email, password: PASSWORD, ...fields });

describe('sign up', () => {
	test('[A1] makes an account and signs in; the same e-mail is refused at its field', async () => {
		const answer = await signUp();
		expect(answer.status).toBe(303);
		const cookie = cookieOf(answer);
		expect(cookie).not.toBeNull();
		const page = await request(world.url, '/dashboard', { cookie: cookie ?? '' });
		expect(await page.text()).toContain('New Person');

		const again = await signUp({ email: ' NEW@people.test ' });
		expect(again.status).toBe(400);
		const html = await again.text();
		expect(html).toContain('There is already an account with this e-mail.');
		expect(html).toContain('New Person');
		expect(html).not.toContain(PASSWORD);
		expect(cookieOf(again)).toBeNull();
	});

	test.each([
		['email', 'nobody', 'This does not look like an e-mail'],
		['password', 'short', 'at least 8 characters'],
		['name', '  ', 'Enter your name.'],
		['role', 'admin', 'Choose whether you want to learn or to teach.']
	])('[A2] wrong %s “%s” is explained at its field', async (field, value, words) => {
		const answer = await signUp({ email: 'wrong@people.test', [field]: value });
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain(words);
		expect(cookieOf(answer)).toBeNull();
	});

	test('[S6] a name with markup is shown as text', async () => {
		const answer = await signUp({ email: 'markup@people.test', name: '<img src=x onerror=alert(1)>' });
		const page = await request(world.url, '/dashboard', { cookie: cookieOf(answer) ?? '' });
		const html = await page.text();
		expect(html).toContain('&lt;img src=x onerror=alert(1)');
		expect(html).not.toContain('<img src=x');
	});
});

describe('sign in', () => {
	test('[A1] [S5] sets a cookie that is HttpOnly, SameSite=Lax and lasts', async () => {
		const answer = await signIn();
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toBe('/dashboard');
		const cookie = answer.headers.getSetCookie().find((set) => set.startsWith('peerlearn_login='));
		expect(cookie).toMatch(/; HttpOnly/i);
		expect(cookie).toMatch(/; SameSite=Lax/i);
		expect(cookie).toMatch(/; Path=\//i);
		expect(cookie).toMatch(/; Max-Age=\d{5,}/i);
	});

	test('[S5] the answer is the same for a wrong password and an unknown e-mail', async () => {
		const wrong = await signIn({ password: 'not-the-password' });
		const unknown = await signIn({ email: 'nobody@people.test' });
		expect([wrong.status, unknown.status]).toEqual([400, 400]);
		for (const answer of [wrong, unknown]) {
			expect(await answer.text()).toContain('E-mail or password is not right.');
			expect(cookieOf(answer)).toBeNull();
		}
	});

	test('[E2] leads back to where one wanted to go, and never to another site', async () => {
		const back = await signIn({}, '/login?next=%2Fsession%2Fdemo-lesson');
		expect(back.headers.get('location')).toBe('/session/demo-lesson');
		for (const foreign of [
			'https://evil.example',
			'//evil.example',
			'/\\evil.example',
			'javascript:alert(1)'
		]) {
			const answer = await signIn({}, `/login?next=${encodeURIComponent(foreign)}`);
			const target = new URL(answer.headers.get('location') ?? '', world.url);
			expect(target.origin).toBe(world.url);
		}
	});

	test('[S2] a form sent from another site is refused', async () => {
		const answer = await postForm(world.url, '/login', { email: maya.email, password: PASSWORD }, null, {
			origin: 'https://evil.example'
		});
		expect(answer.status).toBe(403);
		expect(cookieOf(answer)).toBeNull();
	});
});

describe('sign out', () => {
	test('[A1] ends the login for good and takes the cookie away', async () => {
		const cookie = cookieOf(await signIn()) ?? '';
		expect((await request(world.url, '/session/demo-lesson', { cookie })).status).toBe(403);
		const answer = await request(world.url, '/logout', { cookie }, { method: 'POST' });
		expect(answer.status).toBe(303);
		expect(answer.headers.getSetCookie().join()).toMatch(/peerlearn_login=;.*Max-Age=0/i);
		// The old cookie, kept by somebody, opens nothing.
		const after = await request(world.url, '/session/demo-lesson', { cookie });
		expect(after.headers.get('location')).toBe('/login?next=%2Fsession%2Fdemo-lesson');
	});

	test('[S2] a mere visit of the address, or a form of another site, signs nobody out', async () => {
		const who = await world.person('learner', 'Still Here');
		await request(world.url, '/logout', who);
		await request(world.url, '/logout', who, {
			method: 'POST',
			body: new URLSearchParams(),
			headers: { origin: 'https://evil.example' }
		});
		expect(await (await request(world.url, '/dashboard', who)).text()).toContain('Still Here');
	});

	test('[S5] the database holds neither passwords nor login ids', async () => {
		const { tables, db } = world.store;
		const [user, login] = [await db.select().from(tables.users), await db.select().from(tables.logins)];
		const stored = JSON.stringify({ user, login });
		expect(user.every((row) => row.passwordHash.startsWith('$argon2id$'))).toBe(true);
		expect(stored).not.toContain(PASSWORD);
		expect(stored).not.toContain(maya.login.value);
	});
});

test('[A2] a mentor plans a session by the form; the learners find it, others do not', async () => {
	const [learner, other] = [await world.person('learner'), await world.person('learner')];
	const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
	const fields = {
		title: 'Planned <b>by form</b>',
		learnerEmails: learner.email,
		date: tomorrow,
		time: '10:30',
		minutes: '45',
		price: '12.50'
	};
	const answer = await postForm(world.url, '/sessions/new', fields, maya);
	expect(answer.status).toBe(303);
	const [list, foreign] = await Promise.all(
		[learner, other].map(async (who) => (await request(world.url, '/dashboard', who)).text())
	);
	expect(list).toContain('Planned &lt;b>by form');
	expect(foreign).not.toContain('by form');

	expect((await postForm(world.url, '/sessions/new', fields, learner)).status).toBe(403);
	const wrong = await postForm(world.url, '/sessions/new', { ...fields, learnerEmails: maya.email }, maya);
	expect(wrong.status).toBe(400);
	const html = await wrong.text();
	expect(html).toContain(maya.email);
	expect(html).toContain('Planned &lt;b>');
});

test('[S5] [B6] forty sign-ins at once fill no memory, and others are served meanwhile', async () => {
	const people = await Promise.all(Array.from({ length: 20 }, () => world.person('learner')));
	const client = openClient(world.url, maya);
	const memory = async () => {
		const { samples } = readExposition(await (await fetch(`${world.url}/metrics`)).text());
		return samples.find(({ name }) => name === 'process_resident_memory_bytes')!.value;
	};
	const before = await memory();
	let under = true;
	const signIns = Promise.all(
		[...people, ...people].map(({ email }) => postForm(world.url, '/login', { email, password: PASSWORD }))
	).finally(() => (under = false));
	let most = 0;
	let served = 0;
	while (under) {
		await client.trpc.room.clock.query();
		// Read from the disk, on the threads that passwords are hashed on.
		expect((await fetch(`${world.url}/favicon.svg`)).status).toBe(200);
		most = Math.max(most, await memory());
		if (under) served += 1;
	}
	expect((await signIns).map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 303));
	expect(served).toBeGreaterThan(2);
	// All at once would take 760 MiB.
	expect(most - before).toBeLessThan(400 * 1024 * 1024);
	client.close();
});
