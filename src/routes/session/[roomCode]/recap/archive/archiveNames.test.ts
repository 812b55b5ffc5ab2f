import fc from 'fast-check';
import { expect, test } from 'vitest';
import { archiveNames } from './archiveNames.ts';

test('[F6] files that share a name stay apart, and keep their ending', () => {
	expect(archiveNames(['a.txt', 'A.txt', 'a.txt', 'a (2).txt', 'b'])).toEqual([
		...['a.txt', 'A (2).txt', 'a (3).txt', 'a (2) (2).txt', 'b']
	]);
});

test.each([
	['../../etc/passwd', 'etc passwd'],
	['CON.txt', '_CON.txt'],
	['nul', '_nul'],
	['', 'file'],
	['...', 'file'],
	['a\u202Egpj.exe', 'agpj.exe'],
	[`${'n'.repeat(300)}.pdf`, `${'n'.repeat(120)}.pdf`]
])('[B4] %j becomes %j', (given, made) => {
	expect(archiveNames([given])).toEqual([made]);
});

test('[B4] whatever files are called: every system can write the names, and each is there once', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 12 }), (names) => {
			const made = archiveNames(names);
			expect(made).toHaveLength(names.length);
			expect(new Set(made.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(names.length);
			for (const name of made) {
				expect(name).not.toMatch(/[\p{Cc}\\/:*?"<>|\u202E]|^[. ]|[. ]$|^$/u);
				expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
				expect(name.length).toBeLessThan(150);
				expect(name.isWellFormed()).toBe(true);
			}
		})
	);
});
