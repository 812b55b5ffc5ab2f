import type { BoardView } from '../../../shared/boardInk.ts';
import type { Style } from '../../board/restyle.ts';
import type { MeasureLine } from '../../board/textLayout.ts';
import type { Stop } from '../../ports.ts';

/** The tools of the toolbar. `select` also moves; `hand` moves the page itself. */
export const BOARD_TOOLS = [
	...([
		'selection',
		'hand',
		'pen',
		'highlighter',
		'eraser',
		'line',
		'arrow',
		'rectangle',
		'ellipse'
	] as const),
	...(['diamond', 'text', 'laser'] as const)
] as const;
export type BoardTool = (typeof BOARD_TOOLS)[number];

/** What is in the hand: a tool with a colour and a width. */
export interface Pen {
	tool: BoardTool;
	/** `#rrggbb`, as it looks on white. */
	color: string;
	width: 1 | 2 | 4;
	/** Height of the letters of a text, units of the page. */
	textSize: number;
}

export interface CanvasLook {
	pen: Pen;
	dark: boolean;
	/** One may look and point, and nothing else. */
	readOnly: boolean;
	/** Whether single letters and figures choose tools while the canvas has the focus. */
	singleKeys: boolean;
}

/** What the drawing library did by itself: a shape is drawn and its tool laid down, a wheel was turned. */
export interface CanvasState {
	/** Null while one of its own is used that the toolbar does not have. */
	tool: BoardTool | null;
	zoom: number;
	/** How many elements are selected. */
	selected: number;
}

/** The drawn board, for the page around it. */
export interface BoardCanvas {
	choose(pen: Pen): void;
	/** What is selected looks like this. */
	restyle(style: Style): void;
	/** Into the middle of what one sees. What cannot be put there is told. */
	addPictures(files: readonly File[]): Promise<void>;
	/** Ids. */
	selected(): string[];
	/** By this factor, around the middle. */
	zoomBy(factor: number): void;
	/** Brings these into sight and selects them, as soon as they are there; the page may just be turning. */
	show(ids: readonly string[]): void;
	measure: MeasureLine;
	/** Brings everything into sight. */
	showAll(): void;
	setLook(change: Partial<CanvasLook>): void;
	/** What is looked at, and the size of the canvas in CSS pixels. */
	view(): BoardView & { width: number; height: number };
	onView(listener: () => void): Stop;
	focus(): void;
	close(): void;
}
