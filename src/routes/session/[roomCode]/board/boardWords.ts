import type { PageTemplate } from '$lib/shared/board.ts';
import type { BoardTool } from '$lib/room/adapters/excalidraw/boardCanvas.ts';
import type { BoardState } from '$lib/room/board/boardState.ts';

export const TOOL_WORDS: Record<BoardTool, string> = {
	selection: 'Select and move',
	hand: 'Move the page',
	pen: 'Pen',
	highlighter: 'Highlighter',
	eraser: 'Eraser',
	line: 'Line',
	arrow: 'Arrow',
	rectangle: 'Rectangle',
	ellipse: 'Ellipse',
	diamond: 'Diamond',
	text: 'Text',
	picture: 'Picture',
	laser: 'Laser pointer'
};

/** Seven that are told apart on white and, turned round, on black. */
export const COLORS = [
	{ name: 'Black', value: '#1e1e1e' },
	{ name: 'Red', value: '#c92a2a' },
	{ name: 'Orange', value: '#d9480f' },
	{ name: 'Green', value: '#2b8a3e' },
	{ name: 'Blue', value: '#1864ab' },
	{ name: 'Purple', value: '#862e9c' },
	{ name: 'Yellow', value: '#f5b800' }
] as const;

export const WIDTHS = [
	{ name: 'Thin', value: 1 },
	{ name: 'Medium', value: 2 },
	{ name: 'Thick', value: 4 }
] as const;

export const TEMPLATE_WORDS: Record<PageTemplate, string> = {
	blank: 'Blank page',
	lined: 'Lined page',
	squared: 'Squared page',
	axes: 'Coordinate system',
	staves: 'Music staves'
};

/** Where what was drawn is now. */
export function savingWords({ saving, unsaved, loaded }: BoardState): string {
	if (!loaded && saving === 'saved') return 'Loading…';
	const one = unsaved === 1;
	const changes = `${unsaved} change${one ? '' : 's'}`;
	switch (saving) {
		case 'saved':
			return 'Saved';
		case 'saving':
			return 'Saving…';
		case 'locked':
			return `Not saved yet: ${changes} ${one ? 'waits' : 'wait'} until the board is unlocked`;
		case 'waiting':
			return `Not saved yet: ${changes} kept on this device`;
	}
}

/** What a page is called in the strip: its title, or its number. */
export function pageName(title: string, number: number): string {
	return title === '' ? `Page ${number}` : `Page ${number}: ${title}`;
}
