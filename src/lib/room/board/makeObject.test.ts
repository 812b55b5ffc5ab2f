import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanBoardText, type BoardElement, type LiveElement } from '../../shared/board.ts';
import { boardElementSchema } from '../../shared/boardSchemas.ts';
import { COLORS } from './colors.ts';
import { editObject } from './editObject.ts';
import { indexAbove } from './indexAbove.ts';
import { FORM_DIRECTIONS, FORM_KINDS, FORM_SIZES, makeObject, type ObjectForm } from './makeObject.ts';
import { PLACES } from './objectPlaces.ts';
import { describePage } from './objectWords.ts';
import { layOut } from './textLayout.ts';

const PLAIN: ObjectForm = {
	...{ kind: 'rectangle', text: '', color: '#c92a2a', size: 'medium' },
	...{ direction: 'right', place: 'top left', pageId: 'first' }
};
let ids = 0;
const workshop = (elements: readonly BoardElement[] = []) => ({
	...{ elements, randomId: () => `id-${++ids}`, nonce: () => 7 },
	measure: (line: string, fontSize: number) => line.length * fontSize * 0.5
});
const list = (elements: BoardElement[]) => describePage(elements, () => 'you');
const after = (elements: BoardElement[], changes: BoardElement[]) => [
	...new Map([...elements, ...changes].map((one) => [one.id, one])).values()
];
const form = fc.record<ObjectForm>({
	kind: fc.constantFrom(...FORM_KINDS),
	text: fc.string({ maxLength: 300, unit: 'binary' }).filter((text) => cleanBoardText(text).trim() !== ''),
	color: fc.constantFrom(...COLORS.map(({ value }) => value)),
	size: fc.constantFrom(...FORM_SIZES),
	direction: fc.constantFrom(...(Object.keys(FORM_DIRECTIONS) as (keyof typeof FORM_DIRECTIONS)[])),
	place: fc.constantFrom(...PLACES, 'below everything' as const),
	pageId: fc.constant('first')
});

test('[X5] whatever is filled in, the server takes it, and it is one thing in the list', () => {
	fc.assert(
		fc.property(fc.array(form, { minLength: 1, maxLength: 5 }), (forms) => {
			const elements: LiveElement[] = [];
			for (const one of forms) elements.push(...makeObject(one, workshop(elements)));
			for (const element of elements) expect(boardElementSchema.safeParse(element).error).toBeUndefined();
			expect(list(elements)).toHaveLength(forms.length);
		})
	);
});

test('[X5] whatever is changed afterwards, the server takes it, and the words are the new ones', () => {
	fc.assert(
		fc.property(form, form, (one, other) => {
			const elements = makeObject(one, workshop());
			const changes = editObject(list(elements)[0]!, other, workshop(elements));
			for (const element of changes) expect(boardElementSchema.safeParse(element).error).toBeUndefined();
			const now = list(after(elements, changes));
			expect(now).toHaveLength(1);
			if (one.kind !== 'line' && one.kind !== 'arrow')
				expect(now[0]!.text).toBe(cleanBoardText(other.text).trim());
		})
	);
});

test('[X5] a text, a shape with words in it and an arrow are told as they were meant', () => {
	const elements: LiveElement[] = [];
	for (const one of [
		{ ...PLAIN, kind: 'text', text: ' Hello ' },
		{ ...PLAIN, kind: 'ellipse', text: 'Sum', place: 'middle', color: '#1e1e1e' },
		{ ...PLAIN, kind: 'arrow', text: 'ignored', direction: 'down left', place: 'bottom right', size: 'large' }
	] satisfies ObjectForm[])
		elements.push(...makeObject(one, workshop(elements)));
	expect(list(elements).map(({ title, detail }) => `${title}: ${detail}`)).toEqual([
		'Text “Hello”: red, top left, by you',
		'Ellipse “Sum”: middle, by you',
		'Arrow pointing down left: red, bottom right, by you'
	]);
	expect(elements.map(({ data }) => 'index' in data && data.index)).toEqual(['a0', 'a1', 'a2', 'a3']);
});

