import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import {
	ARROWHEADS,
	BOARD_DEFAULTS,
	cleanBoardText,
	type Arrowhead,
	type Binding,
	type BoardElement,
	type BoardKind,
	type DeletedElement,
	type FreedrawData,
	type LiveElement,
	type ObjectData,
	type Point
} from '../../../shared/board.ts';
import { isFillTooFine } from '../../../shared/boardFill.ts';
import { BOARD_MAX_NUMBER, BOARD_MAX_VERSION } from '../../../shared/boardLimits.ts';

/** Anything of an element of the scene: its type says which fields there are. */
type Scene = ExcalidrawElement & { readonly [field: string]: unknown };
type Fields = Record<string, unknown>;

const KINDS: ReadonlySet<string> = new Set<BoardKind>([
	...(['freedraw', 'line', 'arrow', 'rectangle', 'ellipse', 'diamond', 'text', 'image'] as const)
]);
const ID = /^[\w-]{1,64}$/;
const INK = '#1e1e1e';

/** Whether the board has such things at all; frames, embedded pages and the like it has not. */
export function isDrawable(element: ExcalidrawElement): boolean {
	return KINDS.has(element.type) && ID.test(element.id);
}

/** What the board keeps of an element of the scene; null for what it cannot keep (yet). */
export function fromScene(given: ExcalidrawElement, pageId: string): BoardElement | null {
	const element = given as Scene;
	if (!isDrawable(element) || element.index === null) return null;
	const envelope = {
		...{ id: element.id, pageId, kind: element.type as Exclude<BoardKind, 'page'> },
		version: Math.min(Math.max(1, element.version), BOARD_MAX_VERSION),
		nonce: Math.min(Math.max(0, Math.floor(element.versionNonce)), BOARD_MAX_VERSION)
	};
	if (element.isDeleted) return { ...envelope, deleted: true, data: null } as DeletedElement;
	const special = specialFields(element);
	if (special === null) return null;
	return {
		...envelope,
		deleted: false,
		data: { ...commonFields(element), ...special }
	} as unknown as LiveElement;
}

function commonFields(element: Scene): Fields {
	const fields: ObjectData & Fields = {
		x: number(element.x),
		y: number(element.y),
		index: String(element.index),
		strokeColor: color(element.strokeColor, INK),
		strokeWidth: Math.min(Math.max(0.1, number(element.strokeWidth)), 200)
	};
	const { roundness, boundElements } = element;
	return {
		...fields,
		...withoutDefaults({
			angle: Math.round(element.angle * 1e5) / 1e5,
			backgroundColor: color(element.backgroundColor, 'transparent'),
			fillStyle: isFillTooFine(element) ? 'solid' : element.fillStyle,
			strokeStyle: element.strokeStyle,
			roughness: Math.min(Math.max(0, element.roughness), 2),
			opacity: Math.min(Math.max(0, Math.round(element.opacity)), 100),
			seed: Math.min(Math.max(0, Math.floor(element.seed)), BOARD_MAX_VERSION),
			groupIds: element.groupIds.filter((id) => ID.test(id)).slice(0, 20),
			locked: element.locked,
			roundness: roundness && {
				type: roundness.type,
				...(roundness.value === undefined ? {} : { value: number(roundness.value) })
			},
			boundElements: (boundElements ?? [])
				.filter(({ id }) => ID.test(id))
				.slice(0, 200)
				.map(({ id, type }) => ({ id, type }))
		})
	};
}

function withoutDefaults(fields: Required<Pick<ObjectData, keyof typeof BOARD_DEFAULTS>>): Fields {
	return Object.fromEntries(
		Object.entries(fields).filter(
			([key, value]) =>
				JSON.stringify(value) !== JSON.stringify(BOARD_DEFAULTS[key as keyof typeof BOARD_DEFAULTS])
		)
	);
}

