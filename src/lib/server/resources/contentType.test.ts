import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentType, servedType, TEXT_TYPE, UNKNOWN_TYPE } from './contentType.ts';

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));

describe('[S6] what a file is, its bytes say', () => {
	test.each([
		['a PNG', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0'), 'image/png'],
		['a PDF', latin('%PDF-1.4\n%\xe2\xe3'), 'application/pdf'],
		['a ZIP', latin('PK\x05\x06' + '\0'.repeat(18)), 'application/zip'],
		['notes', utf8('# Übung 1\n\n- 数学 🙂\n'), TEXT_TYPE],
		['a page', utf8('<!doctype html><script>alert(1)</script>'), TEXT_TYPE],
		['a drawing', utf8('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), TEXT_TYPE],
		['XML', utf8('<?xml version="1.0"?><a/>'), TEXT_TYPE],
		['a script', utf8('#!/bin/sh\nrm -rf /\n'), TEXT_TYPE],
		['bytes', new Uint8Array([0, 1, 2, 3, 255]), UNKNOWN_TYPE],
		['text in a foreign encoding', latin('gr\xfc\xdfe'), UNKNOWN_TYPE],
		['nothing', new Uint8Array(), UNKNOWN_TYPE]
	])('%s', async (_, head, type) => {
		expect(await contentType(head)).toBe(type);
	});

	test.each([
		['for Windows', latin('MZ\x90\0\x03\0\0\0\x04')],
		['for Linux', latin('\x7fELF\x02\x01\x01\0')],
		['for macOS', latin('\xcf\xfa\xed\xfe\x07\0\0\x01')],
		['of a Debian package', latin('!<arch>\ndebian-binary   ')]
	])('[B5] a program %s is refused', async (_, head) => {
		await expect(contentType(head)).rejects.toMatchObject({ reason: 'bad-input' });
	});

	test('a character cut at the end of the looked-at part is no reason to doubt', async () => {
		expect(await contentType(utf8('Übung').subarray(0, 1 + 5))).toBe(TEXT_TYPE);
		expect(await contentType(utf8('ab数').subarray(0, 4))).toBe(TEXT_TYPE);
	});

	test('[B3] whatever the bytes are, the answer is a type a browser runs nothing of, or a refusal', async () => {
		const magic = fc.constantFrom(
			'',
			'\x89PNG\r\n\x1a\n',
			'PK\x03\x04',
			'RIFF',
			'\0\0\0\x18ftyp',
			'<?xml ',
			'ID3'
		);
		await fc.assert(
			fc.asyncProperty(magic, fc.uint8Array({ maxLength: 400 }), async (start, rest) => {
				const head = new Uint8Array(Buffer.concat([Buffer.from(start, 'latin1'), rest]));
				const type = await contentType(head).catch((error: Error) => error.name);
				expect(type).not.toMatch(/html|svg|xml|script|json/);
				if (type !== 'Refusal') expect(servedType(type)).toBe(type);
			}),
			{ numRuns: 300 }
		);
	});
});

test('[S6] what older rows say is served only when it is harmless', () => {
	expect(servedType('image/png')).toBe('image/png');
	for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/javascript', ''])
		expect(servedType(type)).toBe(UNKNOWN_TYPE);
});
