import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergePast } from './pastPages.ts';

const session = (nth: number, mark = '') => ({ roomCode: `r${nth}`, startsAt: nth * 10, mark });

test('[F7] a lesson that has just ended comes on top and pushes nothing out', () => {
	const known = [4, 3, 2, 1].map((nth) => session(nth));
	const fresh = [session(5), session(4, 'rated')];
	expect(mergePast(known, fresh)).toEqual([
		session(5),
		session(4, 'rated'),
		session(3),
		session(2),
		session(1)
	]);
});

test('[F7] whatever was read when, each session is there once and in order', () => {
	const some = fc
		.uniqueArray(fc.nat(30))
		.map((list) => list.toSorted((a, b) => b - a).map((nth) => session(nth)));
	fc.assert(
		fc.property(some, some, (known, fresh) => {
			const merged = mergePast(known, fresh);
			const codes = merged.map(({ roomCode }) => roomCode);
			expect(new Set(codes)).toEqual(new Set([...known, ...fresh].map(({ roomCode }) => roomCode)));
			expect(codes).toHaveLength(new Set(codes).size);
			expect(merged).toEqual(merged.toSorted((a, b) => b.startsAt - a.startsAt));
		})
	);
});
