import { expect, test } from 'vitest';
import type { LiveElement, LiveElementOf } from '../../shared/board.ts';
import { anElement, aStroke } from '../../shared/boardFixture.ts';
import { fakeWhiteboard } from '../fakes/fakeWhiteboard.ts';
import type { Board } from './boardState.ts';

const long = (points: number, version: number): LiveElementOf<'freedraw'> => ({
	...aStroke('s', points),
	pageId: 'first',
	version
});
const strokes = (board: Board) => board.elementsOn('first') as LiveElementOf<'freedraw'>[];
const points = (board: Board) => strokes(board).reduce((sum, { data }) => sum + data.points.length, 0);

async function drawn(...states: LiveElement[]) {
	const { clock, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	for (const state of states) {
		maya.board.change([state], true);
		await clock.advance(300);
	}
	return { clock, maya, liam };
}

test('[X3] a stroke that is put on the board while it is drawn, and again when it is longer, is there once', async () => {
	for (const lengths of [
		[100, 5_000],
		[5_000, 9_000],
		[3_000, 5_000, 9_000]
	]) {
		const { maya, liam } = await drawn(...lengths.map((length) => long(length, length)));
		for (const { board } of [maya, liam]) {
			expect(points(board)).toBe(lengths.at(-1)! + strokes(board).length - 1);
			expect(board.state().refusal).toBeNull();
		}
	}
});

test('[X3] the first piece of a long stroke, made so large that it is too long again, costs none of the others', async () => {
	const { clock, maya, liam } = await drawn(long(5_000, 5_000));
	const before = points(maya.board);
	const first = maya.board.current('s') as LiveElementOf<'freedraw'>;
	const large = first.data.points.map(([x, y]): [number, number] => [x * 99.37, y * 99.37]);
	const grown = { ...first, version: first.version + 1, data: { ...first.data, points: large } };
	maya.board.change([grown], true);
	await clock.advance(300);
	for (const { board } of [maya, liam]) expect(points(board)).toBe(before + 1);
	maya.board.undo();
	await clock.advance(300);
	for (const { board } of [maya, liam]) expect(points(board)).toBe(before);
});

test('[X2] [X3] a text that no element can hold is on everybody’s board, in several, and is one action', async () => {
	const { data } = anElement('text', { id: 't' });
	const text = Array.from({ length: 300 }, (_, nth) => `${nth} 數學 and what else is written here`).join(
		'\n'
	);
	const { clock, maya, liam } = await drawn(
		anElement('text', { id: 't', pageId: 'first', data: { ...data, text } })
	);
	const written = (board: Board) =>
		(board.elementsOn('first') as LiveElementOf<'text'>[])
			.sort((a, b) => a.data.y - b.data.y)
			.map((one) => one.data.text)
			.join('\n');
	for (const { board } of [maya, liam]) expect(written(board)).toBe(text);
	maya.board.undo();
	await clock.advance(300);
	expect(liam.board.elementsOn('first')).toEqual([]);
});
