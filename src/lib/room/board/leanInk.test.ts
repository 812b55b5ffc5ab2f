import { expect, test } from 'vitest';
import type { InkDelta } from '../../shared/boardInk.ts';
import { createLeanInk } from './leanInk.ts';

function ink(strokeId: string, from: number, color = '#1e1e1e'): InkDelta {
	return { strokeId, pageId: 'p1', kind: 'pen', color, width: 2, from, points: [1, 2, 0.5] };
}

test('[X3] strokes come out as they went in, with their look told once a second', () => {
	const [here, there] = [createLeanInk(), createLeanInk()];
	const deltas = Array.from({ length: 45 }, (_, from) => ink('a', from));
	const sent = deltas.map(here.sent);
	expect(sent.map((one, at) => ('color' in one ? at : -1)).filter((at) => at >= 0)).toEqual([0, 20, 40]);
	expect(sent.map((one) => there.heard('seat', one))).toEqual(deltas);
	expect(there.heard('seat', here.sent(ink('b', 0, '#c92a2a')))).toEqual(ink('b', 0, '#c92a2a'));
});

test('[X3] whoever comes in the middle of a stroke sees it from the next look on', () => {
	const [here, there] = [createLeanInk(), createLeanInk()];
	const sent = Array.from({ length: 25 }, (_, from) => here.sent(ink('a', from))).slice(5);
	const heard = sent.map((one) => there.heard('seat', one));
	expect(heard.slice(0, 15).every((one) => one === null)).toBe(true);
	expect(heard.slice(15)).toEqual(Array.from({ length: 5 }, (_, nth) => ink('a', 20 + nth)));
});

test('[X3] two who draw at once are not confused', () => {
	const there = createLeanInk();
	const [one, other] = [createLeanInk(), createLeanInk()];
	for (let from = 0; from < 5; from += 1) {
		expect(there.heard('one', one.sent(ink('a', from)))).toEqual(ink('a', from));
		expect(there.heard('other', other.sent(ink('b', from, '#2b8a3e')))).toEqual(ink('b', from, '#2b8a3e'));
	}
});
