import { z } from 'zod';
import {
	ARROWHEADS,
	cleanBoardText,
	jsonBytes,
	PAGE_TEMPLATES,
	type BoardDataByKind,
	type BoardElement,
	type BoardKind
} from './board.ts';
import { isFillTooFine } from './boardFill.ts';
import { INK_KINDS, type DrawInput, type SentInk } from './boardInk.ts';
import {
	BOARD_ELEMENT_MAX_BYTES,
	BOARD_FRAME_MAX_BYTES,
	BOARD_INK_MAX_POINTS,
	BOARD_MAX_NUMBER,
	BOARD_MAX_POINTS,
	BOARD_MAX_VERSION,
	BOARD_PUT_MAX_ELEMENTS,
	BOARD_TEXT_MAX_CHARACTERS,
	BOARD_TITLE_MAX_CHARACTERS
} from './boardLimits.ts';

/*
 * What the server takes for the board: strict, so that nothing gets into the database that a page of ours would not put
 * there. The types stand in board.ts, which costs a browser nothing.
 */

const boardId = z.string().regex(/^[\w-]{1,64}$/);
const number = z.number().min(-BOARD_MAX_NUMBER).max(BOARD_MAX_NUMBER);
const positive = z.number().min(0).max(BOARD_MAX_NUMBER);
const color = z.string().regex(/^(transparent|#[0-9a-f]{6}([0-9a-f]{2})?)$/i);
/** Place of a page, as `orderBetween` makes them. */
const order = z.string().regex(/^[0-9A-Za-z]{0,199}[1-9A-Za-z]$/);
/**
 * What lies above what, as the drawing library can read it: a letter that says how many digits follow (`a` and `Z`: one,
 * `b` and `Y`: two …), those, and a fraction that does not end in 0, long after very many insertions at one place. Where
 * one is of another form, or the lowest of all, it cannot draw anything any more.
 */
const LIBRARY_INDEX = new RegExp(
	`^(?:${Array.from({ length: 26 }, (_, nth) => {
		const heads = String.fromCharCode(97 + nth, 90 - nth);
		return `[${heads}][0-9A-Za-z]{${nth + 1}}`;
	}).join('|')})(?:[0-9A-Za-z]*[1-9A-Za-z])?$`
);
const LOWEST_INDEX = `A${'0'.repeat(26)}`;
const index = z
	.string()
	.max(200)
	.regex(LIBRARY_INDEX)
	.refine((text) => text !== LOWEST_INDEX);
const point = z.tuple([number, number]);
const seed = z.number().int().min(0).max(BOARD_MAX_VERSION);

function text(max: number) {
	return z
		.string()
		.max(max)
		.refine((value) => value === cleanBoardText(value), 'Has NUL or half a character in it');
}

const objectFields = {
	x: number,
	y: number,
	index,
	strokeColor: color,
	strokeWidth: z.number().min(0.1).max(200),
	angle: number.optional(),
	backgroundColor: color.optional(),
	fillStyle: z.enum(['hachure', 'cross-hatch', 'solid', 'zigzag']).optional(),
	strokeStyle: z.enum(['solid', 'dashed', 'dotted']).optional(),
	roughness: z.number().min(0).max(2).optional(),
	opacity: z.number().min(0).max(100).optional(),
	seed: seed.optional(),
	groupIds: z.array(boardId).max(20).optional(),
	locked: z.boolean().optional(),
	roundness: z
		.strictObject({ type: z.literal([1, 2, 3]), value: positive.optional() })
		.nullable()
		.optional(),
	boundElements: z
		.array(z.strictObject({ id: boardId, type: z.enum(['arrow', 'text']) }))
		.max(200)
		.optional()
};
const sizedFields = { ...objectFields, width: number, height: number };
const points = z.array(point).min(1).max(BOARD_MAX_POINTS);
/** With one only there is no line, and no direction for an arrowhead. */
const linePoints = points.min(2);
const binding = z
	.strictObject({ elementId: boardId, focus: number, gap: number, fixedPoint: point.nullable().optional() })
	.nullable()
	.optional();
const arrowhead = z.enum(ARROWHEADS).nullable().optional();

/** The schema of `data`, by kind. */
const boardDataSchemas: { [K in BoardKind]: z.ZodType<BoardDataByKind[K]> } = {
	page: z.strictObject({ order, template: z.enum(PAGE_TEMPLATES), title: text(BOARD_TITLE_MAX_CHARACTERS) }),
	freedraw: z
		.strictObject({
			...objectFields,
			points,
			pressures: z.array(z.number().min(0).max(1)).max(BOARD_MAX_POINTS).optional(),
			simulatePressure: z.boolean().optional()
		})
		.refine(
			(data) => !data.pressures || data.pressures.length === data.points.length,
			'One pressure a point'
		),
	line: z.strictObject({ ...objectFields, points: linePoints }),
	arrow: z.strictObject({
		...objectFields,
		points: linePoints,
		startBinding: binding,
		endBinding: binding,
		startArrowhead: arrowhead,
		endArrowhead: arrowhead,
		elbowed: z.boolean().optional(),
		fixedSegments: z
			.array(
				z.strictObject({ index: z.number().int().min(0).max(BOARD_MAX_POINTS), start: point, end: point })
			)
			.max(200)
			.nullable()
			.optional(),
		startIsSpecial: z.boolean().nullable().optional(),
		endIsSpecial: z.boolean().nullable().optional()
	}),
	rectangle: z.strictObject(sizedFields),
	ellipse: z.strictObject(sizedFields),
	diamond: z.strictObject(sizedFields),
	text: z.strictObject({
		...sizedFields,
		text: text(BOARD_TEXT_MAX_CHARACTERS),
		originalText: text(BOARD_TEXT_MAX_CHARACTERS).optional(),
		fontSize: z.number().min(1).max(2_000),
		fontFamily: z.number().int().min(1).max(20),
		lineHeight: z.number().min(0.5).max(5),
		textAlign: z.enum(['left', 'center', 'right']).optional(),
		verticalAlign: z.enum(['top', 'middle', 'bottom']).optional(),
		containerId: boardId.nullable().optional(),
		autoResize: z.boolean().optional()
	}),
	image: z.strictObject({
		...sizedFields,
		fileId: boardId,
		scale: point.optional(),
		crop: z
			.strictObject({
				x: number,
				y: number,
				width: positive,
				height: positive,
				naturalWidth: positive,
				naturalHeight: positive
			})
			.nullable()
			.optional()
	})
};

function elementSchema(kind: BoardKind) {
	const version = z.number().int().min(1);
	const envelope = {
		id: boardId,
		pageId: kind === 'page' ? z.null() : boardId,
		kind: z.literal(kind),
		nonce: z.number().int().min(0).max(BOARD_MAX_VERSION)
	};
	return z.discriminatedUnion('deleted', [
		z
			.strictObject({
				...envelope,
				version: version.max(BOARD_MAX_VERSION - 1),
				deleted: z.literal(false),
				data: boardDataSchemas[kind]
			})
			.refine(({ data }) => !('strokeWidth' in data) || !isFillTooFine(data)),
		z.strictObject({
			...envelope,
			version: version.max(BOARD_MAX_VERSION),
			deleted: z.literal(true),
			data: kind === 'page' ? boardDataSchemas.page : z.null()
		})
	]);
}

/** One element as `board.put` takes it. */
export const boardElementSchema = z.discriminatedUnion('kind', [
	elementSchema('page'),
	elementSchema('freedraw'),
	elementSchema('line'),
	elementSchema('arrow'),
	elementSchema('rectangle'),
	elementSchema('ellipse'),
	elementSchema('diamond'),
	elementSchema('text'),
	elementSchema('image')
]) as unknown as z.ZodType<BoardElement>;

/** What `board.put` takes beside the room. Too large is told apart from wrong (`fitsInPut`). */
export const boardPutSchema = z
	.array(boardElementSchema)
	.min(1)
	.max(BOARD_PUT_MAX_ELEMENTS)
	.refine((elements) => new Set(elements.map(({ id }) => id)).size === elements.length, 'Each element once');

/** Whether elements can go out in one `board.put`. */
export function fitsInPut(elements: BoardElement[]): boolean {
	return (
		elements.length <= BOARD_PUT_MAX_ELEMENTS &&
		elements.every((element) => jsonBytes(element) <= BOARD_ELEMENT_MAX_BYTES) &&
		jsonBytes(elements) <= BOARD_FRAME_MAX_BYTES
	);
}

const place = { pageId: boardId, x: number, y: number };

/** What `board.draw` takes beside the room. */
export const drawSchema = z.strictObject({
	seatId: boardId,
	ink: z
		.strictObject({
			strokeId: boardId,
			pageId: boardId.optional(),
			kind: z.enum(INK_KINDS),
			color: color.optional(),
			width: positive.optional(),
			from: z.number().int().min(0).max(BOARD_MAX_NUMBER),
			points: z
				.array(number)
				.max(3 * BOARD_INK_MAX_POINTS)
				.refine((flat) => flat.length % 3 === 0, 'Three numbers a point'),
			ended: z.boolean().optional()
		})
		.optional(),
	cursor: z
		.strictObject({ ...place, tool: z.string().regex(/^[\w-]{1,32}$/) })
		.nullable()
		.optional(),
	view: z.strictObject({ ...place, zoom: z.number().min(0.01).max(100) }).optional()
}) satisfies z.ZodType<DrawInput<SentInk>>;
