import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPath } from './nextPath.ts';

test('[E2] the way back leads to a path of this site', () => {
	expect(nextPath('/session/demo-lesson')).toBe('/session/demo-lesson');
	expect(nextPath('/sessions/new?title=a#b')).toBe('/sessions/new?title=a#b');
	expect(nextPath(null)).toBe('/dashboard');
	expect(nextPath('')).toBe('/dashboard');
	expect(nextPath('/login?next=/login')).toBe('/dashboard');
	expect(nextPath('/logout')).toBe('/dashboard');
});

test('[E2] addresses of other sites are dropped', () => {
	for (const next of [
		'https://evil.example',
		'//evil.example',
		'/\\evil.example',
		'/\t/evil.example',
		'/.//evil.example',
		'/a/..//evil.example',
		'javascript:alert(1)',
		'evil'
	]) {
		expect(nextPath(next), next).toBe('/dashboard');
	}
});

test('[E2] no text whatever leads away', () => {
	const pieces = fc.array(
		fc.constantFrom('/', '\\', '.', '..', '\t', '\n', '@', ':', 'evil.example', 'http:', '%2f')
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				pieces.map((list) => list.join(''))
			),
			(next) => {
				expect(new URL(nextPath(next), 'https://site.example').origin).toBe('https://site.example');
			}
		)
	);
});
