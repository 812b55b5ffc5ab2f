import { expect, test } from 'vitest';
import { isolated } from './isolated.ts';

test('[S6] a name that is read from right to left turns nothing beside it; any other one stays as it is', () => {
	expect(isolated('Liam Chen')).toBe('Liam Chen');
	expect(isolated('Zoë ß. 李明')).toBe('Zoë ß. 李明');
	for (const name of ['ليلى حداد', 'דנה', 'Java درس 2']) expect(isolated(name)).toBe(`\u2068${name}\u2069`);
});
