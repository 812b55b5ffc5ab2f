import { expect, test } from 'vitest';
import { FIRST_PEN, laysDownHighlighter, takeUp } from './penCase.ts';

test('[X2] the highlighter begins yellow, and it and all other tools keep their colours beside each other', () => {
	const { pen } = FIRST_PEN;
	const marking = takeUp(FIRST_PEN, { ...pen, tool: 'highlighter' });
	expect(marking.pen).toMatchObject({ tool: 'highlighter', color: '#f5b800' });
	const green = takeUp(marking, { ...marking.pen, color: '#2b8a3e' });
	const drawing = takeUp(green, { ...green.pen, tool: 'line' });
	expect(drawing.pen).toMatchObject({ tool: 'line', color: '#1e1e1e' });
	const red = takeUp(drawing, { ...drawing.pen, color: '#c92a2a' });
	const again = takeUp(red, { ...red.pen, tool: 'highlighter', width: 4 });
	expect(again.pen).toMatchObject({ color: '#2b8a3e', width: 4 });
	expect(takeUp(again, { ...again.pen, tool: 'text' }).pen.color).toBe('#c92a2a');
});

test('[X2] only a highlighter that gave way to another tool is laid down', () => {
	const marking = takeUp(FIRST_PEN, { ...FIRST_PEN.pen, tool: 'highlighter' });
	expect(laysDownHighlighter(marking, 'rectangle')).toBe(true);
	expect(laysDownHighlighter(marking, 'highlighter')).toBe(false);
	expect(laysDownHighlighter(marking, null)).toBe(false);
	expect(laysDownHighlighter(FIRST_PEN, 'rectangle')).toBe(false);
});
