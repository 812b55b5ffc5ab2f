import { describe, expect, test } from 'vitest';
import type { DrawMessage, SentInk } from '../../shared/boardInk.ts';
import { createDrawings, type Drawings } from './drawings.ts';

function ink(strokeId: string, from: number, count: number, fromSeatId = 'seat'): DrawMessage {
	const points = Array.from({ length: count }, (_, i) => [from + i, 0, 0.5]).flat();
	const delta = { strokeId, pageId: 'p1', kind: 'pen', color: '#1e1e1e', width: 2, from, points } as const;
	return { type: 'ink', fromUserId: 'maya', fromSeatId, ink: delta };
}
function cursor(x: number, fromSeatId = 'seat'): DrawMessage {
	return { type: 'cursor', fromUserId: 'maya', fromSeatId, cursor: { pageId: 'p1', x, y: 0, tool: 'pen' } };
}
function all(drawings: Drawings): DrawMessage<SentInk>[] {
	const taken: DrawMessage<SentInk>[] = [];
	for (let next = drawings.take(); next; next = drawings.take()) taken.push(next);
	return taken;
}

describe('what waits for a reader', () => {
	test('[X3] comes out in order, each once', () => {
		const drawings = createDrawings();
		const messages = [ink('a', 0, 2), cursor(1), ink('b', 0, 1), ink('a', 0, 1, 'other')];
		messages.forEach(drawings.add);
		expect(all(drawings)).toEqual(messages);
		expect(drawings.take()).toBeNull();
	});

	test('[X3] the points of one stroke become one message as long as none is missing', () => {
		const drawings = createDrawings();
		[ink('a', 0, 2), ink('a', 2, 3), ink('a', 6, 1)].forEach(drawings.add);
		expect(all(drawings)).toEqual([ink('a', 0, 5), ink('a', 6, 1)]);
	});

	test('[X3] and keep the look that only the first of them has', () => {
		const drawings = createDrawings();
		const next = { strokeId: 'a', kind: 'pen', from: 2, points: [2, 0, 0.5] } as const;
		drawings.add(ink('a', 0, 2));
		drawings.add({ ...ink('a', 2, 1), type: 'ink', ink: { ...next, points: [...next.points] } });
		expect(all(drawings)).toEqual([ink('a', 0, 3)]);
	});

	test('[S3] a message never has more than 200 points', () => {
		const drawings = createDrawings();
		for (let from = 0; from < 500; from += 20) drawings.add(ink('a', from, 20));
		const sizes = all(drawings).map((message) =>
			message.type === 'ink' ? message.ink.points.length / 3 : 0
		);
		expect(sizes).toEqual([200, 200, 100]);
	});

	test('[X2] of a seat’s cursors only the newest one waits', () => {
		const drawings = createDrawings();
		[cursor(1), cursor(2, 'other'), cursor(3)].forEach(drawings.add);
		expect(all(drawings)).toEqual([cursor(3), cursor(2, 'other')]);
	});

	test('[S3] it stays short whatever comes, and loses the oldest ink first', () => {
		const drawings = createDrawings();
		drawings.add(cursor(1));
		for (let n = 0; n < 1_000; n += 1) drawings.add(ink(`s${n}`, 0, 1));
		expect(drawings.waiting()).toBe(64);
		const left = all(drawings);
		expect(left[0]).toEqual(cursor(1));
		expect(left.at(-1)).toEqual(ink('s999', 0, 1));
	});
});
