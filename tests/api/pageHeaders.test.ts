import { afterAll, beforeAll, expect, test } from 'vitest';
import { request } from '../support/visitor.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

test('[S5] each page runs scripts of ours only, with a nonce of its own, and lies in nobody’s frame', async () => {
	const policies = await Promise.all(
		['/login', '/login', '/nowhere'].map(async (path) => {
			const answer = await request(world.url, path, null);
			const policy = answer.headers.get('content-security-policy') ?? '';
			const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1];
			expect(policy).not.toContain("'unsafe-inline'");
			expect(policy).toContain("object-src 'none'");
			expect(policy).toContain("frame-ancestors 'none'");
			const html = await answer.text();
			const inline = [...html.matchAll(/<script(?![^>]* src=)([^>]*)>/g)].map(([, attributes]) => attributes);
			expect(inline.length).toBeGreaterThan(0);
			for (const attributes of inline) expect(attributes).toContain(`nonce="${nonce}"`);
			return nonce;
		})
	);
	expect(new Set(policies).size).toBe(policies.length);
});

test('[S5] files that no page serves carry the same headers', async () => {
	for (const path of ['/favicon.svg', '/login']) {
		const { headers } = await request(world.url, path, null);
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('x-frame-options')).toBe('DENY');
		expect(headers.get('permissions-policy')).toContain('camera=(self)');
		// The tests are served without HTTPS.
		expect(headers.get('strict-transport-security')).toBeNull();
	}
});
