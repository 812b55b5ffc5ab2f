import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Figures } from './qualityFigures.ts';
import {
	BETTER_AFTER,
	marksOf,
	steady,
	WORSE_AFTER,
	type Expectation,
	type Mark,
	type Steady
} from './qualityVerdict.ts';

const maybe = (min: number, max: number) => fc.option(fc.double({ min, max, noNaN: true }));
const picture = fc.record({ width: fc.constant(640), height: fc.constant(480), rate: maybe(0, 30) });
const figures: fc.Arbitrary<Figures> = fc.record({
	at: fc.constant(0),
	roundTrip: maybe(0, 2_000),
	shortestTrip: maybe(0, 100),
	lossIn: maybe(0, 1),
	lossOut: maybe(0, 1),
	jitter: maybe(0, 300),
	concealed: maybe(0, 1),
	freezes: fc.double({ min: 0, max: 5, noNaN: true }),
	pictureIn: picture,
	pictureOut: picture,
	bitsIn: maybe(0, 3e6),
	bitsOut: maybe(0, 3e6),
	available: maybe(0, 3e6),
	limitation: fc.constantFrom('none', 'bandwidth', 'cpu', 'other')
});
const expected: fc.Arbitrary<Expectation> = fc.record({
	picture: fc.boolean(),
	sent: fc.constantFrom('full', 'less', 'least', 'paused'),
	floor: fc.integer({ min: 100_000, max: 600_000 })
});

const more = (value: number | null, by: number) => (value === null ? null : value + by);

test('[M3] worse figures never give a better verdict', () => {
	const by = fc.double({ min: 0, max: 1, noNaN: true });
	fc.assert(
		fc.property(figures, expected, by, by, by, by, (was, due, a, b, c, d) => {
			const worse: Figures = {
				...was,
				roundTrip: more(was.roundTrip, a * 1_000),
				lossIn: more(was.lossIn, b),
				lossOut: more(was.lossOut, c),
				jitter: more(was.jitter, d * 100),
				concealed: more(was.concealed, a),
				freezes: was.freezes + b * 3,
				available: was.available === null ? null : was.available * c,
				pictureIn: { ...was.pictureIn, rate: was.pictureIn.rate === null ? null : was.pictureIn.rate * d }
			};
			const before = marksOf(was, due);
			const after = marksOf(worse, due);
			for (const way of ['sending', 'receiving', 'delay'] as const)
				expect(after[way].level).toBeGreaterThanOrEqual(before[way].level);
		})
	);
});

test('[M3] a mark names its reason unless it is flawless', () => {
	fc.assert(
		fc.property(figures, expected, (given, due) => {
			for (const mark of Object.values(marksOf(given, due)) as Mark[])
				expect(mark.reason === null).toBe(mark.level === 0);
		})
	);
});

const quiet: Figures = {
	...{ at: 0, roundTrip: 20, shortestTrip: 20, lossIn: 0, lossOut: 0, jitter: 5, concealed: 0, freezes: 0 },
	pictureIn: { width: 640, height: 480, rate: 25 },
	pictureOut: { width: 640, height: 480, rate: 25 },
	...{ bitsIn: 800_000, bitsOut: 800_000, available: 2_000_000, limitation: 'none' }
};
const full: Expectation = { picture: true, sent: 'full', floor: 600_000 };

test('[M3] each figure has its reason', () => {
	expect(marksOf(quiet, full)).toEqual({
		sending: { level: 0, reason: null },
		receiving: { level: 0, reason: null },
		delay: { level: 0, reason: null }
	});
	expect(marksOf({ ...quiet, lossIn: 0.1 }, full).receiving).toEqual({ level: 2, reason: 'loss' });
	expect(marksOf({ ...quiet, lossOut: 0.1 }, full).sending).toEqual({ level: 2, reason: 'loss' });
	expect(marksOf({ ...quiet, jitter: 50 }, full).receiving).toEqual({ level: 1, reason: 'jitter' });
	expect(marksOf({ ...quiet, roundTrip: 500 }, full).delay).toEqual({ level: 2, reason: 'delay' });
	const narrow: Figures = { ...quiet, available: 90_000, bitsOut: 85_000, limitation: 'bandwidth' };
	expect(marksOf(narrow, full).sending).toEqual({ level: 2, reason: 'bandwidth' });
	// Little is sent, so little is known to be available: no sign of a weak line.
	expect(marksOf({ ...quiet, available: 300_000, bitsOut: 40_000 }, full).sending.level).toBe(0);
	expect(marksOf(quiet, { ...full, sent: 'paused' }).sending.level).toBe(2);
	const busy: Figures = { ...quiet, limitation: 'cpu', pictureOut: { ...quiet.pictureOut, rate: 5 } };
	expect(marksOf(busy, full).sending).toEqual({ level: 2, reason: 'computer' });
	const still: Figures = { ...quiet, pictureIn: { ...quiet.pictureIn, rate: 2 } };
	expect(marksOf(still, full).receiving).toEqual({ level: 2, reason: 'picture' });
	expect(marksOf(still, { ...full, picture: false }).receiving.level).toBe(0);
});

const mark: fc.Arbitrary<Mark> = fc.constantFrom(
	{ level: 0, reason: null } as const,
	{ level: 1, reason: 'loss' } as const,
	{ level: 2, reason: 'loss' } as const,
	{ level: 2, reason: 'bandwidth' } as const
);

test('[M3] a verdict does not flicker: it gets better only after all of five seconds were', () => {
	fc.assert(
		fc.property(fc.array(mark, { maxLength: 80 }), (marks) => {
			let state: Steady | null = null;
			const seen: { at: number; raw: Mark }[] = [];
			marks.forEach((raw, nth) => {
				const at = nth * 500;
				const before: Mark | undefined = state?.mark;
				state = steady(state, raw, at);
				seen.push({ at, raw });
				if (!before || state.mark.level === before.level) return;
				const span = state.mark.level < before.level ? BETTER_AFTER : WORSE_AFTER;
				const within = seen.filter((one) => one.at >= at - span);
				expect(within.length).toBeGreaterThan(span / 500);
				for (const one of within)
					if (state.mark.level < before.level) expect(one.raw.level).toBeLessThanOrEqual(state.mark.level);
					else expect(one.raw.level).toBeGreaterThan(before.level);
			});
		})
	);
});

test('[M3] what lasts is said', () => {
	fc.assert(
		fc.property(fc.array(mark, { maxLength: 20 }), mark, (past, lasting) => {
			let state: Steady | null = null;
			let at = 0;
			for (const raw of [...past, ...Array.from({ length: 24 }, () => lasting)])
				state = steady(state, raw, (at += 500));
			expect(state?.mark).toEqual(lasting);
		})
	);
});
