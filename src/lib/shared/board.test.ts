import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beats, cleanBoardText, jsonBytes, mergeBoard, type BoardElement } from './board.ts';
import { anElement, deleted } from './boardFixture.ts';

/** States of few elements with few versions, so that they meet often. The same (id, version, nonce) is the same state. */
const state = fc
	.record({
		id: fc.constantFrom('a', 'b', 'c'),
		version: fc.integer({ min: 1, max: 4 }),
		nonce: fc.integer({ min: 0, max: 3 })
	})
	.map(({ id, version, nonce }): BoardElement => {
		const element = anElement('ellipse', { id, version, nonce });
		const gone = (version + nonce) % 3 === 0;
		return gone
			? { ...element, deleted: true, data: null }
			: { ...element, data: { ...element.data, x: version * 10 + nonce } };
	});
const states = fc.array(state, { maxLength: 30 });

type Board = ReadonlyMap<string, BoardElement>;
const EMPTY: Board = new Map();
const merged = (...parts: BoardElement[][]): Board =>
	parts.reduce((board, part) => mergeBoard(board, part).board, EMPTY);
/** Whatever the order in which the elements came. */
const plain = (board: Board) => Object.fromEntries([...board].sort(([a], [b]) => (a < b ? -1 : 1)));

describe('beats', () => {
	test('[X3] of two states one beats the other, never both, and never itself', () => {
		fc.assert(
			fc.property(state, state, (a, b) => {
				const same = a.version === b.version && a.nonce === b.nonce;
				expect([beats(a, b), beats(b, a)].filter(Boolean)).toHaveLength(same ? 0 : 1);
			})
		);
	});

	test('[X3] it goes on from one to the next: there is always one that beats all others', () => {
		fc.assert(
			fc.property(state, state, state, (a, b, c) => {
				if (beats(a, b) && beats(b, c)) expect(beats(a, c)).toBe(true);
				else expect(beats(a, b) && beats(b, c)).toBe(false);
			})
		);
	});

	test('[X3] the higher version wins whatever the nonce; of the same version the higher nonce', () => {
		expect(beats({ version: 3, nonce: 0 }, { version: 2, nonce: 9 })).toBe(true);
		expect(beats({ version: 2, nonce: 4 }, { version: 2, nonce: 3 })).toBe(true);
		expect(beats({ version: 2, nonce: 3 }, { version: 2, nonce: 3 })).toBe(false);
	});
});

describe('merging', () => {
	test('[X3] in whatever order, in whatever parts and however often it comes, the board is the same', () => {
		const shuffled = states.chain((all) =>
			fc.record({
				all: fc.constant(all),
				again: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
				cut: fc.nat(60)
			})
		);
		fc.assert(
			fc.property(shuffled, ({ all, again, cut }) => {
				const inParts = merged(again.slice(0, cut), again.slice(cut));
				expect(plain(inParts)).toEqual(plain(merged(all)));
			})
		);
	});

	test('[X3] commutative, associative, idempotent', () => {
		fc.assert(
			fc.property(states, states, states, (a, b, c) => {
				const [x, y, z] = [merged(a), merged(b), merged(c)].map((board) => [...board.values()]);
				expect(plain(merged(x!, y!))).toEqual(plain(merged(y!, x!)));
				const left = [...merged(x!, y!).values()];
				const right = [...merged(y!, z!).values()];
				expect(plain(merged(left, z!))).toEqual(plain(merged(x!, right)));
				expect(plain(merged(x!, x!))).toEqual(plain(merged(x!)));
			})
		);
	});

	test('[X3] answers with the winners, once each, changes nothing in place and keeps the map where nobody won', () => {
		fc.assert(
			fc.property(states, states, (before, incoming) => {
				const board = merged(before);
				const copy = structuredClone(board);
				const result = mergeBoard(board, incoming);
				expect(board).toEqual(copy);
				expect(new Set(result.changed.map(({ id }) => id)).size).toBe(result.changed.length);
				for (const winner of result.changed) {
					expect(result.board.get(winner.id)).toBe(winner);
					const old = board.get(winner.id);
					expect(!old || beats(winner, old)).toBe(true);
				}
				if (result.changed.length === 0) expect(result.board).toBe(board);
			})
		);
	});

	test('[X2] what was deleted stays deleted against older states, and comes back by a newer one', () => {
		const drawn = anElement('text', { id: 't' });
		const gone = deleted(drawn);
		const back = { ...drawn, version: 3 };
		expect(plain(merged([gone], [drawn]))).toEqual({ t: gone });
		expect(plain(merged([back], [gone], [drawn]))).toEqual({ t: back });
	});
});

test('[S6] a text is taken as it is but for what no database keeps', () => {
	expect(cleanBoardText('a\0b\ud800c 👩‍👩‍👧 مرحبا\n<script>')).toBe('ab\ufffdc 👩‍👩‍👧 مرحبا\n<script>');
	expect(jsonBytes({ text: 'ü👩' })).toBe(Buffer.byteLength('{"text":"ü👩"}'));
});
