import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonBytes, type LiveElement, type LiveElementOf } from '../../shared/board.ts';
import { anElement } from '../../shared/boardFixture.ts';
import { BOARD_ELEMENT_MAX_BYTES } from '../../shared/boardLimits.ts';
import { boardElementSchema } from '../../shared/boardSchemas.ts';
import { splitElement } from './splitElement.ts';

/** Where the points of a stroke are on the page. */
function trail({ data: { x, y, points } }: LiveElementOf<'freedraw'>): string[] {
	return points.map(([across, down]) => `${(x + across).toFixed(2)} ${(y + down).toFixed(2)}`);
}

/** The pieces as they are put: each has an id. */
function put(element: LiveElement): LiveElement[] {
	return splitElement(element).map((piece, nth) => ({ ...piece, id: `${nth}` }) as LiveElement);
}

function expectTaken(pieces: readonly LiveElement[]): void {
	const orders = pieces.map((piece) => (piece.kind === 'page' ? '' : piece.data.index));
	expect(orders).toEqual([...new Set(orders)].sort());
	for (const piece of pieces) {
		expect(jsonBytes(piece)).toBeLessThanOrEqual(BOARD_ELEMENT_MAX_BYTES);
		expect(boardElementSchema.safeParse(piece).error).toBeUndefined();
	}
}

test('[X3] a stroke of any length is kept whole, in pieces the server takes', () => {
	const lengths = fc.record({
		count: fc.integer({ min: 2, max: 9_000 }),
		pen: fc.boolean(),
		far: fc.integer({ min: 1, max: 100_000 })
	});
	const hundredths = (value: number) => Math.round(value * 100) / 100;
	fc.assert(
		fc.property(lengths, ({ count, pen, far }) => {
			const points = Array.from({ length: count }, (_, n): [number, number] => [
				hundredths(n * 1.37 + far),
				hundredths(Math.sin(n) * far)
			]);
			const { data } = anElement('freedraw', { id: 's' });
			const pressures = pen ? { pressures: points.map((_, n) => (n % 1_000) / 1_000) } : {};
			const whole = anElement('freedraw', { id: 's', data: { ...data, points, ...pressures } });
			const pieces = put(whole) as LiveElementOf<'freedraw'>[];
			expectTaken(pieces);
			const joined = pieces.flatMap((piece, nth) => trail(piece).slice(nth === 0 ? 0 : 1));
			expect(joined).toEqual(trail(whole));
		}),
		{ numRuns: 40 }
	);
});

test('[X2] [X3] a text of any length and in any script is kept whole, line below line', () => {
	const { data } = anElement('text', { id: 't' });
	const lines = fc.array(
		fc.record({ letter: fc.constantFrom('x', 'ü', '數', '😀', '"', '\u0001'), length: fc.nat(4_000) }),
		{ minLength: 1, maxLength: 12 }
	);
	fc.assert(
		fc.property(lines, fc.boolean(), (given, wrapped) => {
			const text = given.map(({ letter, length }) => letter.repeat(length)).join('\n');
			const typed = wrapped ? { originalText: text.replaceAll('\n', ' '), containerId: 'shape' } : {};
			const pieces = put(anElement('text', { id: 't', data: { ...data, ...typed, text } }));
			expectTaken(pieces);
			const written = pieces as LiveElementOf<'text'>[];
			// Only a line that is far too long is broken.
			expect(written.map((one) => one.data.text.replaceAll('\n', '')).join('')).toBe(
				text.replaceAll('\n', '')
			);
			expect(written[0]!.data.containerId).toBe(wrapped ? 'shape' : undefined);
			written.forEach((one, nth) => {
				const before = written[nth - 1]?.data;
				if (before) expect(one.data.y).toBeCloseTo(before.y + before.height, 1);
			});
		}),
		{ numRuns: 60 }
	);
});

test('[X2] what is short enough stays as it is', () => {
	for (const kind of ['freedraw', 'text', 'arrow', 'page'] as const) {
		const element = anElement(kind, { id: 'x' });
		expect(splitElement(element)).toEqual([element]);
	}
});
