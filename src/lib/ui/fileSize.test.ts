import { expect, test } from 'vitest';
import { formatBytes } from './fileSize.ts';

test('[F6] file sizes are told in words', () => {
	const sizes = [0, 840, 1_024, 12_400, 1_048_575, 3_400_000, 25 * 1_048_576, 200 * 1_048_576];
	expect(sizes.map(formatBytes)).toEqual([
		'0 B',
		'840 B',
		'1 kB',
		'12 kB',
		'1 MB',
		'3.2 MB',
		'25 MB',
		'200 MB'
	]);
});
