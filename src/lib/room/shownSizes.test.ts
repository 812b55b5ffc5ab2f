import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PICTURE_SIZES, type PictureSize } from '../shared/pictureSizes.ts';
import { fakeClock } from './fakes/fakeClock.ts';
import { createShownSizes, sizeOf } from './shownSizes.ts';

test('[C2] a picture’s size follows its height', () => {
	const sizes = [0, 1, 150, 270, 271, 560, 561, 2_000].map((height) => sizeOf(height, undefined));
	expect(sizes).toEqual([...['hidden', 'thumb', 'thumb', 'thumb', 'medium', 'medium', 'large', 'large']]);
});

test('[C2] near a border it stays what it was, and a clear change is taken at once', () => {
	const trembling = fc.record({
		height: fc.integer({ min: 1, max: 3_000 }),
		shakes: fc.array(fc.double({ min: -0.04, max: 0.04, noNaN: true }), { maxLength: 40 })
	});
	fc.assert(
		fc.property(trembling, ({ height, shakes }) => {
			let size: PictureSize | undefined;
			let changes = 0;
			for (const shake of shakes) {
				const next = sizeOf(height * (1 + shake), size);
				if (size !== undefined && next !== size) changes += 1;
				size = next;
			}
			expect(changes).toBe(0);
		})
	);
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom(...PICTURE_SIZES), (height, before) => {
			// At most one size off, and only where the border is near.
			const [is, plain] = [sizeOf(height, before), sizeOf(height, undefined)];
			expect(Math.abs(PICTURE_SIZES.indexOf(is) - PICTURE_SIZES.indexOf(plain))).toBeLessThanOrEqual(1);
			if (is !== plain)
				expect([sizeOf(height * 1.12, undefined), sizeOf(height / 1.12, undefined)]).toContain(is);
		})
	);
	expect(sizeOf(0, 'large')).toBe('hidden');
	expect(sizeOf(900, 'hidden')).toBe('large');
	expect(sizeOf(120, 'large')).toBe('thumb');
});

test('[C2] the others are told at once, and then at most once a second', async () => {
	const clock = fakeClock();
	const told: string[] = [];
	const sizes = createShownSizes({
		clock,
		onChange: () => told.push(`${clock.now() - start} ${JSON.stringify(sizes.told())}`)
	});
	const start = clock.now();
	sizes.measured({ liam: 600 });
	sizes.measured({ liam: 150 });
	sizes.measured({ liam: 300, ana: 150 });
	await clock.advance(400);
	sizes.measured({ ana: 150 });
	await clock.advance(5_000);
	sizes.measured({ ana: 151 });
	sizes.measured({});
	sizes.measured({ ana: 150 });
	await clock.advance(5_000);
	expect(told).toEqual(['0 {"liam":"large"}', '1000 {"ana":"thumb"}', '5400 {}', '6400 {"ana":"thumb"}']);
	sizes.measured({ ana: 900 });
	sizes.measured({});
	sizes.stop();
	await clock.advance(5_000);
	expect(told).toHaveLength(5);
});
