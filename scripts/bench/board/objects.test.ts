import { expect, test } from 'vitest';
import { boardElementSchema } from '../../../src/lib/shared/boardSchemas.ts';
import { aBoardOf, LAST_OBJECT } from './objects.ts';

test('[X4] a full board is one that a page could have drawn, each object above the one before', () => {
	const board = aBoardOf(5_000);
	expect(board).toHaveLength(5_000);
	for (const element of board) boardElementSchema.parse(element);
	expect(new Set(board.map(({ id }) => id)).size).toBe(5_000);
	const orders = board.map(({ data }) => ('index' in data ? data.index : ''));
	expect(orders).toEqual([...orders].sort());
	const last = board.at(-1)!.data as { x: number; y: number; width: number; height: number };
	expect(LAST_OBJECT.x).toBe(last.x + last.width / 2);
	expect(LAST_OBJECT.y).toBe(last.y + last.height / 2);
});
