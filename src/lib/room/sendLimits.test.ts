import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PICTURE_SIZES, type PictureSize } from '../shared/pictureSizes.ts';
import { limitsByViewer, videoLimit } from './sendLimits.ts';

const sizes = fc.constantFrom(...PICTURE_SIZES);
const pixels = ({ maxWidth, maxFramerate }: ReturnType<typeof videoLimit>) =>
	((maxWidth ** 2 * 9) / 16) * maxFramerate;

test('[C2] what is shown larger is never sent with less, and more people never get more', () => {
	const scene = fc.record({
		people: fc.integer({ min: 2, max: 6 }),
		sharing: fc.boolean(),
		large: fc.integer({ min: 1, max: 5 })
	});
	fc.assert(
		fc.property(scene, sizes, sizes, ({ people, sharing, large }, one, other) => {
			const ordered = [one, other].sort((a, b) => PICTURE_SIZES.indexOf(a) - PICTURE_SIZES.indexOf(b));
			const [smaller, larger] = ordered.map((size) => videoLimit(people, sharing, size, large));
			for (const key of ['maxBitrate', 'maxWidth', 'maxFramerate'] as const)
				expect(smaller![key]).toBeLessThanOrEqual(larger![key]);
			const crowded = videoLimit(people + 1, sharing, one, large);
			expect(crowded.maxBitrate).toBeLessThanOrEqual(videoLimit(people, sharing, one, large).maxBitrate);
		})
	);
});

test('[C2] in a group one person together sends no more than a few pictures are worth', () => {
	fc.assert(
		fc.property(fc.array(sizes, { minLength: 2, maxLength: 3 }), (shownAs) => {
			const others = shownAs.map((size, nth) => ({ userId: `u${nth}`, shows: { me: size } }));
			const limitOf = limitsByViewer(others, 'me', false);
			const all = others.map(({ userId }) => limitOf(userId));
			expect(all.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0)).toBeLessThanOrEqual(1_500_000);
			// Of what two cores can encode: three pictures of 640 × 480 with 20 a second.
			expect(all.reduce((sum, limit) => sum + pixels(limit), 0)).toBeLessThanOrEqual(3 * 640 * 480 * 20);
		})
	);
});

test('[C2] each gets what they show: a thumbnail little, a pinned one more, a screen its width', () => {
	const show = (size?: PictureSize) => (size ? { shows: { me: size } } : {});
	const others = [
		{ userId: 'liam', ...show('thumb') },
		{ userId: 'ana', ...show('large') },
		{ userId: 'noor', ...show() }
	];
	const face = limitsByViewer(others, 'me', false);
	expect(['liam', 'ana', 'noor'].map((userId) => face(userId).maxWidth)).toEqual([320, 960, 480]);
	// A call of which nobody knows yet whose it is, and a page that does not know itself yet.
	expect(face(undefined)).toEqual(videoLimit(4, false));
	expect(limitsByViewer(others, undefined, false)('liam')).toEqual(videoLimit(4, false));
	const screen = limitsByViewer(others, 'me', true);
	expect(['liam', 'ana', 'noor'].map((userId) => screen(userId).maxWidth)).toEqual([640, 1280, 1280]);
	// Two people: the picture is as large as ever.
	expect(videoLimit(2, false)).toEqual(videoLimit(2, false, 'large'));
});
