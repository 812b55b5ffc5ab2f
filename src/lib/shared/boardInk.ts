/*
 * What shows on the others' boards while somebody draws, points or looks, and is nowhere kept. The finished element is
 * the durable one.
 */

/** `laser` and `pointback` fade; `pointback` is drawn on a shared screen, with coordinates from 0 to 1. */
export const INK_KINDS = ['pen', 'highlighter', 'laser', 'pointback'] as const;
export type InkKind = (typeof INK_KINDS)[number];

/** Some new points of one stroke. */
export interface InkDelta {
	/** Of a pen or highlighter: the id its element will have. */
	strokeId: string;
	/** For `pointback`: any id for what is shared, the same as long as it is. */
	pageId: string;
	kind: InkKind;
	color: string;
	/** For `pointback` 0 is a laser: a place and no line. */
	width: number;
	/** Index of the first of these points in the stroke: a gap means that some were dropped on the way. */
	from: number;
	/** x, y and pressure (0 to 1), flat: three numbers a point. */
	points: number[];
	/** No more points follow. With no points at all and `from` 0 the stroke was given up. */
	ended?: boolean;
}

/** As it travels: what is the same all along a stroke is left out most of the time (`leanInk.ts`). */
export type SentInk = Omit<InkDelta, 'pageId' | 'color' | 'width'> &
	Partial<Pick<InkDelta, 'pageId' | 'color' | 'width'>>;

export interface BoardCursor {
	pageId: string;
	x: number;
	y: number;
	/** The tool in the hand, in the words of the toolbar's code. */
	tool: string;
}

/** What somebody looks at, for those who follow them. `x` and `y` are the middle. */
export interface BoardView {
	pageId: string;
	x: number;
	y: number;
	zoom: number;
}

/** What `board.draw` takes beside the room; at least one of the three. */
export interface DrawInput<Ink = InkDelta> {
	/** The sender's seat. */
	seatId: string;
	ink?: Ink;
	/** Null: no longer over the board. */
	cursor?: BoardCursor | null;
	view?: BoardView;
}

interface FromSeat {
	fromUserId: string;
	fromSeatId: string;
}

/** What the others get of it on `room.live`. Of cursors and views only the newest; a slow reader gets less ink. */
export type DrawMessage<Ink = InkDelta> =
	| (FromSeat & { type: 'ink'; ink: Ink })
	| (FromSeat & { type: 'cursor'; cursor: BoardCursor | null })
	| (FromSeat & { type: 'boardView'; view: BoardView });
