import { expect, test } from 'vitest';
import { tombstone, type BoardElement, type LiveElementOf, type StoredElement } from '../../shared/board.ts';
import { anElement } from '../../shared/boardFixture.ts';
import { rectangle } from '../fakes/fakeWhiteboard.ts';
import { createBoardElements } from './boardElements.ts';

const nothing = () => undefined;
const open = () => createBoardElements({ myUserId: 'maya', unsaved: [], keep: nothing, forget: nothing });
/** As it comes from the server: nothing of it is what it was made of. */
const come = (element: BoardElement, seq = 1): StoredElement => ({
	...structuredClone(element),
	...{ seq, authorId: 'maya', changedBy: 'maya' }
});

test('[X2] points that stay as they are are kept once, whoever changes what they are of', () => {
	const stroke = anElement('freedraw', { id: 'a', version: 1 });
	const { points } = stroke.data;
	const changed = (version: number, x: number) => {
		const data = structuredClone({ ...stroke.data, x });
		return { ...stroke, version, data };
	};
	for (const isAnswered of [false, true]) {
		const board = open();
		const { nonce } = stroke;
		board.takeOwn(stroke);
		const now = () => (board.current('a') as LiveElementOf<'freedraw'>).data;
		if (isAnswered) board.settle([stroke], [{ id: 'a', version: 1, nonce, seq: 1 }]);
		expect(board.takeStored([come(stroke)])).toEqual([]);
		expect(now().points).toBe(points);
		expect([board.authorOf('a'), board.unsaved().size]).toEqual(['maya', 0]);
		board.takeStored([come(changed(2, 5), 2)]);
		expect([now().x, now().points === points]).toEqual([5, true]);
		board.takeOwn(changed(3, 9));
		expect([now().x, now().points === points]).toEqual([9, true]);
		board.takeStored([come({ ...stroke, version: 4, data: { ...stroke.data, points: [[7, 7]] } }, 4)]);
		expect(now().points).toEqual([[7, 7]]);
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
