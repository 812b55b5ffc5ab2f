import { afterEach, expect, test, vi } from 'vitest';
import { createFeedbackDrafts } from './feedbackDraft.ts';

const draft = { stars: 4, comment: 'half a thought', connectionToBlame: true };
afterEach(() => vi.unstubAllGlobals());

function stubStorage(): Map<string, string> {
	const kept = new Map<string, string>();
	vi.stubGlobal('sessionStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, text: string) => kept.set(key, text),
		removeItem: (key: string) => kept.delete(key)
	});
	return kept;
}

test('[F3] what was said about somebody outlives the page until it is saved, for the same person in the same room', () => {
	const kept = stubStorage();
	createFeedbackDrafts('room', 'liam').keep('maya', draft);
	expect(createFeedbackDrafts('room', 'liam').of('maya')).toEqual(draft);
	expect(createFeedbackDrafts('room', 'omar').of('maya')).toBeNull();
	expect(createFeedbackDrafts('other', 'liam').of('maya')).toBeNull();
	createFeedbackDrafts('room', 'liam').keep('maya', null);
	expect(kept.size).toBe(0);
});

test('what a storage holds that nobody here wrote is taken for nothing', () => {
	const kept = stubStorage();
	for (const text of ['', '{', '7', '"x"', '[]', '{"stars":9,"comment":7,"connectionToBlame":"yes"}']) {
		kept.set('peerlearn.feedback.room.liam.maya', text);
		const read = createFeedbackDrafts('room', 'liam').of('maya');
		expect(read === null || (read.stars === null && read.comment === '')).toBe(true);
	}
});

test('where storage is forbidden nothing fails', () => {
	const drafts = createFeedbackDrafts('room', 'liam');
	expect(() => drafts.keep('maya', draft)).not.toThrow();
	expect(drafts.of('maya')).toBeNull();
});
