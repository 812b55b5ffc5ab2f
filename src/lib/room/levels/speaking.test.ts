import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barOf, foldHearing, PATIENCE, type Hearing } from './hearing.ts';
import { foldHint, NO_HINT, REST, SHOWN, type MutedHint } from './mutedHint.ts';
import { foldSpeaking, LOUD, PAUSE, SOFT, type Speaking } from './speaking.ts';

const EVERY = 100;

/** The states after each look, one every 100 ms. */
function hear(levels: readonly number[]): Speaking[] {
	let state: Speaking | null = null;
	return levels.map((level, nth) => (state = foldSpeaking(state, level, nth * EVERY)));
}

const level = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, SOFT, LOUD));

test('[C7] who speaks is seen within 300 ms, and a click or a quiet room is no speech', () => {
	expect(hear([0, 0.1, 0.1, 0.1]).at(-1)?.speaking).toBe(true);
	expect(hear([0, 0, 0.5, 0, 0, 0, 0.5, 0, 0]).some(({ speaking }) => speaking)).toBe(false);
	expect(hear(Array<number>(50).fill(LOUD * 0.9)).some(({ speaking }) => speaking)).toBe(false);
});

test('[C7] pauses between words do not flicker: nobody stops before the pause is over, or speaks without a loud word', () => {
	fc.assert(
		fc.property(fc.array(level, { maxLength: 200 }), (levels) => {
			const states = hear(levels);
			for (const [nth, { speaking }] of states.entries()) {
				const before = states[nth - 1]?.speaking ?? false;
				const lately = levels.slice(Math.max(0, nth - PAUSE / EVERY + 1), nth + 1);
				if (before && !speaking) expect(lately.every((one) => one < SOFT)).toBe(true);
				if (!before && speaking) expect(levels[nth]).toBeGreaterThanOrEqual(LOUD);
			}
		})
	);
});

test('[C7] silence ends it, whatever was before and whatever the clock did', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(level, fc.integer({ min: -10_000, max: 10_000 }))), (looks) => {
			let state: Speaking | null = null;
			let at = 1_000_000;
			for (const [loudness, passed] of looks) state = foldSpeaking(state, loudness, (at += passed));
			for (let nth = 0; nth <= 10; nth += 1) state = foldSpeaking(state, 0, (at += EVERY));
			expect(state?.speaking).toBe(false);
		})
	);
});

/** The states of the hint, one every 100 ms. */
function hintsOf(looks: readonly { muted: boolean; speaking: boolean }[], before = NO_HINT): MutedHint[] {
	let state = before;
	return looks.map((look, nth) => (state = foldHint(state, { ...look, at: 1_000 + nth * EVERY })));
}

test('[C7] speaking while muted is told once it is meant, for some seconds, and then not for a minute', () => {
	const talking = Array.from({ length: 700 }, () => ({ muted: true, speaking: true }));
	const states = hintsOf(talking);
	const first = states.findIndex(({ shown }) => shown);
	const gone = states.findIndex(({ shown }, nth) => nth > first && !shown);
	const second = states.findIndex(({ shown }, nth) => nth > gone && shown);
	expect([first * EVERY, (gone - first) * EVERY, (second - first) * EVERY]).toEqual([1_200, SHOWN, REST]);
	expect(foldHint(states[first]!, { muted: false, speaking: true, at: 9_000 }).shown).toBe(false);
});

test('[C7] nobody who is not muted or does not speak is told, and never twice within a minute', () => {
	const stretch = fc
		.tuple(fc.record({ muted: fc.boolean(), speaking: fc.boolean() }), fc.integer({ min: 1, max: 900 }))
		.map(([look, length]) => Array<typeof look>(length).fill(look));
	fc.assert(
		fc.property(fc.array(stretch, { minLength: 1, maxLength: 8 }), (stretches) => {
			const looks = stretches.flat();
			const states = hintsOf(looks);
			const begun = states.flatMap(({ shown }, nth) => (shown && !states[nth - 1]?.shown ? [nth] : []));
			for (const nth of begun) expect(looks[nth]).toEqual({ muted: true, speaking: true });
			for (const [place, nth] of begun.slice(1).entries())
				expect((nth - begun[place]!) * EVERY).toBeGreaterThanOrEqual(REST);
			for (const [nth, { shown }] of states.entries()) if (shown) expect(looks[nth]?.muted).toBe(true);
		})
	);
});

test('[L4] the meter says in words whether the microphone is heard', () => {
	let state: Hearing | null = foldHearing(null, null, 0);
	expect(state.name).toBe('blocked');
	state = foldHearing(state, 0, 100);
	expect(state.name).toBe('listening');
	state = foldHearing(state, 0, 100 + PATIENCE);
	expect(state.name).toBe('nothing');
	state = foldHearing(state, 0.1, 9_000);
	expect(state.name).toBe('heard');
	expect(foldHearing(state, 0, 60_000).name).toBe('heard');
});

test('[L4] the bar of the meter grows with the level and stays within its frame', () => {
	fc.assert(
		fc.property(level, level, (a, b) => {
			const [low, high] = a < b ? [a, b] : [b, a];
			expect(barOf(low)).toBeLessThanOrEqual(barOf(high));
			expect(barOf(high)).toBeLessThanOrEqual(1);
			expect(barOf(low)).toBeGreaterThanOrEqual(0);
		})
	);
	expect([barOf(null), barOf(0)]).toEqual([0, 0]);
});
