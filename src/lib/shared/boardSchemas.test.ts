import { describe, expect, test } from 'vitest';
import { BOARD_KINDS, jsonBytes, type BoardElement } from './board.ts';
import { anElement, aStroke, deleted } from './boardFixture.ts';
import {
	BOARD_ELEMENT_MAX_BYTES,
	BOARD_MAX_POINTS,
	BOARD_MAX_VERSION,
	BOARD_PUT_MAX_ELEMENTS,
	BOARD_TEXT_MAX_CHARACTERS
} from './boardLimits.ts';
import { boardElementSchema, boardPutSchema, drawSchema, fitsInPut } from './boardSchemas.ts';

const takes = (element: unknown) => boardElementSchema.safeParse(element).success;
const withData = (element: BoardElement, data: object) => ({
	...element,
	data: { ...element.data, ...data }
});
const ellipse = anElement('ellipse', { id: 'e' });

describe.each(BOARD_KINDS)('%s', (kind) => {
	const element: BoardElement = anElement(kind, { id: 'x' });

	test('[X2] is taken as it is, alive and deleted', () => {
		expect(boardElementSchema.parse(element)).toEqual(element);
		expect(boardElementSchema.parse(deleted(element))).toEqual(deleted(element));
	});

	test('[S6] nothing that is not in the schema gets in', () => {
		for (const foreign of ['link', 'customData', 'frameId', 'isDeleted', '__proto_', 'onload'])
			expect(takes(withData(element, { [foreign]: 'https://example.org' }))).toBe(false);
		expect(takes({ ...element, link: 'https://example.org' })).toBe(false);
		expect(takes({ ...element, seq: 1 })).toBe(false);
	});

	test('[X2] needs its data when alive, has none when deleted unless it is a page, and its page unless it is one', () => {
		expect(takes({ ...element, data: null })).toBe(false);
		expect(takes({ ...element, deleted: true })).toBe(kind === 'page');
		expect(takes({ ...element, deleted: true, data: null })).toBe(kind !== 'page');
		expect(takes({ ...element, pageId: kind === 'page' ? 'p1' : null })).toBe(false);
	});
});

describe('numbers, colours and texts', () => {
	test.each([NaN, Infinity, -Infinity, 1_000_001, '1', null])('[S3] %s is no coordinate', (x) => {
		expect(takes(withData(ellipse, { x }))).toBe(false);
	});

	test.each([0, 1.5, 2 ** 31, -1])('[S3] %s is no version', (version) => {
		expect(takes({ ...ellipse, version })).toBe(false);
	});

	test.each(['a0', 'a5', 'Zz', 'a0V', 'b0z', 'b00', `z${'0'.repeat(26)}`, `A${'0'.repeat(25)}1`])(
		'[X2] “%s” says what lies above what',
		(index) => expect(takes(withData(ellipse, { index }))).toBe(true)
	);

	// The drawing library throws where it puts something beside one of these: nobody could draw on that page any more.
	test.each(['', 'a', '0', 'zz', 'b0', 'a00', 'a0V0', 'Y0', `A${'0'.repeat(26)}`, 'a-', 'é0'])(
		'[S3] “%s” does not',
		(index) => expect(takes(withData(ellipse, { index }))).toBe(false)
	);

	test('[S3] a page stands where another one can still stand before it', () => {
		const page = anElement('page', { id: 'p' });
		for (const order of ['U', '0V', 'zz']) expect(takes(withData(page, { order }))).toBe(true);
		for (const order of ['', '0', 'a0', 'a-']) expect(takes(withData(page, { order }))).toBe(false);
	});

	test('[S3] what is filled with more lines than a browser draws at once is not taken', () => {
		const filled = { backgroundColor: '#ffcc00', fillStyle: 'hachure', strokeWidth: 2 };
		for (const [width, height] of [
			[10_001, 5],
			[5, -10_001]
		]) {
			expect(takes(withData(ellipse, { ...filled, width, height }))).toBe(false);
			expect(takes(withData(ellipse, { ...filled, width, height, fillStyle: 'solid' }))).toBe(true);
			expect(takes(withData(ellipse, { ...filled, width, height, backgroundColor: 'transparent' }))).toBe(
				true
			);
			const points = [
				[0, 0],
				[width, height]
			];
			expect(takes(withData(anElement('line', { id: 'l' }), { ...filled, points }))).toBe(false);
		}
		expect(takes(withData(ellipse, { ...filled, width: 10_000, height: 10_000 }))).toBe(true);
	});

	test('[S3] whatever version something has, it can still be deleted', () => {
		expect(takes({ ...ellipse, version: BOARD_MAX_VERSION })).toBe(false);
		const last = { ...ellipse, version: BOARD_MAX_VERSION - 1 };
		expect([takes(last), takes(deleted(last))]).toEqual([true, true]);
	});

	test.each(['red', '#12345', 'url(https://example.org)', 'var(--x)', '#1e1e1e;', ''])(
		'[S6] “%s” is no colour',
		(strokeColor) => expect(takes(withData(ellipse, { strokeColor }))).toBe(false)
	);

	test.each(['#1e1e1e', '#1E1E1E80', 'transparent'])('[X2] “%s” is one', (strokeColor) => {
		expect(takes(withData(ellipse, { strokeColor }))).toBe(true);
	});

	test('[S3] 5,000 characters are a text, one more is not; what no database keeps is refused', () => {
		const written = anElement('text', { id: 't' });
		expect(takes(withData(written, { text: 'x'.repeat(BOARD_TEXT_MAX_CHARACTERS) }))).toBe(true);
		expect(takes(withData(written, { text: 'x'.repeat(BOARD_TEXT_MAX_CHARACTERS + 1) }))).toBe(false);
		expect(takes(withData(written, { text: '<b>“x”</b> 👩‍👩‍👧 \u202E' }))).toBe(true);
		for (const text of ['a\0', 'a\ud800']) expect(takes(withData(written, { text }))).toBe(false);
	});

	test('[S3] 2,000 points are a stroke, one more is not, and each has one pressure or none; a line has two', () => {
		expect(takes(aStroke('s', BOARD_MAX_POINTS))).toBe(true);
		expect(takes(aStroke('s', BOARD_MAX_POINTS + 1))).toBe(false);
		expect(takes(withData(aStroke('s', 3), { pressures: [0, 0.5, 1] }))).toBe(true);
		expect(takes(withData(aStroke('s', 3), { pressures: [0, 0.5] }))).toBe(false);
		for (const kind of ['line', 'arrow'] as const)
			expect(takes(withData(anElement(kind, { id: 'l' }), { points: [[0, 0]] }))).toBe(false);
	});

	test('[S6] a picture is one of ours by its id, never an address', () => {
		const picture = anElement('image', { id: 'i' });
		for (const fileId of ['https://example.org/x.png', 'data:image/png;base64,AA', '../secret', '']) {
			expect(takes(withData(picture, { fileId }))).toBe(false);
		}
	});
});

