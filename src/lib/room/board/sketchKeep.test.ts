import { expect, test } from 'vitest';
import type { LiveElement } from '../../shared/board.ts';
import { aStroke } from '../../shared/boardFixture.ts';
import { fakeWhiteboard, rectangle } from '../fakes/fakeWhiteboard.ts';
import { hasUnsavedBoard } from './keptIds.ts';

const stroke = (points: number, version = points): LiveElement => ({
	...aStroke('s', points),
	pageId: 'first',
	version
});

/** Somebody draws with others there, and their browser is killed: nothing says goodbye. */
async function killed(points: number) {
	const { clock, server, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	maya.board.sketch([stroke(10)]);
	maya.board.sketch([stroke(points)]);
	await clock.advance(100);
	maya.link.end();
	return { clock, server, enter, maya, liam };
}

test('[X3] [T8] what was being drawn when the browser was killed is there once when its person is back, on all sides', async () => {
	const { clock, server, enter, maya, liam } = await killed(40);
	expect(hasUnsavedBoard(maya.storage, 'demo-lesson', 'maya')).toBe(true);
	const again = enter('maya', maya.storage, maya.bytes);
	await clock.advance(1_000);
	for (const { board } of [again, liam]) {
		expect(board.elementsOn('first').map(({ id }) => id)).toEqual(['s']);
		expect(board.current('s')).toMatchObject({ data: { points: { length: 40 } } });
	}
	expect(again.board.state()).toMatchObject({ saving: 'saved', canUndo: true });
	expect([...server.elements.keys()].sort()).toEqual(['first', 's']);
	expect(maya.bytes.kept.size).toBe(0);
	expect(hasUnsavedBoard(maya.storage, 'demo-lesson', 'maya')).toBe(false);
});

test('[X3] one too long for one element is there once as well', async () => {
	const { clock, enter, maya, liam } = await killed(5_000);
	const again = enter('maya', maya.storage, maya.bytes);
	await clock.advance(1_000);
	const points = (board: typeof again.board) =>
		board
			.elementsOn('first')
			.reduce((sum, { data }) => sum + (data as { points: unknown[] }).points.length, 0);
	const pieces = liam.board.elementsOn('first').length;
	expect(pieces).toBeGreaterThan(1);
	for (const { board } of [again, liam]) expect(points(board)).toBe(5_000 + pieces - 1);
});

test('[X3] what was finished, moved or deleted after all is not brought back', async () => {
	const { clock, enter, maya, liam } = await killed(40);
	// Another page of the same person has what came of it.
	liam.board.change([stroke(60)], true);
	await clock.advance(100);
	const again = enter('maya', maya.storage, maya.bytes);
	await clock.advance(1_000);
	for (const { board } of [again, liam])
		expect(board.current('s')).toMatchObject({ version: 60, data: { points: { length: 60 } } });
	expect(again.board.state().canUndo).toBe(false);
	expect(maya.bytes.kept.size).toBe(0);
});

test('[X3] what is finished or given up is kept as a sketch no longer; a new one is not lost to the one before', async () => {
	const { clock, enter, maya } = await killed(40);
	const again = enter('maya', maya.storage, maya.bytes);
	again.board.sketch([rectangle('new', 1)]);
	await clock.advance(1_000);
	expect(again.board.elementsOn('first').map(({ id }) => id)).toEqual(['s']);
	const textOf = async () => Promise.all([...again.bytes.kept.values()].map((blob) => blob.text()));
	expect((await textOf()).join()).toContain('"new"');
	again.board.sketch([]);
	await clock.advance(100);
	expect(again.bytes.kept.size).toBe(0);
});