function specialFields(element: Scene): Fields | null {
	switch (element.type) {
		case 'freedraw': {
			const pressures = element.pressures.map((pressure) => Math.round(pressure * 1_000) / 1_000);
			const hasPressures = !element.simulatePressure && pressures.length === element.points.length;
			if (hasPressures) return { points: points(element.points), pressures };
			return {
				points: points(element.points),
				...(element.simulatePressure ? {} : { simulatePressure: false })
			};
		}
		case 'line':
			// With one point only it is no line yet.
			return element.points.length < 2 ? null : { points: points(element.points) };
		case 'arrow': {
			if (element.points.length < 2) return null;
			const arrow = element as Scene & Fields;
			const head = (name: unknown) => ARROWHEADS.find((one) => one === name) ?? null;
			return {
				points: points(element.points),
				...given({
					startBinding: binding(element.startBinding),
					endBinding: binding(element.endBinding),
					startArrowhead: head(element.startArrowhead),
					endArrowhead: head(element.endArrowhead),
					elbowed: arrow.elbowed === true ? true : null,
					fixedSegments: arrow.elbowed === true ? segments(arrow.fixedSegments) : null,
					startIsSpecial: arrow.elbowed === true ? (arrow.startIsSpecial ?? null) : null,
					endIsSpecial: arrow.elbowed === true ? (arrow.endIsSpecial ?? null) : null
				})
			};
		}
		case 'text': {
			const text = cleanBoardText(element.text);
			const typed = cleanBoardText(element.originalText);
			return {
				...size(element),
				text,
				fontSize: Math.min(Math.max(1, number(element.fontSize)), 2_000),
				fontFamily: element.fontFamily,
				lineHeight: element.lineHeight,
				...given({
					originalText: typed === text ? null : typed,
					textAlign: element.textAlign === 'left' ? null : element.textAlign,
					verticalAlign: element.verticalAlign === 'top' ? null : element.verticalAlign,
					containerId: element.containerId,
					autoResize: element.autoResize ? null : false
				})
			};
		}
		case 'image': {
			// Without a file of ours it is still on its way there.
			if (element.fileId === null || !ID.test(element.fileId) || element.status === 'error') return null;
			const [across, down] = element.scale;
			const scale = across === 1 && down === 1 ? null : [across, down];
			return { ...size(element), fileId: element.fileId, ...given({ scale, crop: element.crop }) };
		}
		default:
			return size(element);
	}
}

/** An element of the scene with everything the drawing library wants to find in it. */
export function toScene(element: LiveElement): ExcalidrawElement {
	const { id, kind, version, nonce } = element;
	const data = element.data as unknown as ObjectData & Fields;
	const drawn = Array.isArray(data.points) ? { ...extent(data.points as Point[]) } : {};
	return {
		...BOARD_DEFAULTS,
		...SPECIAL[kind],
		...drawn,
		...data,
		...(kind === 'freedraw' ? strokeFields(data as unknown as FreedrawData) : {}),
		...(kind === 'text' && data.originalText === undefined ? { originalText: data.text } : {}),
		...{ id, type: kind, version, versionNonce: nonce, isDeleted: false },
		...{ updated: 1, link: null, frameId: null }
	} as unknown as ExcalidrawElement;
}

/** A stroke is drawn to its very end only where the library finds that it has been finished. */
function strokeFields({ points, pressures, simulatePressure }: FreedrawData): Fields {
	return {
		lastCommittedPoint: points.at(-1) ?? null,
		simulatePressure: simulatePressure ?? pressures === undefined
	};
}

const LINEAR = { startBinding: null, endBinding: null, startArrowhead: null, endArrowhead: null };
const SPECIAL: Partial<Record<BoardKind, Fields>> = {
	freedraw: { pressures: [] },
	line: { ...LINEAR, lastCommittedPoint: null },
	arrow: {
		...LINEAR,
		...{ lastCommittedPoint: null, elbowed: false, fixedSegments: null },
		...{ startIsSpecial: null, endIsSpecial: null }
	},
	text: { textAlign: 'left', verticalAlign: 'top', containerId: null, autoResize: true },
	image: { status: 'saved', scale: [1, 1], crop: null }
};

function extent(all: readonly Point[]): { width: number; height: number } {
	let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
	for (const [x, y] of all) {
		if (x < left) left = x;
		if (x > right) right = x;
		if (y < top) top = y;
		if (y > bottom) bottom = y;
	}
	return all.length === 0 ? { width: 0, height: 0 } : { width: right - left, height: bottom - top };
}

/** Hundredths are finer than any screen shows, and a third of the bytes. */
function number(value: number): number {
	if (!Number.isFinite(value)) return 0;
	return Math.min(Math.max(-BOARD_MAX_NUMBER, Math.round(value * 100) / 100), BOARD_MAX_NUMBER);
}

function points(all: readonly (readonly [number, number])[]): Point[] {
	return all.map(([x, y]) => [number(x), number(y)]);
}

function size({ width, height }: ExcalidrawElement): { width: number; height: number } {
	return { width: number(width), height: number(height) };
}

function color(value: string, otherwise: string): string {
	if (/^(transparent|#[0-9a-f]{6}([0-9a-f]{2})?)$/i.test(value)) return value;
	const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value);
	return short
		? `#${short
				.slice(1)
				.flatMap((digit) => [digit, digit])
				.join('')}`
		: otherwise;
}

function binding(value: unknown): Binding | null {
	if (typeof value !== 'object' || value === null) return null;
	const { elementId, focus, gap, fixedPoint } = value as Binding;
	if (!ID.test(elementId)) return null;
	const fixed = fixedPoint ? { fixedPoint: [...fixedPoint] as Point } : {};
	return { elementId, focus: Math.round(focus * 1e5) / 1e5, gap: number(gap), ...fixed };
}

function segments(value: unknown): Fields[] | null {
	if (!Array.isArray(value)) return null;
	return value
		.slice(0, 200)
		.map(({ index, start, end }) => ({ index, start: points([start])[0], end: points([end])[0] }));
}

/** Without what is null. */
function given(fields: Fields & { startArrowhead?: Arrowhead | null }): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
