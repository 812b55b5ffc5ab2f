import { boardFiles } from '$lib/room/adapters/boardFiles.ts';
import type { PageDrawing } from '$lib/room/adapters/excalidraw/drawnPage.ts';

/** What pages are drawn with as pictures: the drawing library, on no page before somebody needs it. */
export async function loadDrawing(roomCode: string): Promise<PageDrawing> {
	// As for the board itself: the server must not be built with it.
	if (import.meta.env.SSR) throw new Error('The whiteboard is drawn in a browser.');
	const { createPageDrawing } = await import('$lib/room/adapters/excalidraw/drawPage.ts');
	return createPageDrawing(boardFiles(roomCode));
}
