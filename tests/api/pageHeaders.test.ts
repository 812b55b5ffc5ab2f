import { glob } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

let world: World;
let lesson: Lesson;
beforeAll(async () => {
	world = await startWorld();
	lesson = await world.classroom();
});
afterAll(() => world.close());

/** All there may be in the policy of a page, but for its nonce. */
const POLICY = {
	'default-src': "'none'",
	'script-src': "'self' 'nonce'",
	'script-src-attr': "'none'",
	'style-src': "'self'",
	'style-src-attr': "'none'",
	'font-src': "'self'",
	'img-src': "'self' blob: data:",
	'media-src': "'none'",
	'connect-src': "'self'",
	'worker-src': "'none'",
	'manifest-src': "'none'",
	'object-src': "'none'",
	'frame-src': "'self'",
	'form-action': "'self'",
	'base-uri': "'none'",
	'frame-ancestors': "'none'",
	'require-trusted-types-for': "'script'",
	'trusted-types': 'svelte-trusted-html peerlearn-board peerlearn-error-page'
};

/** The addresses of all pages: of the lesson where one needs it, and of nothing where one needs a secret. */
async function pages(): Promise<string[]> {
	const files = await Array.fromAsync(glob('**/+page.svelte', { cwd: 'src/routes' }));
	return files
		.map((file) => `/${file.replaceAll('\\', '/').replace(/\/?\+page\.svelte$/, '')}`)
		.map((route) => route.replace('[roomCode]', lesson.roomCode).replace(/\[\w+\]/g, 'nothing'));
}

test('[S5] each answer of each page runs scripts of ours only, with a nonce of its own, and lies in nobody’s frame', async () => {
	const all = await pages();
	expect(all).toEqual(expect.arrayContaining(['/', '/login', `${lesson.path}/recap`]));
	const people = [null, lesson.mentor, lesson.learners[0]!];
	const nonces = new Set<string | undefined>();
	let answers = 0;
	for (const path of ['/nowhere', ...all]) {
		for (const who of people) {
			const answer = await request(world.url, path, who);
			const html = await answer.text();
			// Where one is sent to, and only there, is a page.
			if (answer.status >= 300 && answer.status < 400) continue;
			answers += 1;
			const policy = answer.headers.get('content-security-policy') ?? '';
			const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
			const directives = policy.split('; ').map((one) => /^(\S+) (.*)$/.exec(one)!.slice(1));
			const told = Object.fromEntries(directives) as Record<string, string>;
			expect(told, path).toEqual({
				...POLICY,
				'script-src': `'self' 'nonce-${nonce}'`
			});
			nonces.add(nonce);
			// What the policy would refuse is not sent either.
			const inline = [...html.matchAll(/<script(?![^>]* src=)([^>]*)>/g)].map(([, attributes]) => attributes);
			expect(inline.length, path).toBeGreaterThan(0);
			for (const attributes of inline) expect(attributes).toContain(`nonce="${nonce}"`);
			expect(html.match(/<style\b|<[^>]+\s(?:style|on\w+)=[^>]*>/i)?.[0], path).toBeUndefined();
		}
	}
	expect(answers).toBeGreaterThan(all.length);
	expect(nonces.size).toBe(answers);
});

test('[S5] what is no page loads and runs nothing when it is opened by itself', async () => {
	for (const path of [
		'/healthz',
		'/login/__data.json',
		`/sessions/${lesson.roomCode}/lesson.ics`,
		'/dashboard/earnings.csv',
		'/account/export',
		`${lesson.path}/resources`,
		`${lesson.path}/board/files/nothing`
	]) {
		const { headers } = await request(world.url, path, lesson.mentor, { headers: { accept: '*/*' } });
		expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none'; (.+; )?sandbox$/);
	}
});

test('[S5] files that no page serves carry the same headers', async () => {
	// The last one is answered before any page is looked for.
	for (const path of ['/favicon.svg', '/error.css', '/login', '/%']) {
		const { headers } = await request(world.url, path, null);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('x-frame-options')).toBe('DENY');
		expect(headers.get('permissions-policy')).toContain('camera=(self)');
		expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
		// The tests are served without HTTPS.
		expect(headers.get('strict-transport-security')).toBeNull();
	}
});
