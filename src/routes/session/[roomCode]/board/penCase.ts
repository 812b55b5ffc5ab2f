import type { BoardTool, Pen } from '$lib/room/adapters/excalidraw/boardCanvas.ts';

/** What is in the hand, and what waits: highlighters have a colour of their own. */
export interface PenCase {
	pen: Pen;
	/** The colour of the highlighter, or of all other tools while that is in the hand. */
	waiting: string;
}

export const FIRST_PEN: PenCase = {
	pen: { tool: 'pen', color: '#1e1e1e', width: 2, textSize: 20 },
	waiting: '#f5b800'
};

/** The same case with another thing in the hand. */
export function takeUp({ pen, waiting }: PenCase, next: Pen): PenCase {
	const isOther = (next.tool === 'highlighter') !== (pen.tool === 'highlighter');
	return isOther ? { pen: { ...next, color: waiting }, waiting: next.color } : { pen: next, waiting };
}

/** A highlighter was laid down by a key of the drawing: what is drawn next must not let through as it does. */
export function laysDownHighlighter({ pen }: PenCase, tool: BoardTool | null): tool is BoardTool {
	return pen.tool === 'highlighter' && tool !== null && tool !== 'highlighter';
}
