import { expect, test } from 'vitest';
import { formNote, hiddenWords } from './feedbackWords.ts';

const person = { userId: 'l', name: 'Liam Chen', role: 'learner' as const };
const revealsAt = Date.UTC(2026, 11, 4, 23, 30);
const waiting = { person, mine: null, theirs: null, revealsAt };

test('[F4] who sees what when is said with the day in one’s own time zone', () => {
	expect(hiddenWords(waiting, 'UTC')).toBe(
		'Liam Chen sees it when they have rated you too, or on 4 December.'
	);
	expect(hiddenWords(waiting, 'Europe/Berlin')).toContain('or on 5 December.');
	expect(formNote([waiting], 'UTC')).toContain('or until 4 December. Until then you can change it.');
});

test('[F4] when the time has come nothing is promised that is over', () => {
	const late = { ...waiting, revealsAt: null };
	expect(formNote([late], 'UTC')).toBe('What you write is shown at once and cannot be changed any more.');
	expect(hiddenWords(late, 'UTC')).toBe('Liam Chen sees it in a moment.');
});
