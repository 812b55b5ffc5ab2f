import { pagesOf, type PageView } from '$lib/room/board/pages.ts';
import { beats, mergeBoard, type BoardElement } from '$lib/shared/board.ts';

/** Drawings that never reached the server, on the pages they were made on. */
export interface UnsavedDrawings {
	pages: PageView[];
	/** How many of them are on each page, by its id. */
	objects: Record<string, number>;
	count: number;
	/** All that is on a page, with them. */
	elementsOn(pageId: string): Promise<readonly BoardElement[]>;
}

/**
 * `kept`: what the device keeps for the server. An answer that got lost leaves something there that was stored: that
 * does not count, and neither does what was only deleted. Null when nothing is left. Rejects when the board cannot be read.
 */
export async function findUnsaved(deps: {
	kept: readonly BoardElement[];
	storedPages: readonly BoardElement[];
	read: (pageId: string) => Promise<readonly BoardElement[]>;
}): Promise<UnsavedDrawings | null> {
	const { kept, storedPages, read } = deps;
	const drawings = kept.filter(({ kind, deleted }) => kind !== 'page' && !deleted);
	const stored = new Map<string, ReadonlyMap<string, BoardElement>>();
	for (const id of new Set(drawings.map(({ pageId }) => pageId)))
		if (id !== null) stored.set(id, new Map((await read(id)).map((element) => [element.id, element])));
	const unsaved = drawings.filter((element) => {
		const standing = stored.get(element.pageId ?? '')?.get(element.id);
		return !standing || beats(element, standing);
	});
	if (unsaved.length === 0) return null;

	const objects: Record<string, number> = {};
	for (const { pageId } of unsaved) objects[pageId ?? ''] = (objects[pageId ?? ''] ?? 0) + 1;
	const keptPages = kept.filter(({ kind }) => kind === 'page');
	const all = pagesOf([...storedPages, ...keptPages], Object.keys(objects));
	return {
		pages: all.filter(({ id }) => objects[id]),
		objects,
		count: unsaved.length,
		async elementsOn(pageId) {
			const here = unsaved.filter((element) => element.pageId === pageId);
			return [...mergeBoard(stored.get(pageId) ?? new Map(), here).board.values()];
		}
	};
}
