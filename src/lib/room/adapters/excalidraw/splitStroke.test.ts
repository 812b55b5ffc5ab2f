import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonBytes, type LiveElementOf } from '../../../shared/board.ts';
import { BOARD_ELEMENT_MAX_BYTES, BOARD_MAX_POINTS } from '../../../shared/boardLimits.ts';
import { boardElementSchema } from '../../../shared/boardSchemas.ts';
import { sceneElement } from '../../fakes/fakeScene.ts';
import { fromScene } from './sceneElements.ts';
import { splitStroke } from './splitStroke.ts';

/** Where the points of a stroke are on the page. */
function trail({ data: { x, y, points } }: LiveElementOf<'freedraw'>): string[] {
	return points.map(([across, down]) => `${(x + across).toFixed(2)} ${(y + down).toFixed(2)}`);
}

test('[X3] a stroke of any length is kept whole, in pieces the server takes', () => {
	const lengths = fc.record({
		count: fc.integer({ min: 2, max: 9_000 }),
		pen: fc.boolean(),
		far: fc.integer({ min: 1, max: 100_000 })
	});
	fc.assert(
		fc.property(lengths, ({ count, pen, far }) => {
			const points = Array.from({ length: count }, (_, n) => [n * 1.37 + far, Math.sin(n) * far]);
			const pressures = pen ? points.map((_, n) => (n % 1_000) / 1_000) : [];
			const fields = { type: 'freedraw', x: 0, points, pressures, simulatePressure: !pen };
			const whole = fromScene(sceneElement('s', fields), 'first') as LiveElementOf<'freedraw'>;
			const pieces = splitStroke(whole) as LiveElementOf<'freedraw'>[];
			expect(pieces[0]!.id).toBe('s');
			expect(new Set(pieces.map(({ id }) => id)).size).toBe(pieces.length);
			const orders = pieces.map(({ data }) => data.index);
			expect(orders).toEqual([...orders].sort());
			for (const piece of pieces) {
				expect(piece.data.points.length).toBeLessThanOrEqual(BOARD_MAX_POINTS);
				expect(jsonBytes(piece)).toBeLessThanOrEqual(BOARD_ELEMENT_MAX_BYTES);
				expect(boardElementSchema.safeParse(piece).error).toBeUndefined();
			}
			const joined = pieces.flatMap((piece, nth) => trail(piece).slice(nth === 0 ? 0 : 1));
			expect(joined).toEqual(trail(whole));
		}),
		{ numRuns: 40 }
	);
});