describe('a put', () => {
	const many = (n: number) => Array.from({ length: n }, (_, i) => anElement('line', { id: `l${i}` }));

	test('[S3] takes 1 to 50 elements, each once', () => {
		expect(boardPutSchema.safeParse(many(BOARD_PUT_MAX_ELEMENTS)).success).toBe(true);
		expect(boardPutSchema.safeParse(many(BOARD_PUT_MAX_ELEMENTS + 1)).success).toBe(false);
		expect(boardPutSchema.safeParse([]).success).toBe(false);
		expect(boardPutSchema.safeParse([...many(1), ...many(1)]).success).toBe(false);
	});

	test('[S3] fits as long as each element has at most 30 kB and all together 32 kB', () => {
		const large = aStroke('s', 1_500);
		expect(jsonBytes(large)).toBeLessThan(BOARD_ELEMENT_MAX_BYTES);
		expect(fitsInPut([large])).toBe(true);
		expect(fitsInPut([large, aStroke('t', 1_500)])).toBe(false);
		const written = anElement('text', { id: 't' });
		const umlauts = withData(written, { text: 'ü'.repeat(5_000), originalText: '數'.repeat(5_000) });
		expect(takes(umlauts)).toBe(true);
		expect(fitsInPut([umlauts as BoardElement])).toBe(true);
		const wide = withData(written, { text: '數'.repeat(5_000), originalText: '數'.repeat(5_000) });
		expect(fitsInPut([wide as BoardElement])).toBe(false);
	});
});

describe('ink, cursors and views', () => {
	const ink = {
		strokeId: 's',
		pageId: 'p1',
		kind: 'pen',
		color: '#1e1e1e',
		width: 2,
		from: 0,
		points: [1, 2, 1]
	};
	const drawn = (given: object) => drawSchema.safeParse({ seatId: 'seat', ...given }).success;

	test('[X3] three numbers a point, 200 points at most', () => {
		expect(drawn({ ink })).toBe(true);
		expect(drawn({ ink: { ...ink, points: [1, 2] } })).toBe(false);
		expect(drawn({ ink: { ...ink, points: Array(600).fill(1) } })).toBe(true);
		expect(drawn({ ink: { ...ink, points: Array(603).fill(1) } })).toBe(false);
		expect(drawn({ ink: { ...ink, points: [1, NaN, 1] } })).toBe(false);
	});

	test('[X2] a cursor comes and goes; a view has its middle', () => {
		expect(drawn({ cursor: { pageId: 'p1', x: 1, y: 2, tool: 'pen' } })).toBe(true);
		expect(drawn({ cursor: null, view: { pageId: 'p1', x: 1, y: 2, zoom: 1 } })).toBe(true);
		expect(drawn({ cursor: { pageId: 'p1', x: 1, y: 2, tool: '<b>' } })).toBe(false);
		expect(drawn({ view: { pageId: 'p1', x: 1, y: 2, zoom: 0 } })).toBe(false);
	});
});
