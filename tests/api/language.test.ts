import { afterAll, beforeAll, expect, test } from 'vitest';
import { postForm, request } from '../support/visitor.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

test('a page comes in the language of who asks, with its direction and its own scripts', async () => {
	const page = async (headers: HeadersInit) => (await request(world.url, '/', null, { headers })).text();
	const english = await page({ 'accept-language': 'de, en;q=0.5' });
	expect(english).toContain('<html lang="en" dir="ltr">');
	const arabic = await page({ 'accept-language': 'ar-EG, en;q=0.5' });
	expect(arabic).toContain('<html lang="ar" dir="rtl">');
	expect(await page({ 'accept-language': 'en', cookie: 'language=ar' })).toContain('dir="rtl"');
	const script = /_app\/ar\/immutable\/entry\/start\.[\w-]+\.js/.exec(arabic)?.[0];
	expect(script).toBeDefined();
	expect(english).not.toContain('_app/ar/');
	expect((await request(world.url, `/${script}`, null)).status).toBe(200);
});

test('what the app refuses is said in the language of the page', async () => {
	const fields = { email: 'nobody@people.test', password: 'wrong-wrong' };
	const answer = async (headers: Record<string, string>) =>
		(await postForm(world.url, '/login', fields, null, headers)).text();
	expect(await answer({ 'accept-language': 'en' })).toContain('E-mail or password is not right.');
	expect(await answer({ 'accept-language': 'ar' })).toContain('البريد الإلكتروني أو كلمة المرور غير صحيحة.');
});

test('choosing a language leads back to where one was, and nowhere else', async () => {
	const choose = (next: string) => postForm(world.url, '/language', { language: 'ar', next });
	const chosen = await choose('/login?next=%2Fdashboard');
	expect(chosen.status).toBe(303);
	expect(chosen.headers.get('location')).toBe('/login?next=%2Fdashboard');
	expect(chosen.headers.getSetCookie().join()).toMatch(/^language=ar; Max-Age=\d+; Path=\/;.*SameSite=Lax/i);
	for (const elsewhere of ['https://example.org', '//example.org', '/\\example.org'])
		expect((await choose(elsewhere)).headers.get('location')).toBe('/');
	const other = await postForm(world.url, '/language', { language: 'xx', next: '/' });
	expect(other.headers.getSetCookie()).toEqual([]);
});
