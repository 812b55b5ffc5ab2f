import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	batchInWords,
	inWords,
	isBusy,
	percentOf,
	timeLeft,
	type Upload,
	type UploadState
} from './upload.ts';

const MB = 1024 * 1024;
const upload = (state: UploadState, size = 25 * MB): Upload => ({ key: 'k', name: 'photo.pdf', size, state });

test('[F3] how far a file is, in words', () => {
	const cases: [UploadState, string][] = [
		[{ name: 'waiting' }, '25 MB, waiting'],
		[{ name: 'sending', sent: 12 * MB, secondsLeft: 19 }, '12 of 25 MB, about 20 s left'],
		[{ name: 'sending', sent: 12 * MB, secondsLeft: null }, '12 of 25 MB'],
		[{ name: 'sending', sent: 300 * 1024, secondsLeft: 200 }, '300 kB of 25 MB, about 3 min left'],
		[{ name: 'paused', sent: 5 * MB }, 'Paused at 5 of 25 MB'],
		[{ name: 'stalled', sent: 5 * MB, message: 'No connection.' }, '5 of 25 MB. No connection.'],
		[{ name: 'absent', received: 10 * MB }, '40 % of 25 MB is there – choose the same file again to go on'],
		[{ name: 'elsewhere' }, '25 MB, being sent in another tab'],
		[{ name: 'refused', message: 'It is empty.' }, 'It is empty.']
	];
	for (const [state, words] of cases) expect(inWords(upload(state))).toBe(words);
});

test('[F3] a hundred per cent is said only when all is there', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 200 * MB }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(size, part) => {
				const sent = Math.floor(size * part);
				const percent = percentOf(upload({ name: 'paused', sent }, size));
				expect(percent === 100).toBe(sent === size);
				expect(percent).toBeGreaterThanOrEqual(0);
			}
		)
	);
});

test('[F3] the time left does not flicker', () => {
	expect([0, 4, 5, 12, 33, 57, 58, 89, 91, 600].map(timeLeft)).toEqual([
		'a few seconds left',
		'a few seconds left',
		'about 5 s left',
		'about 10 s left',
		'about 35 s left',
		'about 55 s left',
		'about 1 min left',
		'about 1 min left',
		'about 2 min left',
		'about 10 min left'
	]);
});

test('[Y2] a batch is summed up once', () => {
	expect(batchInWords(['a.pdf'], [])).toBe('a.pdf is uploaded.');
	expect(batchInWords(['a', 'b', 'c'], ['d'])).toBe('3 files are uploaded. d is not uploaded.');
	expect(batchInWords([], ['a', 'b'])).toBe('2 files are not uploaded.');
});

test('[F3] leaving breaks off only what is on its way', () => {
	const busy = (['waiting', 'elsewhere'] as const).map((name) => isBusy(upload({ name })));
	expect(busy).toEqual([true, false]);
	expect(isBusy(upload({ name: 'paused', sent: 1 }))).toBe(false);
	expect(isBusy(upload({ name: 'stalled', sent: 1, message: '' }))).toBe(true);
});
