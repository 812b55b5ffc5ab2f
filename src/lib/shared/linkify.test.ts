import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkify } from './linkify.ts';

function links(text: string): string[] {
	return linkify(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));
}

test('[X1] addresses in a message become links, the sentence around them stays text', () => {
	expect(linkify('See https://example.org/a?b=1#c, please.')).toEqual([
		{ kind: 'text', text: 'See ' },
		{ kind: 'link', text: 'https://example.org/a?b=1#c', href: 'https://example.org/a?b=1#c' },
		{ kind: 'text', text: ', please.' }
	]);
	expect(links('(https://en.wikipedia.org/wiki/Root_(mathematics))')).toEqual([
		'https://en.wikipedia.org/wiki/Root_(mathematics)'
	]);
	expect(links('http://a.example https://b.example!')).toEqual(['http://a.example', 'https://b.example']);
	expect(links('HTTPS://EXAMPLE.ORG')).toEqual(['HTTPS://EXAMPLE.ORG']);
});

test('[X1] only web addresses are links', () => {
	for (const text of [
		'javascript:alert(1)',
		'data:text/html,<b>',
		'file:///etc/passwd',
		'https://',
		'xhttps://a.example',
		'https://bank.example@evil.example',
		''
	]) {
		expect(links(text), text).toEqual([]);
	}
});

test('[S6] characters that turn the reading direction end an address', () => {
	expect(links('https://example.org/\u202egpj.exe')).toEqual(['https://example.org/']);
});

test('[S6] whatever the text is, nothing is lost and every link is http or https', () => {
	const piece = fc.constantFrom(
		'https://',
		'http://',
		'a.example',
		'(',
		')',
		'.',
		' ',
		'"',
		'<',
		'@',
		'/',
		'javascript:'
	);
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.array(piece).map((pieces) => pieces.join(''))
	);
	fc.assert(
		fc.property(text, (input) => {
			const parts = linkify(input);
			expect(parts.map((part) => part.text).join('')).toBe(input);
			for (const part of parts) {
				if (part.kind === 'link') expect(['http:', 'https:']).toContain(new URL(part.href).protocol);
			}
		})
	);
});
