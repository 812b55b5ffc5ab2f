import { expect, test } from 'vitest';
import type { BoardView } from '../../shared/boardInk.ts';
import type { LiveElement } from '../../shared/board.ts';
import { fakeWhiteboard, rectangle } from '../fakes/fakeWhiteboard.ts';
import type { Board } from './boardState.ts';

const on = (board: Board) =>
	board
		.elementsOn('first')
		.map(({ id }) => id)
		.sort();

test('[X3] what one draws is on the other board and on the server', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	maya.board.change([rectangle('a', 1)], true);
	expect(maya.board.state()).toMatchObject({ saving: 'saving', unsaved: 2 });
	await clock.advance(100);
	expect(on(liam.board)).toEqual(['a']);
	expect(maya.board.state()).toMatchObject({ saving: 'saved', unsaved: 0 });
	expect(server.elements.size).toBe(2);
});

test('[X3] what is drawn offline survives a reload and arrives later', async () => {
	const { clock, enter } = fakeWhiteboard();
	const liam = enter('liam');
	const maya = enter('maya');
	await clock.advance(100);
	maya.link.cut();
	maya.board.change([rectangle('a', 1), rectangle('b', 2)], true);
	await clock.advance(60_000);
	expect(maya.board.state().saving).toBe('waiting');
	maya.close();
	const again = enter('maya', maya.storage);
	expect(on(again.board)).toEqual(['a', 'b']);
	await clock.advance(1_000);
	expect(on(liam.board)).toEqual(['a', 'b']);
	expect(again.board.state().saving).toBe('saved');
	again.close();
	expect(enter('maya', maya.storage).board.state().unsaved).toBe(0);
});

test('[X3] an answer that got lost costs nothing: it is sent again', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const maya = enter('maya');
	await clock.advance(10);
	maya.link.loseAnswers = true;
	maya.board.change([rectangle('a', 1)], true);
	await clock.advance(3_000);
	maya.link.loseAnswers = false;
	await clock.advance(6_000);
	expect(maya.board.state().saving).toBe('saved');
	expect(server.elements.get('a')).toMatchObject({ version: 1 });
});

test('[X3] much that waits goes out in messages of a size the server takes', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const maya = enter('maya');
	maya.link.cut();
	maya.board.change(
		Array.from({ length: 400 }, (_, n) => rectangle(`r${n}`, n)),
		true
	);
	maya.link.restore();
	await clock.advance(10_000);
	expect(server.elements.size).toBe(401);
	expect(Math.max(...server.puts)).toBeLessThanOrEqual(50);
});

test('[X2] what the server refuses goes back to what it was, and the rest arrives', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const maya = enter('maya');
	maya.board.change([rectangle('bad', 1)], true);
	await clock.advance(100);
	server.refuses.set('bad', 'bad-input');
	const moved = rectangle('bad', 99, 2);
	maya.board.change([rectangle('a', 1), moved, rectangle('b', 1)], true);
	await clock.advance(1_000);
	expect([...server.elements.keys()].sort()).toEqual(['a', 'b', 'bad', 'first']);
	expect(maya.board.current('bad')).toMatchObject({ version: 1, data: { x: 1 } });
	expect(maya.board.state()).toMatchObject({ saving: 'saved', refusal: { text: 'Refused: bad-input' } });
	for (let left = 2; left > 0; left -= 1) maya.board.undo();
	expect(on(maya.board)).toEqual([]);
	expect(maya.board.state()).toMatchObject({ canUndo: false, canRedo: true });
});

test('[X2] the lock keeps learners from drawing, and what they drew before is delivered after it', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	liam.link.cut();
	liam.board.change([rectangle('a', 1)], true);
	maya.board.setLocked(true);
	await clock.advance(100);
	liam.link.restore();
	await clock.advance(1_000);
	expect(liam.board.state()).toMatchObject({ mayDraw: false, saving: 'locked', unsaved: 2 });
	expect(liam.board.state().refusal!.text).toMatch(
		/^The mentor has locked the board\. What you drew stays here/
	);
	expect(on(liam.board)).toEqual(['a']);
	expect(server.elements.has('a')).toBe(false);
	maya.board.setLocked(false);
	await clock.advance(6_000);
	expect(on(maya.board)).toEqual(['a']);
});

