import type { BoardElement, LiveElementOf, PageTemplate } from '../../shared/board.ts';
import type { BoardElements } from './boardElements.ts';
import { orderBetween } from './orderBetween.ts';

export interface PageView {
	id: string;
	template: PageTemplate;
	title: string;
	order: string;
}

/**
 * The page an empty board begins with. Everybody makes the same one, so that two people who draw the first stroke at once
 * draw on one page.
 */
export const FIRST_PAGE: PageView = { id: 'first', template: 'blank', title: '', order: 'U' };

/** After all others. */
const LAST = 'zz';

/**
 * The pages as they stand in the strip; there is always one. A deleted page is there as long as something is on it: what
 * somebody drew while somebody else deleted the page must not be on the board and out of sight. `alsoUsed`: pages that
 * something is on which is not among the elements.
 */
export function pagesOf(elements: Iterable<BoardElement>, alsoUsed: Iterable<string> = []): PageView[] {
	const pages = new Map<string, PageView>();
	const deleted = new Map<string, PageView>();
	const used = new Set(alsoUsed);
	for (const element of elements) {
		const { id } = element;
		if (element.kind === 'page') (element.deleted ? deleted : pages).set(id, { id, ...element.data });
		else if (!element.deleted) used.add(element.pageId);
	}
	for (const id of used) {
		if (pages.has(id)) continue;
		// One that the server would not have, or that comes after what is on it.
		const unknown = id === FIRST_PAGE.id ? FIRST_PAGE : { ...FIRST_PAGE, id, order: LAST };
		pages.set(id, deleted.get(id) ?? unknown);
	}
	if (pages.size === 0) return [FIRST_PAGE];
	return [...pages.values()].sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id));
}

/** The pages after a change of these elements; all of them are looked at only where that can matter. */
export function pagesAfter(
	before: PageView[],
	ids: readonly string[],
	{ current, all }: Pick<BoardElements, 'current' | 'all'>
): PageView[] {
	// A deleted page goes with the last thing on it, and comes with the first.
	const someAreDeleted = before.some(({ id }) => current(id)?.deleted !== false);
	const matters = (id: string) => {
		const now = current(id);
		return now && (now.kind === 'page' || before.every((page) => page.id !== now.pageId));
	};
	return someAreDeleted || ids.some(matters) ? pagesOf(all()) : before;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** The place right after a page. */
export function orderAfter(pages: readonly PageView[], pageId: string): string {
	const at = pages.findIndex(({ id }) => id === pageId);
	return orderBetween(pages[at]?.order ?? null, pages[at + 1]?.order ?? null);
}

/** Where to look when the page one was on is gone: the one that took its place. */
export function pageInstead(before: readonly PageView[], after: readonly PageView[], pageId: string): string {
	if (after.some(({ id }) => id === pageId)) return pageId;
	const at = before.findIndex(({ id }) => id === pageId);
	return (after[Math.min(Math.max(at, 0), after.length - 1)] ?? FIRST_PAGE).id;
}

/** A state of a page that wins over the one that stands. */
export function pageElement(
	{ id, ...data }: PageView,
	standing: BoardElement | undefined,
	nonce: () => number
): LiveElementOf<'page'> {
	const version = (standing?.version ?? 0) + 1;
	// The first state of the first page is the same whoever makes it.
	const isFirst = id === FIRST_PAGE.id && version === 1;
	return {
		...{ id, kind: 'page', pageId: null, deleted: false, data },
		...{ version, nonce: isFirst ? 0 : nonce() }
	};
}