test('[X5] a shape grows for the text in it; emptied, the text goes and the shape stays', () => {
	const elements = makeObject({ ...PLAIN, text: 'word '.repeat(60) }, workshop());
	const [shape, label] = elements as [LiveElement & { kind: 'rectangle' }, LiveElement & { kind: 'text' }];
	expect(label.data.height).toBeLessThan(shape.data.height);
	expect(label.data.width).toBeLessThanOrEqual(shape.data.width);
	expect(label.data.containerId).toBe(shape.id);
	const changes = editObject(list(elements)[0]!, { text: '' }, workshop(elements));
	expect(changes.map(({ id, deleted, version }) => [id, deleted, version])).toEqual([
		[shape.id, false, 2],
		[label.id, true, 2]
	]);
	expect(changes[0]).toMatchObject({ data: { boundElements: [] } });
});

test('[X5] moving brings a shape and its text to the place; what stays the same is no change', () => {
	const elements = makeObject({ ...PLAIN, text: 'Sum' }, workshop());
	const [object] = list(elements);
	expect(editObject(object!, { text: 'Sum', color: PLAIN.color }, workshop(elements))).toEqual([]);
	const changes = editObject(object!, { place: 'bottom right' }, workshop(elements));
	expect(changes).toHaveLength(2);
	const [moved] = list(after(elements, changes));
	expect(moved).toMatchObject({ title: 'Rectangle “Sum”', detail: 'red, bottom right, by you' });
});

test('[X5] arrows go along with what they begin or end at', () => {
	const [shape] = makeObject(PLAIN, workshop());
	const [made] = makeObject({ ...PLAIN, kind: 'arrow', place: 'middle' }, workshop([shape!]));
	const arrow = made as LiveElement & { kind: 'arrow' };
	const binding = { elementId: shape!.id, focus: 0, gap: 1 };
	const tips = ({ data: { x, y, points } }: typeof arrow) =>
		[points[0]!, points.at(-1)!].map(([dx, dy]) => [x + dx, y + dy]);
	const [from, to] = tips(arrow);
	for (const [end, stays] of [
		['startBinding', 1],
		['endBinding', 0]
	] as const) {
		const bound = { ...arrow, data: { ...arrow.data, [end]: binding } };
		const all = [shape!, bound];
		const object = list(all).find(({ id }) => id === shape!.id)!;
		const changes = editObject(object, { place: 'bottom right' }, workshop(all));
		const after = changes.find(({ id }) => id === arrow.id) as typeof arrow;
		const moved = changes.find(({ id }) => id === shape!.id) as LiveElement & { kind: 'rectangle' };
		const by = moved.data.x - (shape as typeof moved).data.x;
		expect(tips(after)[stays]).toEqual([from, to][stays]);
		expect(tips(after)[1 - stays]![0]).toBeCloseTo([from, to][1 - stays]![0]! + by);
	}
});

test('[X5] a text that stands right-aligned stays where it ends', () => {
	const [made] = makeObject({ ...PLAIN, kind: 'text', text: 'abcd' }, workshop());
	const before = made as LiveElement & { kind: 'text' };
	const right = { ...before, data: { ...before.data, textAlign: 'right' as const } };
	const [changed] = editObject(list([right])[0]!, { text: 'ab' }, workshop([right]));
	expect(changed).toMatchObject({ data: { text: 'ab', x: before.data.x + before.data.width / 2 } });
});

test('[X5] lines break between words, and within one that is too long', () => {
	const look = { fontSize: 10, fontFamily: 6, lineHeight: 1 };
	const laid = layOut('one two\nabcdefgh', look, 30, (line) => line.length * 10);
	expect(laid).toEqual({ text: 'one\ntwo\nabc\ndef\ngh', width: 30, height: 50 });
});

test('[X5] what is new lies above everything', () => {
	expect(['', 'Zz', 'a0', 'az', 'b0z', 'bzz', 'a1V'].map((one) => indexAbove([one]))).toEqual([
		...['a0', 'a0', 'a1', 'b00', 'b10', 'c000', 'a2']
	]);
	let index = 'a0';
	for (let nth = 0; nth < 5_000; nth += 1) {
		const next = indexAbove([index, 'a0']);
		expect(next > index).toBe(true);
		index = next;
	}
	expect(index.length).toBeLessThan(6);
});
