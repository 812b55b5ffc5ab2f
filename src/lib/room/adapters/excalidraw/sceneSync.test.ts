import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { expect, test } from 'vitest';
import type { BoardElement } from '../../../shared/board.ts';
import type { BoardState } from '../../board/boardState.ts';
import { fakeScene, sceneElement } from '../../fakes/fakeScene.ts';
import { fakeWhiteboard, rectangle } from '../../fakes/fakeWhiteboard.ts';
import { createSceneSync, sceneApi } from './sceneSync.ts';

/** Two people with a canvas each. */
async function twoCanvases() {
	const { clock, enter } = fakeWhiteboard();
	const open = (userId: string) => {
		const { board, link } = enter(userId);
		const scene = fakeScene();
		const sync = createSceneSync({
			...{ board, clock, api: scene, pageId: board.state().pageId, onShown: () => undefined },
			onFree: turn,
			soon: (run) => clock.after(16, run),
			nonce: () => 5
		});
		function turn() {
			if (!sync.isBusy()) sync.turnTo(board.state().pageId);
		}
		board.subscribe(turn);
		/** As the library tells of a change. */
		function put(...given: Parameters<typeof sceneElement>) {
			scene.put(sceneElement(...given));
			sync.changed(scene.elements());
		}
		const live = () => scene.elements().filter(({ isDeleted }) => !isDeleted);
		return { board, link, scene, sync, put, ids: () => live().map(({ id }) => id), live };
	};
	const [maya, liam] = [open('maya'), open('liam')];
	await clock.advance(100);
	return { clock, maya, liam };
}

test('[X2] what one draws is on the other canvas, and what one deletes goes from it', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.put('a', { version: 1 });
	await clock.advance(100);
	expect(liam.ids()).toEqual(['a']);
	liam.put('a', { version: 2, isDeleted: true });
	await clock.advance(100);
	expect(maya.ids()).toEqual([]);
	expect(maya.board.elementsOn('first')).toEqual([]);
});

test('[X2] what is not finished is nobody else’s business, and what comes from others does not end it', async () => {
	const { clock, maya, liam } = await twoCanvases();
	const drawn = sceneElement('drawn', { version: 4 });
	maya.scene.state = { ...maya.scene.state, newElement: drawn as never };
	maya.sync.holding(true);
	maya.put('drawn', { version: 4 });
	liam.put('b', { index: 'a1' });
	await clock.advance(500);
	expect(maya.ids()).toEqual(['drawn', 'b']);
	expect(liam.ids()).toEqual(['b']);
	maya.scene.state = { ...maya.scene.state, newElement: null };
	maya.sync.holding(false);
	await clock.advance(100);
	expect(liam.ids()).toEqual(['drawn', 'b']);
});

test('[X2] a thing that is dragged moves on the other canvas, and is one action to take back', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.put('a', { x: 0, version: 1 });
	await clock.advance(100);
	maya.sync.holding(true);
	for (let x = 1; x <= 100; x += 1) {
		maya.put('a', { x, version: x + 1 });
		await clock.advance(10);
	}
	const between = liam.live()[0]!.x;
	expect(between).toBeGreaterThan(50);
	maya.sync.holding(false);
	await clock.advance(100);
	expect(liam.live()[0]!.x).toBe(100);
	maya.board.undo();
	await clock.advance(100);
	expect([maya.live()[0]!.x, liam.live()[0]!.x]).toEqual([0, 0]);
});

test('[X2] of two who drag one thing the newest state wins on both canvases', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.put('a', { x: 0, version: 1 });
	await clock.advance(100);
	for (let round = 0; round < 50; round += 1) {
		const { version } = maya.live()[0]!;
		maya.put('a', { x: round, version: version + 1, versionNonce: round % 7 });
		liam.put('a', { x: -round, version: version + 1 + (round % 2), versionNonce: (round * 3) % 7 });
		await clock.advance(round % 60);
	}
	await clock.advance(1_000);
	const place = ({ live, board }: typeof maya) => [live()[0]!.x, board.current('a')?.version];
	expect(place(maya)).toEqual(place(liam));
});

test('[X2] what the library moves because two drew at the same place is nobody’s change', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.link.cut();
	maya.put('b', { version: 1 });
	maya.put('d', { version: 1, index: 'a1' });
	liam.put('a', { version: 1 });
	liam.put('c', { version: 1, index: 'a1' });
	maya.link.restore();
	await clock.advance(1_000);
	for (const { sync, scene } of [maya, liam]) sync.changed(scene.elements());
	await clock.advance(1_000);
	for (const { ids, board } of [maya, liam]) {
		expect(ids()).toEqual(['a', 'b', 'c', 'd']);
		for (const id of ids()) expect(board.current(id)!.version).toBe(1);
	}
	maya.board.undo();
	await clock.advance(1_000);
	expect(liam.ids()).toEqual(['a', 'b', 'c']);
});

test('[X2] pages are shown one at a time', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.put('a');
	maya.board.addPage('lined');
	const { pageId } = maya.board.state();
	maya.sync.turnTo(pageId);
	expect(maya.ids()).toEqual([]);
	maya.put('b', { version: 1 });
	await clock.advance(100);
	expect(liam.ids()).toEqual(['a']);
	liam.sync.turnTo(pageId);
	expect(liam.ids()).toEqual(['b']);
	maya.sync.turnTo('first');
	expect(maya.ids()).toEqual(['a']);
});

