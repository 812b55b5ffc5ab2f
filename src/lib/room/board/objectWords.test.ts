import { expect, test } from 'vitest';
import { anElement, aStroke, deleted } from '../../shared/boardFixture.ts';
import type { BoardElement, LiveElementOf } from '../../shared/board.ts';
import { colorName } from './colors.ts';
import { describePage } from './objectWords.ts';

const ink = { index: 'a0', strokeColor: '#1e1e1e', strokeWidth: 2 };
const look = { fontSize: 20, fontFamily: 6, lineHeight: 1.35 };
const box = (id: string, x: number, y: number, more: object = {}) =>
	anElement('rectangle', { id, data: { ...ink, x, y, width: 160, height: 120, ...more } });
const text = (id: string, words: string, more: object = {}) =>
	anElement('text', {
		id,
		data: { ...ink, ...look, x: 0, y: 0, width: 50, height: 27, text: words, ...more }
	});
const arrow = (id: string, to: [number, number], more: object = {}): LiveElementOf<'arrow'> =>
	anElement('arrow', { id, data: { ...ink, x: 0, y: 0, points: [[0, 0], to], ...more } });
const words = (elements: BoardElement[]) =>
	describePage(elements, () => 'Maya').map(({ title, detail }) => `${title}: ${detail}`);

test('[X5] a thing is told by what it is, how it looks, where it is and whose it is', () => {
	expect(words([box('a', -480, -300, { strokeColor: '#c92a2a' })])).toEqual([
		'Rectangle: red, top left, by Maya'
	]);
	expect(words([text('t', 'x² = 4\nso x = 2', { x: 300, y: 200 })])).toEqual([
		'Text “x² = 4 so x = 2”: bottom right, by Maya'
	]);
	expect(words([box('a', -300, -200, { width: 600, height: 390 })])).toEqual([
		'Rectangle: large, middle, by Maya'
	]);
	expect(words([box('a', -480, -300, { width: 900, height: 590 })])).toEqual([
		'Rectangle: large, all over the page, by Maya'
	]);
	expect(words([{ ...aStroke('s', 3), data: { ...aStroke('s', 3).data, opacity: 40 } }])).toEqual([
		expect.stringMatching(/^Highlighter stroke: small, middle, by Maya$/)
	]);
});

test('[X5] what is written in a shape belongs to it, and an arrow tells what it connects', () => {
	const sum = box('a', -400, -200, { boundElements: [{ id: 't', type: 'text' }] });
	const label = text('t', 'Sum', { containerId: 'a' });
	const end = (elementId: string) => ({ elementId, focus: 0, gap: 1 });
	const from = arrow('r', [100, 0], { startBinding: end('a'), endBinding: end('b') });
	const list = describePage([from, label, box('b', 300, -200), sum], () => 'you');
	expect(list.map(({ title }) => title)).toEqual([
		'Rectangle “Sum”',
		'Rectangle',
		'Arrow from “Sum” to rectangle'
	]);
	expect(list[0]).toMatchObject({ text: 'Sum', textId: 't' });
	expect(list[1]).toMatchObject({ text: '', textId: null });
	expect(list[2]).toMatchObject({ text: null });
});

test.each([
	[[10, 0], 'right'],
	[[10, 10], 'down right'],
	[[0, 10], 'down'],
	[[-10, 0], 'left'],
	[[0, -10], 'up'],
	[[-10, -9], 'up left']
] as const)('[X5] an arrow to %s points %s', (to, direction) => {
	expect(words([arrow('r', [...to])])[0]).toContain(`Arrow pointing ${direction}:`);
});

test('[X5] row by row from top to bottom, in a row from left to right; what is deleted is not there', () => {
	const list = [box('c', 50, 210), box('b', 300, 5), box('a', 0, 10), deleted(box('d', 0, 0))];
	expect(describePage(list, () => 'Maya').map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('[X5] the second of two texts in one shape is not lost, and neither is one whose shape is gone', () => {
	const one = text('t', 'one', { containerId: 'a' });
	const two = text('u', 'two', { containerId: 'a' });
	const lost = text('v', 'lost', { containerId: 'gone' });
	const titles = describePage([box('a', 0, 0), one, two, lost], () => 'Maya').map(({ title }) => title);
	expect(titles.sort()).toEqual(['Rectangle “one”', 'Text “lost”', 'Text “two”']);
});

test('[X5] colours are called by the nearest name', () => {
	expect(['#c92a2a', '#ff0000', '#1864abff', '#000000', '#ffe100', 'transparent'].map(colorName)).toEqual([
		...['Red', 'Red', 'Blue', 'Black', 'Yellow', 'Black']
	]);
});

test('[X5] a long text is cut in the words for it and whole in the form', () => {
	const [long] = describePage([text('t', 'ab '.repeat(200))], () => 'Maya');
	expect(long!.title.length).toBeLessThan(140);
	expect(long!.text).toHaveLength(600);
});
