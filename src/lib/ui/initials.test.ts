import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AVATAR_COLOURS, avatarColour, initials, personColour } from './initials.ts';

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

test('[Y1] white letters on anybody’s colour have a contrast of at least 5:1', () => {
	const used = new Set(Array.from({ length: 200 }, (_, i) => personColour(`user-${i}`)));
	expect(used.size).toBe(AVATAR_COLOURS);
	for (const colour of used) {
		const [red, green, blue] = [1, 3, 5].map((at) => {
			const part = parseInt(colour.slice(at, at + 2), 16) / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		expect(1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05)).toBeGreaterThanOrEqual(5);
	}
});

test('[T4] avatars have the colours that people have elsewhere', () => {
	const rules = readFileSync('src/lib/ui/Avatar.svelte', 'utf8').matchAll(
		/\[data-person='(\d+)'\] \{\s*--person: (#[0-9a-f]{6});/g
	);
	const colours = new Map([...rules].map(([, number, colour]) => [Number(number), colour]));
	expect(colours.size).toBe(AVATAR_COLOURS);
	for (const key of Array.from({ length: 200 }, (_, i) => `user-${i}`))
		expect(colours.get(avatarColour(key))).toBe(personColour(key));
});
