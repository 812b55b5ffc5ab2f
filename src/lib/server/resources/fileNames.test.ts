import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachmentHeader, cleanFileName } from './fileNames.ts';

const anyName = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 400 }),
	fc.string({
		unit: fc.constantFrom(
			'a',
			'.',
			'/',
			'\\',
			'"',
			'%',
			';',
			"'",
			'*',
			'\r',
			'\n',
			'\0',
			' ',
			'😀',
			'\ud800',
			'\u202e',
			'é'
		)
	})
);

test.each([
	['C:\\fakepath\\notes.pdf', 'notes.pdf'],
	['../../etc/passwd', 'passwd'],
	['..', 'file'],
	['/', 'file'],
	['\u200b', 'file'],
	['invoice\u202efdp.exe', 'invoicefdp.exe'],
	['a\r\nb.txt', 'a b.txt']
])('[S6] a file called %j is kept as %j', (given, kept) => {
	expect(cleanFileName(given)).toBe(kept);
});

test('[S6] [B4] whatever a file is called: one part of a path, short, turning nothing', () => {
	fc.assert(
		fc.property(anyName, (given) => {
			const name = cleanFileName(given);
			expect(name).not.toMatch(/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]|^\.*$/u);
			expect(name.length).toBeLessThanOrEqual(180);
			expect(name.isWellFormed()).toBe(true);
		})
	);
});

test('[S6] [B4] its header is one header with that name in it, also for a name from before there were rules', () => {
	fc.assert(
		fc.property(anyName, (name) => {
			const header = attachmentHeader(name);
			const [, plain, encoded] =
				/^attachment; filename="([\x20-\x7e]*)"; filename\*=UTF-8''(\S*)$/.exec(header) ?? [];
			expect(plain).not.toMatch(/["\\%]/);
			// RFC 8187, 3.2.1: attr-char and percent-encoded bytes only.
			expect(encoded).toMatch(/^(?:[\w!#$&+.^`|~-]|%[0-9a-f]{2})*$/i);
			expect(decodeURIComponent(encoded!)).toBe(name.toWellFormed());
			expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
		})
	);
});
