import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeClock } from '../fakes/fakeClock.ts';
import { createPointTeller, placeWords } from './placeWords.ts';

function telling() {
	const clock = fakeClock();
	const said: string[] = [];
	const teller = createPointTeller({ clock, say: (text) => said.push(text) });
	const point = (who: string, x: number, y: number) =>
		teller.pointed(who, { x, y }, (place) => `${who}: ${place}`);
	return { clock, said, teller, point };
}

test('[Y1] a place on the picture has a name', () => {
	expect(placeWords({ x: 0.1, y: 0.1 })).toBe('top left');
	expect(placeWords({ x: 0.5, y: 0.5 })).toBe('middle');
	expect(placeWords({ x: 0.5, y: 1 })).toBe('bottom');
	expect(placeWords({ x: 1, y: 0.4 })).toBe('middle right');
	fc.assert(
		fc.property(fc.double(), fc.double(), (x, y) => {
			expect(placeWords({ x, y })).toMatch(/^(top|middle|bottom)( left| right)?$/);
		})
	);
});

test('[Y1] who points where is said when the pointer has come to rest, and not on its way', async () => {
	const { clock, said, point } = telling();
	for (let x = 0; x <= 1; x += 0.02) {
		point('Ana', x, 0.1);
		await clock.advance(30);
	}
	expect(said).toEqual([]);
	await clock.advance(1_000);
	expect(said).toEqual(['Ana: top right']);
	await clock.advance(60_000);
	point('Ana', 0.98, 0.12);
	await clock.advance(1_000);
	expect(said).toHaveLength(1);
});

test('[Y1] somebody who points here and there for a minute is told at most every four seconds', async () => {
	const { clock, said, point } = telling();
	for (let n = 0; n < 60; n += 1) {
		point('Ana', n % 2, n % 3 === 0 ? 0 : 1);
		await clock.advance(1_000);
	}
	expect(said.length).toBeGreaterThan(3);
	expect(said.length).toBeLessThanOrEqual(15);
});

test('[Y1] several people are told apart, and who has stopped before is not told', async () => {
	const { clock, said, teller, point } = telling();
	point('Ana', 0, 0);
	point('Ben', 1, 1);
	point('Cem', 0.5, 0.5);
	teller.gone('Cem');
	await clock.advance(1_000);
	expect(said).toEqual(['Ana: top left', 'Ben: bottom right']);
	teller.gone('Ana');
	point('Ana', 0, 0);
	await clock.advance(5_000);
	expect(said).toHaveLength(2);
	teller.gone('Ana');
	await clock.advance(15_000);
	point('Ana', 0, 0);
	point('Ben', 0, 0);
	teller.stop();
	await clock.advance(5_000);
	expect(said).toHaveLength(2);
});
