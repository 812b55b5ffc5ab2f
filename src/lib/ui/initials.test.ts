import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AVATAR_COLOURS, avatarColour, initials } from './initials.ts';

test('[T4] initials come from the first and the last word of a name', () => {
	expect(initials('Maya Okafor')).toBe('MO');
	expect(initials('Ana de la Cruz')).toBe('AC');
	expect(initials('  liam ')).toBe('L');
	expect(initials('李 小龍')).toBe('李小');
	expect(initials('“Maya” (she)')).toBe('MS');
	expect(initials('— …')).toBe('');
});

test('[T4] a person has one colour, and all colours are used', () => {
	expect(avatarColour('u-1')).toBe(avatarColour('u-1'));
	const used = new Set(Array.from({ length: 200 }, (_, i) => avatarColour(`user-${i}`)));
	expect(used.size).toBe(AVATAR_COLOURS);
});

test('[S6] no name breaks the avatar', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (name) => {
			expect([...initials(name)].length).toBeLessThanOrEqual(4);
			expect(avatarColour(name)).toBeLessThan(AVATAR_COLOURS);
		})
	);
});
