import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Figures } from './qualityFigures.ts';
import {
	climb,
	rebased,
	rungsOf,
	startLadder,
	strainOf,
	UP_AGAIN,
	upAfter,
	type Ladder,
	type Strain
} from './sendLadder.ts';
import { PICTURE_SIZES } from '../shared/pictureSizes.ts';
import { videoLimit } from './sendLimits.ts';

const LAST = 4;
const EVERY = 500;

/** Looks at the line every half a second; each step the ladder took, with its instant. */
function walk(strains: readonly Strain[], last = LAST) {
	let ladder: Ladder = startLadder(0);
	const moves: { at: number; from: number; to: number }[] = [];
	strains.forEach((strain, nth) => {
		const at = (nth + 1) * EVERY;
		const from = ladder.step;
		ladder = climb(ladder, { at, before: at - EVERY, strain, last });
		if (ladder.step !== from) moves.push({ at, from, to: ladder.step });
	});
	return { ladder, moves };
}

const times = <T>(seconds: number, value: T): T[] => Array.from({ length: seconds * 2 }, () => value);
const strain = fc.constantFrom<Strain>('none', 'some', 'bad');
/** Weather that lasts for up to half a minute each. */
const past = fc
	.array(fc.tuple(strain, fc.integer({ min: 1, max: 60 })), { maxLength: 30 })
	.map((spells) => spells.flatMap(([one, looks]) => Array.from({ length: looks }, () => one)));

test('[T5] under lasting strain it ends at sound only, whatever was before, and soon', () => {
	fc.assert(
		fc.property(past, (strains) => {
			const { ladder, moves } = walk([...strains, ...times(20, 'bad' as const)]);
			expect(ladder.step).toBe(LAST);
			expect((moves.at(-1)?.at ?? 0) - strains.length * EVERY).toBeLessThanOrEqual(8_500);
		})
	);
});

test('[T5] on a good line it comes back to the top, whatever was before', () => {
	fc.assert(
		fc.property(past, (strains) => {
			expect(walk([...strains, ...times(64 * LAST + 1, 'none' as const)]).ladder.step).toBe(0);
		})
	);
});

test('[T5] it moves one step at a time, and up only after enough quiet', () => {
	fc.assert(
		fc.property(past, (strains) => {
			const { moves } = walk(strains);
			for (const { at, from, to } of moves) {
				expect(Math.abs(to - from)).toBe(1);
				if (to > from) continue;
				const quiet = strains.slice((at - UP_AGAIN) / EVERY, at / EVERY);
				expect(quiet.every((one) => one === 'none')).toBe(true);
			}
		})
	);
});

test('[T5] it never swings faster than once in ten seconds', () => {
	const changeable = fc
		.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 })), { minLength: 20 })
		.map((spells) =>
			spells.flatMap(([good, bad]) => [...times<Strain>(good, 'none'), ...times<Strain>(bad, 'bad')])
		);
	fc.assert(
		fc.property(changeable, (strains) => {
			const { moves } = walk(strains);
			const turns = moves.filter(({ to, from }, nth) => {
				const before = moves[nth - 1];
				return to > from && before !== undefined && before.to < before.from;
			});
			const apart = turns.slice(1).map(({ at }, nth) => at - turns[nth]!.at);
			expect(Math.min(Infinity, ...apart)).toBeGreaterThanOrEqual(10_000);
		})
	);
});

test('[T5] a line that carries no step up is asked ever more rarely', () => {
	let ladder: Ladder = startLadder(0);
	const ups: number[] = [];
	for (let at = EVERY; at < 600_000; at += EVERY) {
		const before = ladder.step;
		// Only sound goes through.
		ladder = climb(ladder, { at, before: at - EVERY, strain: before < LAST ? 'bad' : 'none', last: LAST });
		if (ladder.step < before) ups.push(at);
	}
	const waits = ups.slice(1).map((at, nth) => at - (ups[nth] ?? 0));
	expect(waits.every((wait, nth) => nth === 0 || wait >= (waits[nth - 1] ?? 0))).toBe(true);
	expect(ups.length).toBeLessThan(14);
	expect(upAfter(ladder)).toBe(64_000);
});

