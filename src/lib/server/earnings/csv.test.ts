import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from './csvFixture.ts';
import { csvRecord } from './csv.ts';

test('[F7] cells with commas, quotes and line ends are quoted', () => {
	expect(csvRecord(['a', 'b,c', 'say "hi"', 'two\nlines', '', { number: '45.00' }])).toBe(
		'a,"b,c","say ""hi""","two\nlines",,45.00\r\n'
	);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '\uFEFF=1'])(
	'[S6] [F7] %j is made harmless',
	(text) => {
		const [[cell] = []] = readCsv(csvRecord([text]));
		expect(cell).toBe(`'${text}`);
	}
);

test('[S6] [F7] where cells end at semicolons too, nothing in a text becomes a cell that runs', () => {
	expect(csvRecord(['Fractions;=1+1', 'Liam; =HYPERLINK(A1)', 'one; two'])).toBe(
		`"Fractions;'=1+1","Liam;' =HYPERLINK(A1)","one; two"\r\n`
	);
	fc.assert(
		fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (row) => {
			// As a program reads it that knows no comma: a quote inside of a line is a sign like any other.
			for (const read of csvRecord(row).split(';').slice(1))
				expect(read.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/u);
		})
	);
});

test('[F7] numbers are numbers', () => {
	expect(csvRecord([{ number: '0.05' }, '-5'])).toBe("0.05,'-5\r\n");
});

const cell = fc.oneof(
	fc.string(),
	fc.string({ unit: 'grapheme' }),
	fc.string({
		unit: fc.constantFrom('"', ',', ';', '\r', '\n', '\t', '=', '+', '-', '@', "'", ' ', 'ä', '；')
	})
);

test('[F7] whatever is written is read again by any reader of RFC 4180', () => {
	fc.assert(
		fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1 }), (rows) => {
			const read = readCsv(rows.map((row) => csvRecord(row)).join(''));
			expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
			for (const [nth, row] of rows.entries())
				for (const [place, text] of row.entries())
					expect(read[nth]![place]?.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
		})
	);
});

test('[S6] [F7] no cell begins with what a spreadsheet would run', () => {
	fc.assert(
		fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (row) => {
			for (const read of readCsv(csvRecord(row))[0]!)
				expect(read.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/u);
		})
	);
});