test('[X2] [T3] a stroke that the lock meets half-way is kept, said to wait, and arrives after the lock', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	maya.board.setLocked(true);
	await clock.advance(100);
	expect(liam.board.state().refusal).toBeNull();
	liam.board.change([rectangle('a', 1)], true);
	await clock.advance(60_000);
	expect(liam.board.state()).toMatchObject({ saving: 'locked', refusal: { id: 1 } });
	liam.close();
	const again = enter('liam', liam.storage);
	await clock.advance(100);
	expect(on(again.board)).toEqual(['a']);
	expect(server.elements.has('a')).toBe(false);
	maya.board.setLocked(false);
	await clock.advance(6_000);
	expect(on(maya.board)).toEqual(['a']);
});

test('[X2] of two clicks on the lock without a connection the later one is meant', async () => {
	for (let turn = 0; turn < 8; turn += 1) {
		const { clock, server, enter } = fakeWhiteboard();
		const maya = enter('maya');
		maya.link.cut();
		maya.board.setLocked(true);
		await clock.advance(turn * 700);
		maya.board.setLocked(false);
		await clock.advance(turn * 300);
		maya.link.restore();
		await clock.advance(60_000);
		expect(server.locked).toBe(false);
	}
});

test('[X2] undo and redo travel like anything else, and a clear comes back', async () => {
	const { clock, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	maya.board.change([rectangle('a', 1)], true);
	liam.board.change([rectangle('b', 2)], true);
	await clock.advance(500);
	liam.board.clear();
	await clock.advance(500);
	expect(on(maya.board)).toEqual([]);
	liam.board.undo();
	await clock.advance(500);
	expect(on(maya.board)).toEqual(['a', 'b']);
	liam.board.undo();
	await clock.advance(500);
	expect(on(maya.board)).toEqual(['a']);
	liam.board.redo();
	liam.board.redo();
	await clock.advance(500);
	expect(on(maya.board)).toEqual([]);
});

test('[X2] what is dragged in many steps is one action', async () => {
	const { clock, enter } = fakeWhiteboard();
	const { board } = enter('maya');
	board.change([rectangle('a', 1)], true);
	for (let step = 2; step < 9; step += 1) {
		board.change([rectangle('a', step, step)], step === 8);
		await clock.advance(200);
	}
	board.undo();
	expect((board.current('a') as LiveElement).data).toMatchObject({ x: 1 });
});

test('[X2] pages: everybody begins on the same one, and goes on beside one that is deleted', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	maya.board.change([rectangle('a', 1)], true);
	liam.board.change([rectangle('b', 1)], true);
	await clock.advance(500);
	expect([...server.elements.keys()].sort()).toEqual(['a', 'b', 'first']);
	maya.board.addPage('squared');
	await clock.advance(500);
	const { pages, pageId } = maya.board.state();
	expect(pages.map(({ template }) => template)).toEqual(['blank', 'squared']);
	expect(pageId).toBe(pages[1]!.id);
	liam.board.goTo(pageId);
	maya.board.deletePage(pageId);
	await clock.advance(500);
	expect(liam.board.state().pageId).toBe('first');
	maya.board.undo();
	await clock.advance(500);
	expect(liam.board.state().pages).toHaveLength(2);
});

test('[X3] a server that was restored from a backup gets back what it lost', async () => {
	const { clock, server, enter } = fakeWhiteboard();
	const maya = enter('maya');
	maya.board.change([rectangle('a', 1)], true);
	await clock.advance(500);
	const { seq } = server;
	maya.board.change([rectangle('a', 5, 2), rectangle('b', 1)], true);
	await clock.advance(500);
	maya.link.cut();
	server.restoreTo(seq);
	maya.link.restore();
	await clock.advance(5_000);
	expect(server.elements.get('a')).toMatchObject({ version: 2 });
	expect(server.elements.has('b')).toBe(true);
	expect(maya.board.state().saving).toBe('saved');
});

