import { expect, test } from 'vitest';
import type { LiveElement, LiveElementOf } from '../../shared/board.ts';
import { rectangle } from '../fakes/fakeWhiteboard.ts';
import { restyle } from './restyle.ts';

const workshop = { nonce: () => 9, measure: (line: string, fontSize: number) => line.length * fontSize };
const words = (id: string, containerId?: string): LiveElementOf<'text'> => ({
	...{ id, pageId: 'first', kind: 'text', version: 4, nonce: 1, deleted: false },
	data: {
		...{ x: 0, y: 0, width: 100, height: 27, index: 'a1', strokeColor: '#1e1e1e', strokeWidth: 2 },
		...{ text: 'abcde', fontSize: 20, fontFamily: 6, lineHeight: 1.35 },
		...(containerId ? { containerId } : {})
	}
});
const stroke = (opacity?: number): LiveElement => ({
	...{ id: 'stroke', pageId: 'first', kind: 'freedraw', version: 1, nonce: 1, deleted: false },
	data: {
		...{ x: 0, y: 0, index: 'a2', strokeColor: '#1e1e1e', strokeWidth: 2, points: [[0, 0]] },
		...(opacity ? { opacity } : {})
	}
});

test('[X2] what is selected takes the colour that is chosen, with the text in it, and nothing else does', () => {
	const elements = [rectangle('a', 0, 3), words('in-a', 'a'), rectangle('b', 50), words('free')];
	const changed = restyle(elements, ['a', 'free'], { color: '#c92a2a' }, workshop);
	expect(changed.map(({ id, version, nonce }) => [id, version, nonce])).toEqual([
		['a', 4, 9],
		['in-a', 5, 9],
		['free', 5, 9]
	]);
	for (const { data } of changed) expect(data).toMatchObject({ strokeColor: '#c92a2a' });
	expect(restyle(changed, ['a', 'free'], { color: '#c92a2a' }, workshop)).toEqual([]);
});

test('[X2] a width is that of lines, a highlighter’s is its own, and a size of letters is that of free texts', () => {
	const width = (one: LiveElement) => restyle([one], [one.id], { width: 4 }, workshop)[0]?.data;
	expect(width(rectangle('a', 0))).toMatchObject({ strokeWidth: 4 });
	expect(width(stroke())).toMatchObject({ strokeWidth: 4 });
	expect(width(stroke(40))).toMatchObject({ strokeWidth: 12 });
	expect(width(words('free'))).toBeUndefined();
	const [larger] = restyle([words('free'), words('in', 'a')], ['free', 'in'], { textSize: 36 }, workshop);
	expect(larger).toMatchObject({ id: 'free', data: { fontSize: 36, width: 180, height: 48.6 } });
});
