import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pictureScale, templateView } from './pictureFrame.ts';
import { templatePaths } from './templates.ts';

const FRAME = { left: -100, top: 20, width: 800, height: 600 };
const side = fc.integer({ min: 64, max: 2_000_000 });

test('[X2] a picture has two pixels a unit, and never more than browsers draw', () => {
	expect(pictureScale(FRAME)).toBe(2);
	fc.assert(
		fc.property(side, side, (width, height) => {
			const scale = pictureScale({ ...FRAME, width, height });
			expect(scale).toBeLessThanOrEqual(2);
			expect(Math.max(width, height) * scale).toBeLessThanOrEqual(8_192.001);
			expect(width * scale * height * scale).toBeLessThanOrEqual(16_000_001);
		})
	);
});

test('[X2] the lines of a page stand in its picture where they stand on the board', () => {
	const { d, lineWidth } = templatePaths('lined', templateView(FRAME, 2))[0]!;
	const rows = [...d.matchAll(/M0 (\d+)\.5L800 \1\.5/g)].map(([, y]) => Number(y));
	// One each 40 units from the middle of the page, which is 20 units above the picture.
	expect(rows).toEqual(Array.from({ length: 15 }, (_, nth) => 20 + 40 * nth));
	expect(lineWidth).toBe(1);
	expect(templatePaths('blank', templateView(FRAME, 2))).toEqual([]);
	const axes = templatePaths('axes', templateView({ ...FRAME, top: -300 }, 2));
	expect(axes.map((path) => path.lineWidth)).toEqual([1, 2]);
	expect(axes[1]!.d).toBe('M0 300.5L800 300.5M100.5 0L100.5 600');
});

test('[X4] however large a page is, its lines stay few enough for a file', () => {
	fc.assert(
		fc.property(side, side, (width, height) => {
			const frame = { ...FRAME, width, height };
			const paths = templatePaths('squared', templateView(frame, pictureScale(frame)));
			expect(paths.reduce((sum, { d }) => sum + d.length, 0)).toBeLessThan(200_000);
		})
	);
});
