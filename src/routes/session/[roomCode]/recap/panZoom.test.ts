import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit, moveBy, zoomAt } from './panZoom.ts';

const WINDOW = { width: 400, height: 800 };
const PICTURE = { width: 736, height: 200 };
const amount = fc.integer({ min: 1, max: 5_000 });
const size = fc.record({ width: amount, height: amount });
const place = fc.record({ x: fc.integer(), y: fc.integer() });

test('[F6] a picture is first shown whole and in the middle; a small one is not blown up', () => {
	expect(fit(PICTURE, WINDOW)).toEqual({ scale: 0.5, x: 16, y: 350 });
	expect(fit({ width: 50, height: 50 }, WINDOW)).toEqual({ scale: 2, x: 150, y: 350 });
});

test('[F6] zooming keeps what one points at under the pointer', () => {
	const at = { x: 100, y: 380 };
	const look = zoomAt(fit(PICTURE, WINDOW), 4, at, PICTURE, WINDOW);
	expect(look.scale).toBe(2);
	// 168 units from the left and 60 from the top, before and after.
	expect((at.x - look.x) / look.scale).toBeCloseTo(168);
	expect((at.y - look.y) / look.scale).toBeCloseTo(60);
});

test('[F6] however one moves and zooms, the picture cannot be lost', () => {
	const step = fc.record({ factor: fc.double({ min: 0.01, max: 100, noNaN: true }), at: place, by: place });
	fc.assert(
		fc.property(size, size, fc.array(step), (picture, window, steps) => {
			let look = fit(picture, window);
			const whole = look.scale;
			for (const { factor, at, by } of steps) {
				look = zoomAt(moveBy(look, by, picture, window), factor, at, picture, window);
				expect(look.scale).toBeGreaterThanOrEqual(whole / 2);
				expect(look.scale).toBeLessThanOrEqual(Math.max(2, whole * 16));
				const [left, top] = [look.x - window.width / 2, look.y - window.height / 2];
				expect(Math.max(left, top)).toBeLessThanOrEqual(1e-6);
				expect(left + picture.width * look.scale).toBeGreaterThanOrEqual(-1e-6);
				expect(top + picture.height * look.scale).toBeGreaterThanOrEqual(-1e-6);
			}
		})
	);
});
