import type { AppState } from '@excalidraw/excalidraw/types';
import { highlighterWidth } from '../../board/restyle.ts';
import { FONT } from '../../board/textLayout.ts';
import type { BoardTool, Pen } from './boardCanvas.ts';

/** Through which a highlighter lets see what is below it, per cent. */
const HIGHLIGHTER_OPACITY = 40;

/** How the library draws with this pen. */
export function toolState({ tool, color, width, textSize }: Pen) {
	const isHighlighter = tool === 'highlighter';
	return {
		currentItemStrokeColor: color,
		currentItemBackgroundColor: 'transparent',
		currentItemStrokeWidth: isHighlighter ? highlighterWidth(width) : width,
		currentItemOpacity: isHighlighter ? HIGHLIGHTER_OPACITY : 100,
		currentItemRoughness: 0,
		// As they are made by form: a rectangle has corners.
		currentItemRoundness: 'sharp' as const,
		currentItemFillStyle: 'solid' as const,
		currentItemStrokeStyle: 'solid' as const,
		currentItemFontFamily: FONT.fontFamily,
		currentItemFontSize: textSize
	};
}

/** The tool in the hand in our words; null for what our toolbar does not have. */
export function toolWords({
	activeTool,
	currentItemOpacity
}: Pick<AppState, 'activeTool' | 'currentItemOpacity'>): BoardTool | null {
	switch (activeTool.type) {
		case 'freedraw':
			return currentItemOpacity < 100 ? 'highlighter' : 'pen';
		case 'selection':
		case 'hand':
		case 'eraser':
		case 'line':
		case 'arrow':
		case 'rectangle':
		case 'ellipse':
		case 'diamond':
		case 'text':
		case 'laser':
			return activeTool.type;
		default:
			return null;
	}
}
