import type { AppState, Collaborator } from '@excalidraw/excalidraw/types';
import { expect, test } from 'vitest';
import type { BoardCursor, BoardView } from '../../../shared/boardInk.ts';
import type { BoardState, CursorView } from '../../board/boardState.ts';
import { createViewSync } from './viewSync.ts';

/** A board and the library's view of it; the library tells later than it is told that it has moved. */
function looking() {
	let shown = { scrollX: 400, scrollY: 300, zoom: { value: 1 }, width: 800, height: 600 };
	let collaborators = new Map<string, Collaborator>();
	let hear: (state: BoardState) => void = () => undefined;
	let lead: (view: BoardView) => void = () => undefined;
	let moved = false;
	const state = { following: null as string | null, cursors: [] as CursorView[], pageId: 'first' };
	const [told, pointed]: [BoardView[], (BoardCursor | null)[]] = [[], []];
	const sync = createViewSync({
		board: {
			state: () => state as BoardState,
			subscribe(listener) {
				hear = listener;
				return () => undefined;
			},
			onLook(listener) {
				lead = listener;
				return () => undefined;
			},
			point: (cursor) => pointed.push(cursor),
			look: (view) => told.push(view),
			follow: (userId) => (state.following = userId)
		},
		api: {
			getAppState: () => shown as unknown as AppState,
			updateScene(scene: { appState?: object; collaborators?: Map<string, Collaborator> }) {
				if (scene.collaborators) collaborators = scene.collaborators;
				if (!scene.appState) return;
				const next = { ...shown, ...scene.appState };
				moved ||= JSON.stringify(next) !== JSON.stringify(shown);
				shown = next;
			}
		} as Parameters<typeof createViewSync>[0]['api'],
		colourOf: (userId) => `colour of ${userId}`
	});
	return {
		...{ sync, state, told, pointed },
		lead: (view: BoardView) => lead(view),
		/** Lets the library tell what it has to. */
		settle() {
			if (moved) sync.scrolled();
			moved = false;
		},
		move(by: number) {
			shown = { ...shown, scrollX: shown.scrollX + by };
			sync.scrolled();
		},
		cursor(cursor: Partial<CursorView>) {
			state.cursors = [
				{ seatId: 's', userId: 'liam', name: 'Liam', pageId: 'first', x: 1, y: 2, tool: '', ...cursor }
			];
			hear(state as BoardState);
			return collaborators.get('s')!;
		}
	};
}
const view = (x: number, pageId = 'first'): BoardView => ({ pageId, x, y: 0, zoom: 1 });

test('[X2] a laser is down, then up, and stays a laser: otherwise its trail would go on at the next one', () => {
	const { cursor } = looking();
	expect(cursor({ tool: 'laser' })).toMatchObject({
		username: 'Liam',
		button: 'down',
		pointer: { tool: 'laser' }
	});
	const lifted = cursor({ tool: 'pointer', x: 5 });
	expect(lifted).toMatchObject({ button: 'up', pointer: { tool: 'laser', x: 5 } });
	expect(lifted.pointer?.laserColor).toBe('colour of liam');
});

test('[X2] a laser goes out only while it is pressed', () => {
	const { sync, pointed } = looking();
	sync.point({ x: 1.4, y: 2, tool: 'laser' }, 'up');
	sync.point({ x: 1.4, y: 2, tool: 'laser' }, 'down');
	expect(pointed.map((cursor) => cursor?.tool)).toEqual(['pointer', 'laser']);
	expect(pointed[1]).toMatchObject({ pageId: 'first', x: 1, y: 2 });
});

test('[X2] where one looks is told at once and at each move, also of the page', () => {
	const { sync, told, move } = looking();
	expect(told).toEqual([view(0)]);
	move(-50);
	expect(told.at(-1)).toEqual(view(50));
	sync.turnTo('second');
	expect(told.at(-1)).toEqual(view(0, 'second'));
	sync.turnTo('first');
	expect(told.at(-1)).toEqual(view(50));
});

test('[X2] one follows over moves and pages, and stops by moving or turning the page oneself', () => {
	const { sync, state, lead, settle, move } = looking();
	state.following = 'liam';
	lead(view(70));
	settle();
	expect([sync.present().x, state.following]).toEqual([70, 'liam']);
	// Nothing to move: the next move is one's own all the same.
	lead(view(70));
	settle();
	// To another page: it is turned a moment later.
	lead(view(90, 'second'));
	settle();
	lead(view(95, 'second'));
	sync.turnTo('second');
	settle();
	expect(sync.present()).toMatchObject({ pageId: 'second', x: 95 });
	expect(state.following).toBe('liam');
	lead(view(95, 'second'));
	settle();
	move(10);
	expect(state.following).toBeNull();

	state.following = 'liam';
	sync.turnTo('first');
	expect(state.following).toBeNull();
});
