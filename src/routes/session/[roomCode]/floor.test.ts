import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HOLD, NO_FLOOR, nextFloor, STAY, type Floor } from './floor.ts';

const PEOPLE = ['ana', 'ben', 'eve'];
const EVERY = 250;

/** Who has the floor after each look; each look is who speaks, and null is somebody who is not here. */
function floors(looks: readonly (readonly (boolean | null)[])[]): Floor[] {
	let floor = NO_FLOOR;
	return looks.map((look, nth) => {
		const others = PEOPLE.flatMap((userId, which) => {
			const speaking = look[which] ?? null;
			return speaking === null ? [] : [{ userId, speaking }];
		});
		floor = nextFloor(floor, others, nth * EVERY);
		return floor;
	});
}

/** The same look for some time, ms. */
const during = (ms: number, ...look: boolean[]) => Array.from({ length: ms / EVERY }, () => look);
const last = (looks: (readonly boolean[])[]) => floors(looks).at(-1)!.userId;

test('[C7] whoever speaks becomes the large one, and a word in between changes nothing', () => {
	expect(last(during(5_000, false, false))).toBeNull();
	expect(last([[false, true]])).toBe('ben');
	const ben = during(5_000, false, true);
	expect(last([...ben, ...during(1_000, true, false), ...during(5_000, false, false)])).toBe('ben');
	expect(last([...ben, ...during(2_000, true, false)])).toBe('ana');
	// While both speak it stays; the one that goes on has it.
	expect(last([...ben, ...during(9_000, true, true)])).toBe('ben');
	expect(last([...ben, ...during(9_000, true, true), ...during(1_500, true, false)])).toBe('ana');
	// Whoever just became it stays it for a while.
	expect(last([[true, false], ...during(2_000, false, true)])).toBe('ana');
	expect(last([[true, false], ...during(3_000, false, true), [false, true]])).toBe('ben');
});

test('[C7] the large one changes only to somebody who goes on speaking, never from somebody who speaks, and not often', () => {
	// Runs of equal looks, as people speak: in bursts.
	const run = fc.record({
		times: fc.integer({ min: 1, max: 16 }),
		look: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean())
	});
	fc.assert(
		fc.property(fc.array(run, { maxLength: 30 }), (runs) => {
			const looks = runs.flatMap(({ times, look }) => Array.from({ length: times }, () => look));
			const all = floors(looks);
			const speaks = (nth: number, userId: string) => looks[nth]![PEOPLE.indexOf(userId)]!;
			let changedAt = -Infinity;
			all.forEach(({ userId }, nth) => {
				const before = all[nth - 1]?.userId ?? null;
				if (userId === before) return;
				expect(speaks(nth, userId!)).toBe(true);
				if (before !== null) {
					expect(speaks(nth, before)).toBe(false);
					expect(nth * EVERY - changedAt).toBeGreaterThanOrEqual(STAY);
					for (let back = 0; back * EVERY < HOLD; back += 1) expect(speaks(nth - back, userId!)).toBe(true);
				}
				changedAt = nth * EVERY;
			});
			// Whoever speaks alone for long enough has it.
			const tail = looks.slice(-Math.ceil((STAY + HOLD) / EVERY) - 1);
			const alone = PEOPLE.find((userId, which) =>
				tail.every((look) => look.every((speaking, other) => speaking === (other === which)))
			);
			if (alone && looks.length > tail.length) expect(all.at(-1)!.userId).toBe(alone);
		})
	);
});

test('[C7] somebody who goes leaves the floor to the next who speaks', () => {
	const looks = [
		[true, false],
		[null, false],
		[null, true]
	];
	expect(floors(looks).map(({ userId }) => userId)).toEqual(['ana', null, 'ben']);
});