test('[X3] a page that is deleted under the pen stays until it is let go, and with what was drawn for good', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.board.addPage('staves');
	await clock.advance(100);
	maya.put('old', { version: 1 });
	await clock.advance(100);
	const { pageId } = maya.board.state();
	liam.board.goTo(pageId);
	await clock.advance(100);
	expect(liam.ids()).toEqual(['old']);
	liam.sync.holding(true);
	liam.put('new', { version: 1, index: 'a1' });
	maya.board.deletePage(pageId);
	await clock.advance(150);
	expect(liam.sync.pageId()).toBe(pageId);
	expect(liam.ids()).toEqual(['new']);
	liam.sync.holding(false);
	await clock.advance(500);
	expect(liam.board.state().pageId).toBe(pageId);
	for (const { board } of [maya, liam]) {
		expect(board.state().pages.map(({ template }) => template)).toEqual(['blank', 'staves']);
		expect(board.elementsOn(pageId).map(({ id }) => id)).toEqual(['new']);
	}
	maya.board.undo();
	await clock.advance(500);
	expect(liam.ids().sort()).toEqual(['new', 'old']);
});

test('[X3] what is unfinished stays on the page it was begun on', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.board.addPage('lined');
	await clock.advance(100);
	const { pageId } = maya.board.state();
	const line = {
		type: 'line',
		points: [
			[0, 0],
			[9, 9]
		]
	};
	maya.scene.state = { ...maya.scene.state, multiElement: sceneElement('l', line) as never };
	maya.put('l', line);
	maya.board.goTo('first');
	await clock.advance(500);
	expect(maya.scene.state.multiElement).toBeNull();
	expect(liam.board.elementsOn(pageId).map(({ id }) => id)).toEqual(['l']);
	expect(liam.board.elementsOn('first')).toEqual([]);
});

test('[S6] embedded pages and the like leave the canvas again, links are not kept', async () => {
	const { clock, maya, liam } = await twoCanvases();
	maya.put('page', { type: 'embeddable' });
	maya.put('a', { link: 'https://example.org' });
	await clock.advance(100);
	expect(maya.ids()).toEqual(['a']);
	expect(liam.live()).toMatchObject([{ id: 'a', link: null }]);
});

test('[X3] what is being drawn when the page goes away is kept', async () => {
	const { maya } = await twoCanvases();
	const points = [
		[0, 0],
		[1, 1]
	];
	const stroke = { type: 'freedraw', points, pressures: [], simulatePressure: true };
	maya.scene.state = { ...maya.scene.state, newElement: sceneElement('s', stroke) as never };
	maya.sync.holding(true);
	maya.put('s', stroke);
	expect(maya.board.current('s')).toBeUndefined();
	maya.sync.flush();
	expect(maya.board.current('s')).toMatchObject({ deleted: false });
});

test('[X2] what the server refuses is as it was', async () => {
	const { clock, maya } = await twoCanvases();
	maya.put('a', { x: 1, version: 1 });
	await clock.advance(100);
	const refused = maya.board.current('a') as BoardElement;
	maya.link.board.put = () =>
		Promise.reject({ kind: 'refused', reason: 'bad-input', message: 'Something is not right.' });
	maya.put('a', { x: 9, version: 2 });
	await clock.advance(500);
	expect(maya.board.current('a')).toMatchObject({ version: refused.version });
	expect(maya.live()[0]!.x).toBe(1);
});

test('[X4] a board that comes in many parts is drawn a few times, and at once when all of it is here', async () => {
	const { clock, enter } = fakeWhiteboard();
	const maya = enter('maya').board;
	const { board } = enter('liam');
	const listeners = new Set<(state: BoardState) => void>();
	let loaded = false;
	const state = () => ({ ...board.state(), loaded });
	const scene = fakeScene();
	createSceneSync({
		board: {
			...{ ...board, state },
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			}
		},
		...{
			clock,
			api: scene,
			pageId: 'first',
			onShown: () => undefined,
			onFree: () => undefined,
			nonce: () => 5
		},
		soon: (run) => clock.after(16, run)
	});
	const before = scene.shows;
	for (let nth = 0; nth < 12; nth += 1) {
		maya.change([rectangle(`r${nth}`, nth)], true);
		await clock.advance(50);
	}
	expect(scene.shows - before).toBe(1);
	loaded = true;
	for (const listener of listeners) listener(state());
	await clock.advance(20);
	expect(scene.shows - before).toBe(2);
	expect(scene.elements()).toHaveLength(12);
});

test('[X4] of what leaves the scene the library keeps its name and its place, and nothing else', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((id, nth) => sceneElement(id, { index: `a${nth}` }));
	let scene: readonly ExcalidrawElement[] = [a!, b!, c!];
	const told: (readonly ExcalidrawElement[])[] = [];
	const library = {
		getSceneElementsIncludingDeleted: () => scene,
		updateScene({ elements = [] }: { elements?: readonly ExcalidrawElement[] }) {
			told.push(elements);
			scene = elements;
		}
	};
	const { show } = sceneApi(library as unknown as ExcalidrawImperativeAPI, 'NEVER');
	show([a!, c!]);
	const husk = { id: 'b', type: 'rectangle', index: 'a1', version: 3, versionNonce: 78, isDeleted: true };
	expect(told).toEqual([
		[a, husk, c],
		[a, c]
	]);
	show([a!, c!]);
	expect(told).toHaveLength(3);
});
