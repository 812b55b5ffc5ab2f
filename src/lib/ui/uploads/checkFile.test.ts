import { expect, test } from 'vitest';
import type { Resource, ResourceShelf } from '../../shared/resource.ts';
import { checkFile } from './checkFile.ts';
import type { Upload } from './upload.ts';

const MB = 1024 * 1024;
const stored = (size: number) => ({ id: 'x', name: 'x', size }) as Resource;
const shelf = (...sizes: number[]): ResourceShelf => ({
	resources: sizes.map(stored),
	unfinished: [],
	limits: { perFile: 25 * MB, perSession: 200 * MB }
});
const file = (size: number, name = 'a.pdf') => ({ name, size });
const upload = (size: number, state: Upload['state'], name = 'b.pdf'): Upload => ({
	key: name,
	name,
	size,
	state
});

test('[B5] what the server would refuse is said before it is sent', () => {
	expect(checkFile(file(0), [], shelf())).toBe('It is empty, or a folder.');
	expect(checkFile(file(25 * MB), [], shelf())).toBeNull();
	expect(checkFile(file(26 * MB), [], shelf())).toBe('It has 26 MB; a file may have at most 25 MB.');
	expect(checkFile(file(26 * MB), [], null)).toBeNull();
});

test('[F3] what is there and what is on its way count together', () => {
	const coming = [
		upload(15 * MB, { name: 'waiting' }),
		upload(24 * MB, { name: 'refused', message: '' }, 'c')
	];
	expect(checkFile(file(5 * MB), coming, shelf(180 * MB))).toBeNull();
	expect(checkFile(file(6 * MB), coming, shelf(180 * MB))).toBe(
		'There is room for 5 MB more in this session.'
	);
	expect(checkFile(file(1), [], shelf(200 * MB))).toMatch(/remove one first/);
});

test('[F3] the same file twice is one upload; one that is there in part may be chosen again', () => {
	expect(checkFile(file(9), [upload(9, { name: 'waiting' }, 'a.pdf')], shelf())).toMatch(
		/on its way already/
	);
	expect(checkFile(file(9), [upload(9, { name: 'absent', received: 3 }, 'a.pdf')], shelf())).toBeNull();
});
