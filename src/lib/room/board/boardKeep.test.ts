import { expect, test } from 'vitest';
import { fakeStorage } from '../fakes/fakeStorage.ts';
import { rectangle } from '../fakes/fakeWhiteboard.ts';
import { createBoardKeep } from './boardKeep.ts';
import { hasUnsavedBoard } from './keptIds.ts';

const ROOM = 'demo-lesson';
const open = (storage = fakeStorage(), userId = 'maya') => createBoardKeep(storage, ROOM, userId);
const ids = (keep: ReturnType<typeof open>) =>
	keep
		.elements()
		.map(({ id }) => id)
		.sort();

test('[T3] two tabs of one person keep things beside each other, and neither forgets what is the other’s', () => {
	const storage = fakeStorage();
	const [one, other] = [open(storage), open(storage)];
	one.keep(rectangle('a', 1));
	other.keep(rectangle('b', 1));
	one.forget(rectangle('a', 1));
	expect(ids(open(storage))).toEqual(['b']);
	one.keep(rectangle('c', 1));
	other.forget(rectangle('b', 1));
	expect(ids(open(storage))).toEqual(['c']);
	expect(hasUnsavedBoard(storage, ROOM, 'maya')).toBe(true);
	other.forget(rectangle('c', 1));
	expect(hasUnsavedBoard(storage, ROOM, 'maya')).toBe(false);
});

test('[X3] of two states the newer one stays kept, whichever tab has it', () => {
	const storage = fakeStorage();
	const [one, other] = [open(storage), open(storage)];
	other.keep(rectangle('a', 5, 3));
	one.keep(rectangle('a', 1, 2));
	one.forget(rectangle('a', 1, 2));
	expect(open(storage).elements()).toEqual([rectangle('a', 5, 3)]);
});

test('[E1] what one person keeps is nothing to whoever signs in after them', () => {
	const storage = fakeStorage();
	open(storage, 'maya').keep(rectangle('a', 1));
	expect(ids(open(storage, 'may'))).toEqual([]);
	expect(hasUnsavedBoard(storage, ROOM, 'liam')).toBe(false);
});

test('[X3] where there is no room left it says so, until the server has what was not kept', () => {
	const storage = fakeStorage();
	const keep = open(storage);
	keep.keep(rectangle('a', 1));
	storage.full = true;
	keep.keep(rectangle('b', 1));
	expect(keep.holdsAll()).toBe(false);
	keep.keep(rectangle('a', 7, 2));
	keep.forget(rectangle('b', 1));
	expect(keep.holdsAll()).toBe(false);
	// What is kept of it is older than what the server has now.
	keep.forget(rectangle('a', 7, 2));
	expect(keep.holdsAll()).toBe(true);
	expect(ids(open(storage))).toEqual([]);
});
