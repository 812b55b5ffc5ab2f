import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { BOARD_FILE_MAX_BYTES } from '../../src/lib/shared/boardLimits.ts';
import { rawRequest, type RawAnswer } from '../support/rawRequest.ts';
import { until } from '../support/until.ts';
import { PASSWORD, startWorld, type Lesson, type Person, type World } from '../support/world.ts';

/** As people open it, while the server itself is asked at its port, as by a proxy that ends HTTPS. */
const ORIGIN = 'https://learn.example.org';
const LOGIN = '__Host-peerlearn_login';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let world: World;
let lesson: Lesson;
let maya: Person;
beforeAll(async () => {
	world = await startWorld({ env: { ORIGIN } });
	lesson = await world.classroom();
	maya = lesson.mentor;
});
afterAll(() => world.close());

type Asked = Parameters<typeof rawRequest>[1];
const ask = (asked: Asked) => rawRequest(world.url, asked);
const cookie = ({ login }: Person) => `${LOGIN}=${login.value}`;
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
	return ask({
		method: 'POST',
		path,
		headers: { origin: ORIGIN, accept: 'text/html', ...FORM, ...headers },
		body: form(fields)
	});
}
const isSignedIn = async (header: string) =>
	(await ask({ path: '/account', headers: { cookie: header } })).status === 200;
const signIn = (headers: Record<string, string> = {}, next = '') =>
	post(`/login${next}`, { email: maya.email, password: PASSWORD }, headers);
function cookieSet({ headers }: RawAnswer): { whole: string; value: string } {
	const whole = headers['set-cookie']!.find((one) => one.startsWith(`${LOGIN}=`))!;
	return { whole, value: whole.split(';', 1)[0]! };
}

describe('where a request comes from', () => {
	const id = createId();
	const WRITES: { method: string; path: () => string; kind?: string; body?: string }[] = [
		{ method: 'POST', path: () => '/logout' },
		{ method: 'POST', path: () => '/logout', kind: 'text/plain', body: 'a=b' },
		{ method: 'POST', path: () => '/login', kind: FORM['content-type'], body: 'email=x' },
		{
			method: 'POST',
			path: () => '/account?/everywhere',
			kind: 'multipart/form-data; boundary=x',
			body: '--x--'
		},
		{ method: 'POST', path: () => '/language', kind: FORM['content-type'], body: 'language=ar' },
		{ method: 'POST', path: () => `${lesson.path}/goodbye`, kind: 'text/plain', body: id },
		{ method: 'POST', path: () => '/sessions/conflicts', kind: 'application/json', body: '{}' },
		{ method: 'PUT', path: () => `${lesson.path}/board/files/${id}`, kind: 'image/png', body: 'x' },
		{ method: 'DELETE', path: () => `${lesson.path}/resources/${id}` },
		{ method: 'POST', path: () => `${lesson.path}/uploads` },
		{ method: 'PATCH', path: () => `${lesson.path}/uploads/${id}`, kind: 'application/offset+octet-stream' },
		{ method: 'DELETE', path: () => `${lesson.path}/uploads/${id}` }
	];
	const FOREIGN = [
		undefined,
		'null',
		'https://evil.example',
		'http://learn.example.org',
		`${ORIGIN}.evil.example`
	];

	test.each(FOREIGN)('[B7] [S2] nothing is written for a page of %s, however it is sent', async (origin) => {
		for (const { method, path, kind, body } of WRITES) {
			const headers = {
				cookie: cookie(maya),
				...(origin && { origin }),
				...(kind && { 'content-type': kind })
			};
			const answer = await ask({ method, path: path(), headers, body });
			expect(answer.status, `${method} ${path()} ${kind}`).toBe(403);
		}
		expect(await isSignedIn(cookie(maya))).toBe(true);
	});

	test('[B7] looking at an address changes nothing', async () => {
		for (const path of [
			'/logout',
			'/language?language=ar',
			'/account?/everywhere',
			`/sessions/${lesson.roomCode}?/cancel`
		])
			expect((await ask({ path, headers: { cookie: cookie(maya) } })).status).toBeLessThan(400);
		expect(await isSignedIn(cookie(maya))).toBe(true);
		expect((await world.session(lesson)).status).toBe('scheduled');
	});

	test('[B7] what the Host header says reaches neither mails nor addresses', async () => {
		const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
		const page = await ask({ path: '/account', headers: evil });
		expect(page.headers.location).toBe('/login?next=%2Faccount');
		const feed = await ask({ path: '/calendar/feed', headers: { ...evil, cookie: cookie(maya) } });
		expect(feed.text).toContain(`${ORIGIN}/calendar/feed/`);
		const calendar = await ask({
			path: `/sessions/${lesson.roomCode}/lesson.ics`,
			headers: { ...evil, cookie: cookie(maya) }
		});
		expect(calendar.text.replaceAll('\r\n ', '')).toContain(`${ORIGIN}/session`);
		await post('/forgot', { email: maya.email }, evil);
		const { mails } = world.store.tables;
		const text = await until(async () => {
			const written = await world.store.db.select().from(mails).where(eq(mails.toAddress, maya.email));
			return written.find(({ kind }) => kind === 'reset-password')!.text;
		});
		expect(text).toContain(`${ORIGIN}/reset/`);
		for (const { text: answered } of [page, feed, calendar, { text }])
			expect(answered).not.toContain('evil.example');
	});

	test('[B7] nobody is led to another site', async () => {
		for (const next of [
			'//evil.example',
			'/\\evil.example',
			'javascript:alert(1)',
			'https://evil.example',
			'/\t/evil.example',
			'/.//evil.example',
			'%2F%2Fevil.example'
		]) {
			const search = `?next=${encodeURIComponent(next)}`;
			expect((await signIn({}, search)).headers.location, next).toBe('/dashboard');
			const spoken = await post('/language', { language: 'en', next });
			expect(spoken.headers.location, next).toBe('/');
		}
		// Somebody who reads another language than their browser asks for is sent to ask again.
		await world.store.transact(function* (tx) {
			const { users } = world.store.tables;
			yield tx.update(users).set({ language: 'ar' }).where(eq(users.id, maya.id)).returning();
		});
		const again = await ask({
			path: '//evil.example/x',
			headers: { cookie: cookie(maya), accept: 'text/html' }
		});
		expect(again.headers.location ?? '/').not.toMatch(/^\/[/\\]/);
	});
});

