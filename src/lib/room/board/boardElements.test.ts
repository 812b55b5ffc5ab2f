import { expect, test } from 'vitest';
import { tombstone, type BoardElement, type StoredElement } from '../../shared/board.ts';
import { rectangle } from '../fakes/fakeWhiteboard.ts';
import { createBoardElements } from './boardElements.ts';

const nothing = () => undefined;
const open = () => createBoardElements({ myUserId: 'maya', unsaved: [], keep: nothing, forget: nothing });
/** As it comes from the server: nothing of it is what it was made of. */
const come = (element: BoardElement, seq = 1): StoredElement => ({
	...structuredClone(element),
	...{ seq, authorId: 'maya', changedBy: 'maya' }
});

test('[X2] what comes back as one drew it is not kept a second time, before the answer and after it', () => {
	for (const isAnswered of [false, true]) {
		const board = open();
		const drawn = rectangle('a', 1);
		board.takeOwn(drawn);
		if (isAnswered) board.settle([drawn], [{ id: 'a', version: 1, nonce: 1, seq: 1 }]);
		expect(board.takeStored([come(drawn)])).toEqual([]);
		expect(board.current('a')!.data).toBe(drawn.data);
		expect([board.authorOf('a'), board.unsaved().size]).toEqual(['maya', 0]);
	}
});

test('[X2] what somebody else changed takes the place of what was here, and what is deleted is nothing more', () => {
	const board = open();
	board.takeOwn(rectangle('a', 1));
	expect(board.takeStored([come(rectangle('a', 5, 2), 2)])).toEqual(['a']);
	expect(board.current('a')).toMatchObject({ data: { x: 5 } });
	const gone = tombstone(rectangle('a', 5), { version: 3, nonce: 1 });
	expect(board.takeStored([come(gone, 3)])).toEqual(['a']);
	expect(board.all()).toMatchObject([{ id: 'a', deleted: true, data: null }]);
});
