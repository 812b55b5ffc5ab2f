/*
 * The words of the whiteboard. A board is a set of elements; a page of it is an element too, so that pages merge, are
 * deleted and resumed like everything else. `data` has Excalidraw's (0.18) own field names, without what can be derived
 * from the rest (width and height of what has points, `isDeleted`, `versionNonce`, `updated`, `status` …) and without
 * what must not be stored (links, embeds, frames, `customData`).
 */

export const BOARD_KINDS = [
	'page',
	'freedraw',
	'line',
	'arrow',
	'rectangle',
	'ellipse',
	'diamond',
	'text',
	'image'
] as const;
export type BoardKind = (typeof BOARD_KINDS)[number];

export const PAGE_TEMPLATES = ['blank', 'lined', 'squared', 'axes', 'staves'] as const;
export type PageTemplate = (typeof PAGE_TEMPLATES)[number];

export const ARROWHEADS = [
	'arrow',
	'bar',
	'dot',
	'circle',
	'circle_outline',
	'triangle',
	'triangle_outline',
	'diamond',
	'diamond_outline',
	'crowfoot_one',
	'crowfoot_many',
	'crowfoot_one_or_many'
] as const;
export type Arrowhead = (typeof ARROWHEADS)[number];

export interface PageData {
	/** Fractional index: pages stand in the order of these texts (by code units, then by id). */
	order: string;
	template: PageTemplate;
	/** Empty where nobody gave one. */
	title: string;
}

/** x and y, in units of the page. */
export type Point = [number, number];

/** What every element but a page has. What is optional and left out has the value in `BOARD_DEFAULTS`. */
export interface ObjectData {
	x: number;
	y: number;
	/** Fractional index: what lies above what. */
	index: string;
	/** `#rrggbb`, `#rrggbbaa` or `transparent`, as all colours. */
	strokeColor: string;
	strokeWidth: number;
	/** Radians. */
	angle?: number;
	backgroundColor?: string;
	fillStyle?: 'hachure' | 'cross-hatch' | 'solid' | 'zigzag';
	strokeStyle?: 'solid' | 'dashed' | 'dotted';
	/** 0, 1 or 2. */
	roughness?: number;
	/** 0 to 100. A highlighter is a wide `freedraw` that lets through. */
	opacity?: number;
	/** Makes roughness look the same for everybody. */
	seed?: number;
	/** Innermost first. */
	groupIds?: string[];
	/** Against being moved by mistake; has nothing to do with the lock of the board. */
	locked?: boolean;
	roundness?: { type: 1 | 2 | 3; value?: number } | null;
	boundElements?: { id: string; type: 'arrow' | 'text' }[];
}

/** The values of what is left out of an `ObjectData`. */
export const BOARD_DEFAULTS = {
	angle: 0,
	backgroundColor: 'transparent',
	fillStyle: 'solid',
	strokeStyle: 'solid',
	roughness: 0,
	opacity: 100,
	seed: 1,
	groupIds: [],
	locked: false,
	roundness: null,
	boundElements: []
} as const satisfies Partial<ObjectData>;

interface Sized extends ObjectData {
	width: number;
	height: number;
}

export interface FreedrawData extends ObjectData {
	/** From `x`, `y`. */
	points: Point[];
	/** 0 to 1, one a point; left out where the pen tells none. */
	pressures?: number[];
	/** Left out: true without `pressures`, false with them. */
	simulatePressure?: boolean;
}

export interface LineData extends ObjectData {
	points: Point[];
}

export interface Binding {
	elementId: string;
	focus: number;
	gap: number;
	fixedPoint?: Point | null;
}

export interface ArrowData extends LineData {
	/** Left out: not bound. */
	startBinding?: Binding | null;
	endBinding?: Binding | null;
	/** Left out: none. */
	startArrowhead?: Arrowhead | null;
	endArrowhead?: Arrowhead | null;
	/** With right angles only. The next three belong to it. */
	elbowed?: boolean;
	fixedSegments?: { index: number; start: Point; end: Point }[] | null;
	startIsSpecial?: boolean | null;
	endIsSpecial?: boolean | null;
}

export interface TextData extends Sized {
	/** As it is shown, with its line breaks. */
	text: string;
	/** As it was typed; left out where it is the same as `text`. */
	originalText?: string;
	fontSize: number;
	/** Number of Excalidraw's. */
	fontFamily: number;
	lineHeight: number;
	/** Left out: `left`. */
	textAlign?: 'left' | 'center' | 'right';
	/** Left out: `top`. */
	verticalAlign?: 'top' | 'middle' | 'bottom';
	/** The shape or arrow it is written in or on. Left out: none. */
	containerId?: string | null;
	/** Left out: true. */
	autoResize?: boolean;
}

export interface PictureData extends Sized {
	/** A file of this session's board (`PUT /session/<code>/board/files/<id>`); uploaded before the element is put. */
	fileId: string;
	/** −1: mirrored. Left out: `[1, 1]`. */
	scale?: Point;
	crop?: {
		x: number;
		y: number;
		width: number;
		height: number;
		naturalWidth: number;
		naturalHeight: number;
	} | null;
}

