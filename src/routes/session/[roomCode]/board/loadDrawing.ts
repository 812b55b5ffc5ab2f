import type { PageDrawing } from '$lib/room/adapters/excalidraw/drawnPage.ts';
import type { FileStore } from '$lib/room/board/pictureSender.ts';

/** What pages are drawn with as pictures: the drawing library, on no page before somebody needs it. */
export async function loadDrawing(files: Pick<FileStore, 'read'>): Promise<PageDrawing> {
	// As for the board itself: the server must not be built with it.
	if (import.meta.env.SSR) throw new Error('The whiteboard is drawn in a browser.');
	const { createPageDrawing } = await import('$lib/room/adapters/excalidraw/drawPage.ts');
	return createPageDrawing(files);
}
