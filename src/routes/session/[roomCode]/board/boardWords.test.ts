import { expect, test } from 'vitest';
import type { BoardState } from '$lib/room/board/boardState.ts';
import { pageName, savingWords } from './boardWords.ts';

const STATE = { loaded: true, saving: 'saved', unsaved: 0, kept: true } as BoardState;

test('[X3] what the server does not have yet is said so', () => {
	expect(savingWords(STATE)).toBe('Saved');
	expect(savingWords({ ...STATE, loaded: false })).toBe('Loading…');
	expect(savingWords({ ...STATE, saving: 'saving', unsaved: 2 })).toBe('Saving…');
	expect(savingWords({ ...STATE, saving: 'waiting', unsaved: 1 })).toBe(
		'Not saved yet: 1 change kept on this device'
	);
	expect(savingWords({ ...STATE, saving: 'waiting', unsaved: 2, kept: false })).toBe(
		'Not saved yet: 2 changes. Keep this page open: this device has no room for them'
	);
	expect(savingWords({ ...STATE, saving: 'locked', unsaved: 3 })).toContain('3 changes wait until');
	expect(savingWords({ ...STATE, saving: 'locked', unsaved: 1 })).toContain('1 change waits until');
});

test('[X2] a page is called by its title or its number', () => {
	expect(pageName('', 2)).toBe('Page 2');
	expect(pageName('Fractions', 3)).toBe('Page 3: Fractions');
});
