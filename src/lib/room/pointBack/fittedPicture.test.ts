import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onPicture, pictureBox, toFrame, toPicture, type Size } from './fittedPicture.ts';

const size = fc.record({
	width: fc.double({ min: 1, max: 8_000, noNaN: true }),
	height: fc.double({ min: 1, max: 8_000, noNaN: true })
});
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const point = fc.record({ x: unit, y: unit });
const fit = fc.constantFrom('contain' as const, 'cover' as const);
const near = (value: number) => expect.closeTo(value, 6);

test('[C2] a picture keeps its shape, lies in the middle and touches two edges', () => {
	fc.assert(
		fc.property(size, size, fit, (frame, picture, how) => {
			const box = pictureBox(frame, picture, how)!;
			expect(box.width / box.height / (picture.width / picture.height)).toBeCloseTo(1, 6);
			expect(box.left + box.width / 2).toBeCloseTo(frame.width / 2, 6);
			expect(box.top + box.height / 2).toBeCloseTo(frame.height / 2, 6);
			const over = [box.width - frame.width, box.height - frame.height];
			expect(Math.min(...over.map(Math.abs))).toBeCloseTo(0, 6);
			for (const much of over) expect(how === 'contain' ? much : -much).toBeLessThan(1e-6);
		})
	);
});

test('[X2] a point of the picture is the same point however the others’ windows show it', () => {
	fc.assert(
		fc.property(size, size, size, fit, fit, point, (picture, mine, theirs, myFit, theirFit, pointed) => {
			const [here, there] = [pictureBox(mine, picture, myFit)!, pictureBox(theirs, picture, theirFit)!];
			const seen = toPicture(there, toFrame(there, toPicture(here, toFrame(here, pointed))));
			expect(seen).toEqual({ x: near(pointed.x), y: near(pointed.y) });
		})
	);
});

test('[X2] zoom moves frame and pointer alike and changes nothing', () => {
	const zoom = fc.double({ min: 0.25, max: 5, noNaN: true });
	fc.assert(
		fc.property(size, size, fit, point, zoom, (frame, picture, how, pointed, by) => {
			const at = toFrame(pictureBox(frame, picture, how)!, pointed);
			const zoomed: Size = { width: frame.width * by, height: frame.height * by };
			const box = pictureBox(zoomed, picture, how)!;
			expect(toPicture(box, { x: at.x * by, y: at.y * by })).toEqual({
				x: near(pointed.x),
				y: near(pointed.y)
			});
		})
	);
});

test('[X2] beside the picture is the nearest point of it; what is no number is a corner', () => {
	const box = pictureBox({ width: 400, height: 400 }, { width: 160, height: 80 }, 'contain')!;
	expect(box).toEqual({ left: 0, top: 100, width: 400, height: 200 });
	expect(onPicture(toPicture(box, { x: 100, y: 20 }))).toEqual({ x: 0.25, y: 0 });
	expect(onPicture({ x: NaN, y: 7 })).toEqual({ x: 0, y: 1 });
	fc.assert(
		fc.property(point, (on) => {
			expect(onPicture(on)).toEqual(on);
		})
	);
});

test('[C2] without a size there is no place', () => {
	const one = { width: 1, height: 1 };
	for (const none of [
		{ width: 0, height: 1 },
		{ width: 1, height: 0 },
		{ width: NaN, height: 1 }
	]) {
		expect(pictureBox(none, one, 'contain')).toBeNull();
		expect(pictureBox(one, none, 'cover')).toBeNull();
	}
});
