import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movedByKey } from './pointKeys.ts';

const MIDDLE = { x: 0.5, y: 0.5 };

test('[Y1] arrow keys move the pointer, with Shift in larger steps; other keys do not', () => {
	expect(movedByKey(MIDDLE, { key: 'ArrowRight', shiftKey: false })).toEqual({ x: 0.52, y: 0.5 });
	expect(movedByKey(MIDDLE, { key: 'ArrowUp', shiftKey: true })).toEqual({ x: 0.5, y: 0.4 });
	expect(movedByKey(MIDDLE, { key: 'Enter', shiftKey: false })).toBeNull();
});

test('[Y1] whatever is pressed, the pointer stays on the picture', () => {
	const key = fc.constantFrom('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown');
	fc.assert(
		fc.property(fc.array(fc.record({ key, shiftKey: fc.boolean() }), { maxLength: 60 }), (pressed) => {
			const end = pressed.reduce((at, event) => movedByKey(at, event)!, MIDDLE);
			for (const value of [end.x, end.y]) expect(value >= 0 && value <= 1).toBe(true);
		})
	);
});
