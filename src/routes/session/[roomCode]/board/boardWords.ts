import type { PageTemplate } from '$lib/shared/board.ts';
import type { BoardTool } from '$lib/room/adapters/excalidraw/boardCanvas.ts';
import type { BoardState } from '$lib/room/board/boardState.ts';
import { SHAPE_WORDS } from '$lib/room/board/objectWords.ts';
import { counted } from '$lib/shared/counted.ts';

export const TOOL_WORDS: Record<BoardTool, string> = {
	selection: 'Select and move',
	hand: 'Move the page',
	pen: 'Pen',
	highlighter: 'Highlighter',
	eraser: 'Eraser',
	...SHAPE_WORDS,
	laser: 'Laser pointer'
};

/** The tools as they stand in the toolbar; shapes share one button. */
export const BEFORE_SHAPES = ['selection', 'hand', 'pen', 'highlighter', 'eraser'] as const;
export const SHAPES = ['line', 'arrow', 'rectangle', 'ellipse', 'diamond'] as const;

export const WIDTHS = [
	{ name: 'Thin', value: 1 },
	{ name: 'Medium', value: 2 },
	{ name: 'Thick', value: 4 }
] as const;

export const TEXT_SIZES = [
	{ name: 'Small', value: 16 },
	{ name: 'Medium', value: 20 },
	{ name: 'Large', value: 28 },
	{ name: 'Very large', value: 36 }
] as const;

/** Why most of the board is unavailable, and what is not. */
export const LOCKED_WORDS = 'The mentor has locked the board';
export const LOCKED_MORE = 'You can still look around, turn pages, zoom and use the laser pointer.';

export const TEMPLATE_WORDS: Record<PageTemplate, string> = {
	blank: 'Blank page',
	lined: 'Lined page',
	squared: 'Squared page',
	axes: 'Coordinate system',
	staves: 'Music staves'
};

/** Where what was drawn is now. */
export function savingWords({ saving, unsaved, loaded, kept }: BoardState): string {
	if (!loaded && saving === 'saved') return 'Loading…';
	if (!kept && (saving === 'waiting' || saving === 'locked'))
		return counted(unsaved, {
			one: 'Not saved yet: 1 change. Keep this page open: this device has no room for it',
			other: 'Not saved yet: # changes. Keep this page open: this device has no room for them'
		});
	switch (saving) {
		case 'saved':
			return 'Saved';
		case 'saving':
			return 'Saving…';
		case 'locked':
			return counted(unsaved, {
				one: 'Not saved yet: 1 change waits until the board is unlocked',
				other: 'Not saved yet: # changes wait until the board is unlocked'
			});
		case 'waiting':
			return counted(unsaved, {
				one: 'Not saved yet: 1 change kept on this device',
				other: 'Not saved yet: # changes kept on this device'
			});
	}
}

/** What a page is called in the strip: its title, or its number. */
export function pageName(title: string, number: number): string {
	return title === '' ? `Page ${number}` : `Page ${number}: ${title}`;
}

/** With a capital letter. */
export function sentence(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}