describe('cookies', () => {
	test('[S5] the login is kept from scripts, from other sites, hosts and paths, and from plain HTTP', async () => {
		const attributes = cookieSet(await signIn())
			.whole.split('; ')
			.slice(1);
		expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']));
		expect(attributes.join()).not.toContain('Domain');
	});

	test('[B7] one that was there before signing in is replaced, and never becomes a login', async () => {
		const other = await world.person('learner');
		for (const planted of [cookie(other), `${LOGIN}=planted0123456789`]) {
			const { value } = cookieSet(await signIn({ cookie: planted }));
			expect(value).not.toBe(planted);
			expect(await isSignedIn(value)).toBe(true);
		}
		expect(await isSignedIn(`${LOGIN}=planted0123456789`)).toBe(false);
	});

	test('[B7] changed, shortened, renamed or used after signing out it signs nobody in', async () => {
		const { value } = cookieSet(await signIn());
		const flipped = value.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
		for (const tampered of [
			flipped,
			value.slice(0, -1),
			`${value}a`,
			value.replace(LOGIN, 'peerlearn_login'),
			value.toUpperCase()
		])
			expect(await isSignedIn(tampered), tampered).toBe(false);
		expect(await isSignedIn(value)).toBe(true);
		const out = await post('/logout', {}, { cookie: value });
		expect(cookieSet(out).whole).toContain('Max-Age=0');
		expect(await isSignedIn(value)).toBe(false);
		expect(await isSignedIn(cookie(maya))).toBe(true);
	});
});

describe('bodies', () => {
	test('[S3] [B7] what says that it is too large is refused before it is sent', async () => {
		const headers = (size: number) => ({
			origin: ORIGIN,
			cookie: cookie(maya),
			'content-length': String(size),
			...FORM
		});
		for (const [method, path, size] of [
			['POST', '/login', 300_000],
			['POST', '/sessions/conflicts', 10 ** 12],
			['POST', `${lesson.path}/goodbye`, 300_000],
			['POST', '/account?/picture', 2_000_000],
			['DELETE', `${lesson.path}/resources/x`, 300_000],
			['PUT', `${lesson.path}/board/files/${createId()}`, BOARD_FILE_MAX_BYTES + 1]
		] as const) {
			const answer = await ask({ method, path, headers: headers(size), body: null });
			expect([answer.status, answer.headers.connection], path).toEqual([413, 'close']);
			expect(answer.text).toContain('That is too large.');
		}
	});

	test('[S3] what does not say so is read as far as the limit', async () => {
		const body = Array.from({ length: 5 }, () => Buffer.alloc(64 * 1024, 'x'));
		const headers = { origin: ORIGIN, 'transfer-encoding': 'chunked', accept: 'text/html', ...FORM };
		// The form of the second one is checked field by field.
		for (const path of ['/language', '/login']) {
			const answer = await ask({ method: 'POST', path, headers, body });
			expect([answer.status, answer.text], path).toEqual([
				413,
				expect.stringContaining('That is too large.')
			]);
		}
	});

	test('[B3] deep and endless JSON is bad input, not a failure', async () => {
		const headers = { origin: ORIGIN, cookie: cookie(maya) };
		const deep = '['.repeat(100_000);
		for (const body of [deep, deep + ']'.repeat(100_000), '{"startsAt":'.repeat(10_000)])
			expect(
				(
					await ask({
						method: 'POST',
						path: '/sessions/conflicts',
						headers: { ...headers, 'content-type': 'application/json' },
						body
					})
				).status
			).toBe(400);
		const chain = JSON.stringify(Array.from({ length: 20_000 }, (_, place) => [place + 1]));
		for (const [path, field] of [
			['/login', '__superform_json'],
			[`${lesson.path}/recap?/feedback`, 'ratings']
		] as const)
			for (const value of [deep, chain])
				expect((await post(path, { [field]: value }, headers)).status, path).toBeLessThan(500);
	});
});
