import { expect, test } from 'vitest';
import { readByteRange } from './byteRange.ts';

test('[F3] one part of a file, as RFC 9110 has it', () => {
	expect(readByteRange('bytes=0-4', 10)).toEqual({ from: 0, to: 4 });
	expect(readByteRange('bytes=4-', 10)).toEqual({ from: 4, to: 9 });
	expect(readByteRange('bytes=4-99', 10)).toEqual({ from: 4, to: 9 });
	expect(readByteRange('bytes=-3', 10)).toEqual({ from: 7, to: 9 });
	expect(readByteRange('bytes=-30', 10)).toEqual({ from: 0, to: 9 });
});

test('[B1] what makes no sense gets the whole file', () => {
	const odd = [
		null,
		'',
		'bytes=',
		'bytes=-',
		'bytes=5-2',
		'bytes=10-',
		'bytes=-0',
		'lines=1-2',
		'bytes=0-1,3-4'
	];
	for (const header of [...odd, `bytes=${'9'.repeat(400)}-`]) expect(readByteRange(header, 10)).toBeNull();
});
