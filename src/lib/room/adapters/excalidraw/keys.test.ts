import { expect, test } from 'vitest';
import { isBlocked } from './keys.ts';

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const press = (key: string, more: Partial<typeof NONE> = {}) => ({ key, ...NONE, ...more });

test('[X2] the drawing library gets no key that opens a window of its own or locks what nothing unlocks', () => {
	const ctrl = { ctrlKey: true };
	const withControl = ['k', 'o', 's', 'p', '/', 'f', 'Backspace', 'Delete'].map((key) => press(key, ctrl));
	const shifted = ['L', 'E', 'S', 'P'].map((key) => press(key, { ...ctrl, shiftKey: true }));
	const plain = ['?', 'f', 'i', 'w', 'g', 's', '9'].map((key) => press(key));
	for (const one of [...withControl, ...shifted, ...plain])
		expect([one.key, isBlocked(one, true)]).toEqual([one.key, true]);
});

test('[X5] what moves, deletes, groups, copies and chooses tools gets through', () => {
	const ctrl = { ctrlKey: true };
	const through = [
		...['Delete', 'Backspace', 'ArrowLeft', 'Enter', 'Escape', 'r', 'p', 't', 'e', '1'].map((key) =>
			press(key)
		),
		...['a', 'c', 'v', 'x', 'g', ']'].map((key) => press(key, ctrl)),
		press('G', { ...ctrl, shiftKey: true })
	];
	expect(through.filter((one) => isBlocked(one, true))).toEqual([]);
	expect(isBlocked(press('r'), false)).toBe(true);
});
