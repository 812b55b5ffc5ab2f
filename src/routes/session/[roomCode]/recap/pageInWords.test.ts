import { expect, test } from 'vitest';
import { anElement, aStroke, deleted } from '$lib/shared/boardFixture.ts';
import { pageInWords } from './pageInWords.ts';

test('[X5] a page is told in words: what is on it, how often, and what is written there', () => {
	const text = anElement('text', { id: 't' });
	const page = [aStroke('a', 2), aStroke('b', 2), anElement('image', { id: 'c' }), text];
	expect(pageInWords(page)).toBe('2 pen strokes, 1 picture. Text: “x² = 4”');
	expect(pageInWords([...page.slice(0, 1), deleted(text)])).toBe('1 pen stroke');
	const marked = { ...aStroke('m', 2), data: { ...aStroke('m', 2).data, opacity: 40 } };
	expect(pageInWords([anElement('line', { id: 'l' }), marked, ...page])).toBe(
		'1 highlighter stroke, 2 pen strokes, 1 line, 1 picture. Text: “x² = 4”'
	);
	expect(pageInWords([text])).toBe('Text: “x² = 4”');
	expect(pageInWords([])).toBe('');
});
