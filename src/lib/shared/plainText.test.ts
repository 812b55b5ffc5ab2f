import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainLines, plainName } from './plainText.ts';

/** Anything, and much of what is feared. */
const hostile = fc.oneof(
	fc.string({ unit: 'binary', maxLength: 80 }),
	fc.string({
		maxLength: 60,
		unit: fc.constantFrom(
			...[
				'a',
				'é',
				'e\u0301',
				'س',
				'ש',
				'က',
				'\u1100',
				'\u1161',
				'😀',
				'👩',
				'\u{1f3f4}',
				' ',
				'\n',
				'\r',
				'\t',
				'\0'
			],
			...['\u0301', '\u0316', '\ufe0f', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u061c', '\u00ad'],
			...[
				'\u202a',
				'\u202e',
				'\u2066',
				'\u2069',
				'\u2028',
				'\u2060',
				'\ufeff',
				'\ufff9',
				'\uffff',
				'\u0085',
				'\u001b'
			],
			...['\ud800', '\udc00', '\u{e0041}', '\u{e0067}', '\u{e007f}', '\u3164', '\u2800', '\u00a0', '\u3000']
		)
	})
);

describe('[S6] [B4] a name', () => {
	test.each([
		['Liam\u202e Chen ', 'Liam Chen'],
		['  two\r\nlines\tand \u00a0 blanks ', 'two lines and blanks'],
		['e\u0301', 'é'],
		['pay\u200bpal\ufeff', 'paypal'],
		['\0\ud800x\udc00', 'x'],
		[`Z${'\u0316'.repeat(10_000)}o`, `Z${'\u0316'.repeat(8)}o`],
		['\u0301Liam', 'Liam'],
		// With nothing to be seen it is no name.
		['\u200d\u3164 \u2800\u{e0041}\u0301', ''],
		// Letters have a direction of their own; joiners and flags are letters too.
		['ליאם כהן', 'ליאם כהן'],
		['حساب التفاضل', 'حساب التفاضل'],
		['می\u200cخواهم', 'می\u200cخواهم'],
		['👩\u200d🔬 Ada 🏴󠁧󠁢󠁷󠁬󠁳󠁿', '👩\u200d🔬 Ada 🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
		['ကြွှေ', 'ကြွှေ']
	])('%j is kept as %j', (typed, kept) => {
		expect(plainName(typed)).toBe(kept);
	});

	test('turns nothing, hides nothing, covers nothing, whatever was typed', () => {
		fc.assert(
			fc.property(hostile, (typed) => {
				const name = plainName(typed);
				expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
				expect(name).not.toMatch(/[\u00ad\u200b\u2060\ufeff]|\p{M}{9}|^\p{M}| {2}|^\s|\s$/u);
				expect(name.isWellFormed()).toBe(true);
				expect(name.normalize('NFC')).toBe(name);
				expect(plainName(name)).toBe(name);
			})
		);
	});

	test('takes no longer for being long', () => {
		for (const unit of ['\u0301', '\u200d', ' ', '\u{e0041}', '\u{1f3f4}\u{e0061}', '\u202e'])
			expect(plainName(`a${unit.repeat(100_000)}b`).length).toBeLessThan(210_000);
	});
});

describe('[S6] [B4] text of several lines', () => {
	test('is what was typed, without what no database keeps', () => {
		expect(plainLines(' one\r\n\ttwo\rthree\0\u0007 \u202eend ')).toBe('one\n\ttwo\nthree \u202eend');
		expect(plainLines(`Z${'\u0316'.repeat(2_000)}`)).toBe(`Z${'\u0316'.repeat(8)}`);
		fc.assert(
			fc.property(hostile, (typed) => {
				const text = plainLines(typed);
				expect(text).not.toMatch(/[^\P{Cc}\n\t]|[\u2028\u2029]|\p{M}{9}/u);
				expect(text.isWellFormed()).toBe(true);
				expect(plainLines(text)).toBe(text);
			})
		);
	});
});