test('[X3] the finished element takes the place of the stroke that was drawn', async () => {
	const { clock, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	const pen = { strokeId: 'a', pageId: 'first', kind: 'pen', color: '#000000', width: 1 } as const;
	maya.board.draw({ ...pen, length: 5, pointAt: (at) => [at, at, 0.5] });
	await clock.advance(60);
	expect(liam.board.shadows().get('a')!.points).toHaveLength(15);
	expect(liam.board.state().cursors).toMatchObject([{ name: 'maya', x: 4, y: 4 }]);
	maya.board.endStroke('a', true);
	maya.board.change([rectangle('a', 1)], true);
	await clock.advance(200);
	expect(liam.board.shadows().size).toBe(0);
	expect(on(liam.board)).toEqual(['a']);
});

test('[X2] cursors have names and go with their people; who follows looks where the other looks', async () => {
	const { clock, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	await clock.advance(100);
	maya.board.addPage('blank');
	await clock.advance(500);
	const { pageId } = maya.board.state();
	maya.board.point({ pageId, x: 3, y: 4, tool: 'pen' });
	maya.board.look({ pageId, x: 10, y: 20, zoom: 2 });
	await clock.advance(100);
	expect(liam.board.state().cursors).toEqual([]);
	const looks: number[] = [];
	liam.board.onLook(({ x }) => looks.push(x));
	liam.board.follow('maya');
	expect(looks).toEqual([10]);
	expect(liam.board.state()).toMatchObject({ pageId, following: 'maya', cursors: [{ name: 'maya', x: 3 }] });
	maya.close();
	await clock.advance(1_000);
	expect(liam.board.state().cursors).toEqual([]);
});

test('[X2] one follows somebody who has not moved since one came, and no longer when they leave', async () => {
	const { clock, enter } = fakeWhiteboard();
	const maya = enter('maya');
	const seen: BoardView[] = [];
	maya.board.look({ pageId: 'first', x: 300, y: 20, zoom: 2 });
	await clock.advance(1_000);
	const liam = enter('liam');
	liam.board.onLook((view) => seen.push(view));
	liam.board.look({ pageId: 'first', x: 0, y: 0, zoom: 1 });
	await clock.advance(1_000);
	liam.board.follow('maya');
	expect(seen).toEqual([{ pageId: 'first', x: 300, y: 20, zoom: 2 }]);
	// The view may be faster than the page it is of.
	await maya.link.board.draw({ seatId: 'seat-1', view: { pageId: 'new', x: 5, y: 5, zoom: 1 } });
	expect(liam.board.state().pageId).toBe('first');
	const data = { order: 'bV', template: 'blank' as const, title: '' };
	const page = { id: 'new', pageId: null, kind: 'page' as const, version: 1, nonce: 1 };
	await maya.link.board.put([{ ...page, deleted: false, data }]);
	await clock.advance(100);
	expect(liam.board.state().pageId).toBe('new');
	expect(seen.at(-1)).toMatchObject({ pageId: 'new', x: 5 });
	maya.close();
	await clock.advance(1_000);
	expect(liam.board.state().following).toBeNull();
});

test('[X2] what is drawn on a shared screen is not on the board', async () => {
	const { clock, enter } = fakeWhiteboard();
	const [maya, liam] = [enter('maya'), enter('liam')];
	const ink = { strokeId: 's', pageId: 'first', kind: 'pointback' as const, color: '#000000', width: 4 };
	await maya.link.board.draw({ seatId: 'seat-1', ink: { ...ink, from: 0, points: [0.5, 0.5, 0.5] } });
	await clock.advance(100);
	expect(liam.board.shadows().size).toBe(0);
	expect(liam.board.state().cursors).toEqual([]);
});
