import { expect, test } from 'vitest';
import { daysOf, wayOf } from './weekKeys.ts';

const pressed = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });

test('[Y1] keys go through the week where reading goes', () => {
	expect(daysOf(pressed('ArrowRight'), 'ltr')).toBe(1);
	expect(daysOf(pressed('ArrowRight'), 'rtl')).toBe(-1);
	expect(wayOf(pressed('ArrowLeft'), 'rtl')).toBe('laterDay');
	expect(wayOf(pressed('ArrowDown'))).toBe('down');
	expect(wayOf(pressed('Home'))).toBe('firstDay');
	expect(wayOf(pressed('End', true))).toBe('bottom');
	expect(wayOf(pressed('x'))).toBeNull();
});