test('[P9] a laptop that slept was not under strain meanwhile', () => {
	const bad = climb(startLadder(0), { at: 500, before: 0, strain: 'bad', last: LAST });
	expect(climb(bad, { at: 900_000, before: 500, strain: 'bad', last: LAST }).step).toBe(0);
});

test('[C2] the steps lie below what the number of people allows, and sound only is the last', () => {
	for (const people of [2, 3, 4])
		for (const sharing of [false, true]) {
			const bound = videoLimit(people, sharing);
			const rungs = rungsOf(bound, sharing);
			expect(rungs[0]?.limit).toEqual(bound);
			expect(rungs.at(-1)?.limit).toBeNull();
			expect(rungs.length).toBeGreaterThanOrEqual(3);
			for (const [nth, { limit, floor }] of rungs.slice(1).entries()) {
				const above = rungs[nth]!;
				expect(floor).toBeLessThanOrEqual(above.floor);
				if (!limit || !above.limit) continue;
				expect(limit.maxBitrate).toBeLessThan(above.limit.maxBitrate);
				expect(limit.maxWidth).toBeLessThanOrEqual(above.limit.maxWidth);
				expect(limit.maxFramerate).toBeLessThanOrEqual(above.limit.maxFramerate);
			}
		}
});

test('[C2] [T5] shown larger or smaller, a weak line is not asked for more than it carried', () => {
	const bounds = [2, 3, 4].flatMap((people) =>
		[false, true].flatMap((sharing) =>
			PICTURE_SIZES.map((size) => rungsOf(videoLimit(people, sharing, size), sharing))
		)
	);
	const oneOf = fc.constantFrom(...bounds);
	fc.assert(
		fc.property(oneOf, oneOf, fc.nat(), (before, after, any) => {
			const step = any % before.length;
			const now = rebased({ ...startLadder(0), step, failures: 2 }, before, after, 5_000);
			const [was, is] = [before[step]!.limit, after[now.step]?.limit];
			expect(now.failures).toBe(2);
			if (step === 0) expect(now.step).toBe(0);
			else if (was === null) expect(is).toBeNull();
			else {
				expect(is).toBeTruthy();
				const least = after.at(-2)!.limit!;
				expect(is!.maxBitrate).toBeLessThanOrEqual(Math.max(was.maxBitrate, least.maxBitrate));
			}
		})
	);
});

const line: Figures = {
	...{ at: 0, roundTrip: 30, shortestTrip: 20, lossIn: 0, lossOut: 0, jitter: 5, concealed: 0, freezes: 0 },
	pictureIn: { width: 640, height: 480, rate: 25 },
	pictureOut: { width: 640, height: 480, rate: 25 },
	...{ bitsIn: 800_000, bitsOut: 800_000, available: 2_000_000, limitation: 'none' }
};

test('[T5] only signs of the way out strain it', () => {
	const [top, ...lower] = rungsOf(videoLimit(2, false), false);
	expect(strainOf(line, top!)).toBe('none');
	expect(strainOf({ ...line, lossIn: 0.5, jitter: 500, concealed: 1 }, top!)).toBe('none');
	expect(strainOf({ ...line, lossOut: 0.2 }, top!)).toBe('bad');
	expect(strainOf({ ...line, roundTrip: 900 }, top!)).toBe('some');
	const narrow: Figures = { ...line, available: 280_000, bitsOut: 270_000, limitation: 'bandwidth' };
	expect(strainOf(narrow, top!)).toBe('bad');
	// Enough for the step below, but not for more.
	expect(strainOf(narrow, lower[0]!)).toBe('some');
	expect(strainOf({ ...narrow, available: 90_000 }, lower.at(-2)!)).toBe('bad');
	expect(strainOf({ ...narrow, available: 90_000 }, lower.at(-1)!)).toBe('none');
});
