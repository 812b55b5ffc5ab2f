import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findObjects, goTo, keepPlace } from './objectList.ts';
import type { BoardObject } from './objectWords.ts';

function object(id: string, more: Partial<BoardObject> = {}): BoardObject {
	const box = { left: 0, top: 0, right: 1, bottom: 1 };
	return {
		...{ id, kind: 'rectangle', pageId: 'first', title: `Rectangle ${id}`, detail: 'by Maya' },
		...{ text: '', textId: null, box, ...more }
	};
}
const ids = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
const objects = (all: number[]) => all.map((id) => object(String(id)));

test('[X5] whatever the others do, one is still at the same thing and as much around it is there', () => {
	fc.assert(
		fc.property(ids, ids, fc.nat(), fc.integer({ min: 1, max: 12 }), (before, after, to, length) => {
			const place = goTo(objects(before), { from: 0, activeId: null }, to % (before.length + 1), length);
			const next = keepPlace(objects(before), place, objects(after), length);
			if (after.length === 0) return void expect(next).toEqual({ from: 0, activeId: null });
			if (place.activeId && after.includes(Number(place.activeId)))
				expect(next.activeId).toBe(place.activeId);
			const shown = after.slice(next.from, next.from + length);
			expect(shown).toContain(Number(next.activeId));
			expect(shown).toHaveLength(Math.min(length, after.length));
		})
	);
});

test('[X5] the thing one reads stays at its line when things come before it', () => {
	const before = objects([10, 11, 12, 13, 14, 15]);
	const place = goTo(before, { from: 2, activeId: '12' }, 3, 3);
	expect(place).toEqual({ from: 2, activeId: '13' });
	const after = objects([1, 2, 3, 10, 11, 12, 13, 14, 15]);
	expect(keepPlace(before, place, after, 3)).toEqual({ from: 5, activeId: '13' });
});

test('[X5] when the thing one is at is deleted the next one takes its place, at the end the last', () => {
	const before = objects([1, 2, 3]);
	expect(keepPlace(before, { from: 0, activeId: '2' }, objects([1, 3]), 9).activeId).toBe('3');
	expect(keepPlace(before, { from: 0, activeId: '3' }, objects([1, 2]), 9).activeId).toBe('2');
});

test('[X5] found by text, kind, author and place, without regard to accents and case', () => {
	const all = [
		object('a', { title: 'Text “Élan vital”', detail: 'top left, by Liam', text: 'Élan vital' }),
		object('b', { detail: 'red, bottom, by Maya' })
	];
	const found = (search: string) => findObjects(all, search).map(({ id }) => id);
	expect(found('elan')).toEqual(['a']);
	expect(found('maya RED')).toEqual(['b']);
	expect(found('text liam')).toEqual(['a']);
	expect(found(' ')).toEqual(['a', 'b']);
	expect(found('nothing')).toEqual([]);
});
