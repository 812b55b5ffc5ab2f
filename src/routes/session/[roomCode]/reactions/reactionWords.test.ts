import { expect, test } from 'vitest';
import { reactionWords } from './reactionWords.ts';

const NAMES: Record<string, string> = { liam: 'Liam Chen', aisha: 'Aisha Rahman' };
const words = (...given: ['liam' | 'aisha', 'thumbs' | 'clap'][]) =>
	reactionWords(
		given.map(([userId, reaction]) => ({ userId, reaction })),
		(userId) => NAMES[userId] ?? ''
	);

test('[M4] a wave of reactions is one sentence, and nobody is named twice for the same', () => {
	expect(words(['liam', 'thumbs'])).toBe('Liam: Thumbs up');
	expect(words(['liam', 'clap'], ['aisha', 'clap'], ['liam', 'clap'], ['liam', 'thumbs'])).toBe(
		'Liam and Aisha: Clapping. Liam: Thumbs up'
	);
});
