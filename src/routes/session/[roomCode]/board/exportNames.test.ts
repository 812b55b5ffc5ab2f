import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportName, exportPart } from './exportNames.ts';

test('[X2] a file is called by its lesson, page and day', () => {
	expect(exportName('Fractions', 'Page 2', '2026-07-14', 'png')).toBe('Fractions - Page 2 - 2026-07-14.png');
	expect(exportPart(2, 9, '')).toBe('Page 2');
	expect(exportPart(2, 12, 'Halves')).toBe('Page 02 Halves');
});

test('[S6] whatever a lesson or page is called, the name is one that every system takes', () => {
	expect(exportName('../a/b\\c: "d" <e>|f?*', '\u202Egnp.exe', '2026-07-14', 'svg')).toBe(
		'a b c d e f - gnp.exe - 2026-07-14.svg'
	);
	expect(exportName(' . ', 'Page 1', '2026-07-14', 'svg')).toBe('Lesson - Page 1 - 2026-07-14.svg');
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
			const name = exportName(title, exportPart(1, 1, title), '2026-07-14', 'png');
			expect(name).not.toMatch(/[\p{Cc}\\/:*?"<>|]|^\./u);
			expect(name).toMatch(/ - 2026-07-14\.png$/);
			expect([...name].length).toBeLessThan(150);
		})
	);
});
