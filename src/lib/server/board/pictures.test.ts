import { expect, test } from 'vitest';
import { readPicture } from './pictures.ts';

const bytes = (...parts: (string | number[])[]) =>
	new Uint8Array(
		parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part))
	);

const PNG = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 128, 0, 0, 1, 224]);
const GIF = bytes('GIF89a', [0x80, 2, 0xe0, 1]);
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xff, 0xc2, 0, 11, 8, 1, 224, 2, 128, 3]);
const riff = (...parts: (string | number[])[]) => bytes('RIFF', [0, 0, 0, 0], 'WEBP', ...parts);
const LOSSY = riff('VP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x80, 2, 0xe0, 1]);
const LOSSLESS = riff('VP8L', [0, 0, 0, 0, 0x2f, 0x7f, 0xc2, 0x77, 0]);
const EXTENDED = riff('VP8X', [0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]);

test.each([
	['image/png', PNG],
	['image/gif', GIF],
	['image/jpeg', JPEG],
	['image/webp', LOSSY],
	['image/webp', LOSSLESS],
	['image/webp', EXTENDED]
] as const)('[X2] %s is known with its size by its first bytes', (type, head) => {
	expect(readPicture(head)).toEqual({ type, width: 640, height: 480 });
});

test.each([
	['a page', bytes('<!doctype html><script>alert(1)</script>')],
	['a drawing that may hold a script', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
	['a PDF', bytes('%PDF-1.7')],
	['a sound', riff('WAVEfmt ').fill(0x57, 8, 12)],
	['nothing', bytes()],
	['a part of a signature', bytes('\x89PN')]
])('[S6] %s is no picture', (_, head) => {
	expect(readPicture(head)).toBeNull();
});

test('[S6] pictures cut off anywhere are read without harm', () => {
	for (const whole of [PNG, GIF, JPEG, LOSSY, LOSSLESS, EXTENDED]) {
		for (let length = 0; length < whole.length; length += 1) {
			const picture = readPicture(whole.subarray(0, length));
			expect(picture === null || picture.width === undefined || picture.width === 640).toBe(true);
		}
	}
	expect(readPicture(bytes([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0xff, 0xc0]))).toEqual({ type: 'image/jpeg' });
});