export interface BoardDataByKind {
	page: PageData;
	freedraw: FreedrawData;
	line: LineData;
	arrow: ArrowData;
	rectangle: Sized;
	ellipse: Sized;
	diamond: Sized;
	text: TextData;
	image: PictureData;
}

/** Of two states of one element the one that `beats` the other is everywhere the one that stays. */
export interface Versioned {
	/** Made by whoever drew it; unique on the board. */
	id: string;
	/** 1, 2, 3 …: grows with each change. */
	version: number;
	/** Random, 0 to 2³¹−1: decides between two changes of the same version. */
	nonce: number;
}

interface ElementOf<K extends BoardKind> extends Versioned {
	/** Null for pages themselves. */
	pageId: K extends 'page' ? null : string;
	kind: K;
}
/** Something that is on the board. */
export type LiveElement = {
	[K in BoardKind]: ElementOf<K> & { deleted: false; data: BoardDataByKind[K] };
}[BoardKind];
/**
 * What was deleted keeps its id and version for good, and nothing else: whoever undoes it puts its data again. Only pages
 * keep what they are, since a deleted page is there as long as something is on it.
 */
export type DeletedElement = {
	[K in BoardKind]: ElementOf<K> & { deleted: true; data: K extends 'page' ? PageData : null };
}[BoardKind];

/** What `board.put` takes. */
export type BoardElement = LiveElement | DeletedElement;
export type LiveElementOf<K extends BoardKind> = Extract<LiveElement, { kind: K }>;

/** What `board.follow` brings. */
export type StoredElement = BoardElement & {
	/** Position of its last change on this board: grows with each change of anything. */
	seq: number;
	/** User ids: who put it there first, and who changed it last. */
	authorId: string;
	changedBy: string;
};

/** What stands on the board after a `board.put`: what was put, or the winner it met. */
export interface BoardStanding extends Versioned {
	seq: number;
}

/** The board `board.continueLast` would bring. */
export interface LastBoard {
	/** Of its session. */
	title: string;
	/** ms since the epoch. */
	endedAt: number;
	/** Pages not counted. */
	objects: number;
}

/** What the recap says of a board. */
export interface BoardOverview {
	/** Deleted ones too: those that something is on are still there. */
	pages: BoardElement[];
	/** How much is on each page that is not empty, by the page's id. */
	objects: Record<string, number>;
}

/** What may be uploaded as a picture: what every browser shows and what cannot hold a script. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];
export const NO_SUCH_PICTURES = 'Only PNG, JPEG, WebP and GIF pictures can be put here.';

/** Answer to an upload of a picture. Pixels; left out where the file does not say. */
export interface BoardFile {
	fileId: string;
	width?: number;
	height?: number;
}

/**
 * Whether `a` is the newer state. The higher (version, nonce) wins; a state never beats itself, so that a repeated put is
 * harmless. Excalidraw's own `reconcileElements` lets the LOWER nonce win: it must not be used together with this.
 */
export function beats(
	a: Pick<Versioned, 'version' | 'nonce'>,
	b: Pick<Versioned, 'version' | 'nonce'>
): boolean {
	return a.version > b.version || (a.version === b.version && a.nonce > b.nonce);
}

/** An element as it is when it is deleted by this version. */
export function tombstone(
	{ id, kind, pageId, data }: Pick<BoardElement, 'id' | 'kind' | 'pageId' | 'data'>,
	{ version, nonce }: Pick<Versioned, 'version' | 'nonce'>
): DeletedElement {
	const kept = { data: kind === 'page' ? data : null };
	return { id, kind, pageId, version, nonce, deleted: true, ...kept } as DeletedElement;
}

/**
 * The board after `incoming`, in whatever order and however often it comes; deleted elements stay as such. `changed` are
 * the ones that won. Nothing is changed in place; without a winner the same map comes back.
 */
export function mergeBoard<E extends Versioned>(
	board: ReadonlyMap<string, E>,
	incoming: Iterable<E>
): { board: ReadonlyMap<string, E>; changed: E[] } {
	const winners = new Map<string, E>();
	for (const element of incoming) {
		const standing = winners.get(element.id) ?? board.get(element.id);
		if (!standing || beats(element, standing)) winners.set(element.id, element);
	}
	if (winners.size === 0) return { board, changed: [] };
	return { board: new Map([...board, ...winners]), changed: [...winners.values()] };
}

/** Bytes of UTF-8 JSON. */
export function jsonBytes(value: unknown): number {
	return new TextEncoder().encode(JSON.stringify(value)).byteLength;
}

/** What the databases cannot keep – NUL and halves of characters – taken out. Texts are refused that still have it. */
export function cleanBoardText(text: string): string {
	return text.replaceAll('\0', '').toWellFormed();
}
