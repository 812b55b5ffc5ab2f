import { afterEach, expect, test, vi } from 'vitest';
import { createDraft } from './draft.svelte.ts';

afterEach(() => vi.unstubAllGlobals());

test('[P10] what was typed outlives the page, for the same person in the same room', () => {
	const kept = new Map<string, string>();
	vi.stubGlobal('sessionStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, text: string) => kept.set(key, text),
		removeItem: (key: string) => kept.delete(key)
	});
	createDraft('room', 'liam').text = 'half a thought';
	expect(createDraft('room', 'liam').text).toBe('half a thought');
	expect(createDraft('room', 'omar').text).toBe('');
	expect(createDraft('other', 'liam').text).toBe('');
	createDraft('room', 'liam').text = '';
	expect(kept.size).toBe(0);
});

test('where storage is forbidden the text is only forgotten at the next reload', () => {
	const draft = createDraft('room', 'liam');
	draft.text = 'half a thought';
	expect(draft.text).toBe('half a thought');
});
