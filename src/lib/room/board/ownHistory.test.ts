import { expect, test } from 'vitest';
import { beats, type BoardElement, type LiveElement } from '../../shared/board.ts';
import { rectangle } from '../fakes/fakeWhiteboard.ts';
import { NO_HISTORY, forget, record, redo, undo, type OwnHistory, type Step } from './ownHistory.ts';

/** A board of one person with everything the others do to it. */
function table() {
	const elements = new Map<string, BoardElement>();
	let history: OwnHistory = NO_HISTORY;
	const present = { current: (id: string) => elements.get(id), nonce: () => 7 };

	function put(element: BoardElement): Step {
		const before = elements.get(element.id) ?? null;
		if (before) expect(beats(element, before)).toBe(true);
		elements.set(element.id, element);
		return { before, after: element };
	}

	function turn(way: typeof undo) {
		const turned = way(history, present);
		history = turned.history;
		turned.changes.forEach(put);
		return turned.changes.length;
	}

	return {
		mine: (...changes: BoardElement[]) => (history = record(history, changes.map(put))),
		theirs: put,
		undo: () => turn(undo),
		redo: () => turn(redo),
		live: (id: string) => elements.get(id) as LiveElement
	};
}

function changed(element: LiveElement, data: Record<string, unknown>): LiveElement {
	const { version } = element;
	return { ...element, version: version + 1, data: { ...element.data, ...data } } as LiveElement;
}

test('[X2] what was drawn goes and comes back', () => {
	const board = table();
	board.mine(rectangle('a', 1));
	board.undo();
	expect(board.live('a').deleted).toBe(true);
	board.redo();
	expect(board.live('a')).toMatchObject({ deleted: false, data: { x: 1 } });
	board.undo();
	expect(board.live('a').deleted).toBe(true);
});

test('[X2] an undo takes back what the action changed and leaves what the others did', () => {
	const board = table();
	board.theirs(rectangle('a', 1));
	board.mine(changed(board.live('a'), { x: 50 }));
	board.theirs(changed(board.live('a'), { strokeColor: '#ff0000' }));
	board.undo();
	expect(board.live('a').data).toMatchObject({ x: 1, strokeColor: '#ff0000' });
});

test('[X2] what somebody else has moved since stays where they put it', () => {
	const board = table();
	board.theirs(rectangle('a', 1));
	board.mine(changed(board.live('a'), { x: 50, strokeColor: '#00ff00' }));
	board.theirs(changed(board.live('a'), { y: 99 }));
	board.undo();
	expect(board.live('a').data).toMatchObject({ x: 50, y: 99, strokeColor: '#1e1e1e' });
});

test('[X2] an action of which nothing is left is skipped', () => {
	const board = table();
	board.mine(rectangle('a', 1));
	board.theirs(rectangle('b', 1));
	board.mine(changed(board.live('b'), { x: 2 }));
	board.theirs({ ...board.live('b'), version: 9, deleted: true, data: null } as unknown as BoardElement);
	expect(board.undo()).toBe(1);
	expect(board.live('a').deleted).toBe(true);
	expect(board.undo()).toBe(0);
});

test('[X2] a cleared page comes back, but not what somebody else deleted as well', () => {
	const board = table();
	board.theirs(rectangle('a', 1));
	board.theirs(rectangle('b', 2));
	const gone = (id: string): BoardElement =>
		({ ...board.live(id), version: board.live(id).version + 1, deleted: true, data: null }) as never;
	board.mine(gone('a'), gone('b'));
	board.theirs(gone('b'));
	board.undo();
	expect(board.live('a')).toMatchObject({ deleted: false, data: { x: 1 } });
	expect(board.live('b').deleted).toBe(true);
});

test('[X2] something new ends what could be redone', () => {
	const board = table();
	board.mine(rectangle('a', 1));
	board.undo();
	board.mine(rectangle('b', 1));
	expect(board.redo()).toBe(0);
});

test('[X2] what the server would not have is nothing to take back, what came before it is', () => {
	const drawn = rectangle('a', 1);
	const moved = changed(drawn, { x: 50 });
	const other = rectangle('b', 1);
	const steps = (...all: Step[][]) => all.reduce(record, NO_HISTORY);
	const first: Step[] = [{ before: null, after: drawn }];
	const second: Step[] = [{ before: drawn, after: moved }];
	const beside: Step = { before: null, after: other };
	expect(forget(steps(first, second), 'a', drawn).done).toEqual([first]);
	expect(forget(steps(first, [...second, beside]), 'a', drawn).done).toEqual([first, [beside]]);
	expect(forget({ done: [first], undone: [second] }, 'a', undefined)).toEqual(NO_HISTORY);
});
