import {
	cleanBoardText,
	type BoardElement,
	type LiveElement,
	type LiveElementOf,
	type Point
} from '../../shared/board.ts';
import { indexAbove } from './indexAbove.ts';
import { boxOf, cellOf, freeSpot, sheetOf, spotBelow, type Place } from './objectPlaces.ts';
import { FONT, layOut, type LaidOut, type MeasureLine, type TextLook } from './textLayout.ts';

export const FORM_KINDS = ['text', 'rectangle', 'ellipse', 'diamond', 'line', 'arrow'] as const;
export type FormKind = (typeof FORM_KINDS)[number];
export type ShapeKind = 'rectangle' | 'ellipse' | 'diamond';

export const FORM_SIZES = ['small', 'medium', 'large'] as const;
export type FormSize = (typeof FORM_SIZES)[number];

/** Which way a line goes: across and down. */
export const FORM_DIRECTIONS = {
	right: [1, 0],
	left: [-1, 0],
	down: [0, 1],
	up: [0, -1],
	'down right': [0.8, 0.6],
	'up right': [0.8, -0.6],
	'down left': [-0.8, 0.6],
	'up left': [-0.8, -0.6]
} as const satisfies Record<string, Readonly<Point>>;
export type FormDirection = keyof typeof FORM_DIRECTIONS;

/** What somebody writes down who does not draw with a hand. */
export interface ObjectForm {
	kind: FormKind;
	text: string;
	color: string;
	size: FormSize;
	/** Of a line or arrow. */
	direction: FormDirection;
	place: Place | 'below everything';
	pageId: string;
}

/** Where it is made. */
export interface Workshop {
	/** What is on its page. */
	elements: readonly BoardElement[];
	randomId: () => string;
	nonce: () => number;
	measure: MeasureLine;
}

const TEXT_SIZES: Record<FormSize, number> = { small: 16, medium: 20, large: 36 };
const SHAPES: Record<FormSize, { width: number; height: number }> = {
	small: { width: 80, height: 60 },
	medium: { width: 160, height: 120 },
	large: { width: 320, height: 200 }
};
const LENGTHS: Record<FormSize, number> = { small: 80, medium: 160, large: 320 };
/** Between a shape and its text, as the drawing library has it. */
const PADDING = 5;
/** What of a shape's width and height its text has. */
const ROOM: Record<ShapeKind, number> = { rectangle: 1, ellipse: Math.SQRT1_2, diamond: 0.5 };

/** The elements of a thing that is written down: one, or a shape and the text in it. */
export function makeObject(form: ObjectForm, workshop: Workshop): LiveElement[] {
	const { color: strokeColor, pageId, kind } = form;
	const text = cleanBoardText(form.text).trim();
	const { randomId, nonce, measure } = workshop;
	const index = indexAbove(indicesOf(workshop.elements));
	const base = { id: randomId(), pageId, version: 1, nonce: nonce(), deleted: false } as const;
	const ink = { index, strokeColor, strokeWidth: 2 };

	if (kind === 'line' || kind === 'arrow') {
		const [across, down] = FORM_DIRECTIONS[form.direction];
		const [dx, dy] = [across * LENGTHS[form.size], down * LENGTHS[form.size]];
		const [x, y] = spotFor({ width: Math.abs(dx), height: Math.abs(dy) }, form.place, workshop.elements);
		const points: Point[] = [
			[0, 0],
			[dx, dy]
		];
		const data = { ...ink, x: hundredths(x - dx / 2), y: hundredths(y - dy / 2), points };
		return [
			kind === 'line' ? { ...base, kind, data } : { ...base, kind, data: { ...data, endArrowhead: 'arrow' } }
		];
	}

	if (kind === 'text') {
		const look = { ...FONT, fontSize: TEXT_SIZES[form.size] };
		const laid = layOut(text, look, null, measure);
		const [x, y] = spotFor(laid, form.place, workshop.elements);
		const data = { ...ink, ...look, ...centred(laid, x, y), text: laid.text };
		return [{ ...base, kind, data }];
	}

	const label = text === '' ? null : layInto(kind, SHAPES[form.size], text, labelLook(form.size), measure);
	const size = label ? label.shape : SHAPES[form.size];
	const [x, y] = spotFor(size, form.place, workshop.elements);
	const shape = { ...base, kind, data: { ...ink, ...centred(size, x, y) } };
	if (!label) return [shape];
	const written = writeInto(shape, text, label, labelLook(form.size), { id: randomId(), nonce: nonce() });
	return [{ ...shape, data: { ...shape.data, boundElements: [{ id: written.id, type: 'text' }] } }, written];
}

/** The text element of a shape that had none. */
export function writeInto(
	shape: LiveElementOf<ShapeKind>,
	text: string,
	{ laid }: { laid: LaidOut },
	look: TextLook,
	own: { id: string; nonce: number }
): LiveElementOf<'text'> {
	const { x, y, width, height, strokeColor, strokeWidth, index } = shape.data;
	return {
		...{ ...own, pageId: shape.pageId, kind: 'text', version: 1, deleted: false },
		data: {
			...{ strokeColor, strokeWidth, index: indexAbove([index]), containerId: shape.id },
			...{ ...look, ...centred(laid, x + width / 2, y + height / 2) },
			...{ text: laid.text, textAlign: 'center', verticalAlign: 'middle' },
			...(laid.text === text ? {} : { originalText: text })
		}
	};
}

/** How a text fits into a shape, which grows for it if it must. */
export function layInto(
	kind: ShapeKind,
	shape: { width: number; height: number },
	text: string,
	look: TextLook,
	measure: MeasureLine
): { laid: LaidOut; shape: { width: number; height: number } } {
	const laid = layOut(text, look, Math.max(1, shape.width * ROOM[kind] - 2 * PADDING), measure);
	const height = Math.max(shape.height, Math.ceil((laid.height + 2 * PADDING) / ROOM[kind]));
	return { laid, shape: { width: shape.width, height } };
}

export function labelLook(size: FormSize): TextLook {
	return { ...FONT, fontSize: size === 'small' ? 16 : 20 };
}

/** The middle for something new or moved. */
export function spotFor(
	size: { width: number; height: number },
	place: ObjectForm['place'],
	elements: readonly BoardElement[]
): Point {
	const taken = elements.flatMap((one) => (one.deleted ? [] : boxOf(one)));
	if (place === 'below everything') return spotBelow(size, taken);
	return freeSpot(size, cellOf(place, sheetOf(taken)), taken);
}

export function hundredths(value: number): number {
	return Math.round(value * 100) / 100;
}

function centred({ width, height }: { width: number; height: number }, x: number, y: number) {
	return {
		...{ x: hundredths(x - width / 2), y: hundredths(y - height / 2) },
		...{ width: hundredths(width), height: hundredths(height) }
	};
}

function indicesOf(elements: readonly BoardElement[]): string[] {
	return elements.flatMap((one) => (one.deleted || one.kind === 'page' ? [] : one.data.index));
}
