import type { BoardElement, LiveElementOf, PageTemplate } from '../../shared/board.ts';
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

/** The pages as they stand in the strip; there is always one. */
export function pagesOf(elements: Iterable<BoardElement>): PageView[] {
	const pages: PageView[] = [];
	for (const element of elements) {
		if (element.kind === 'page' && !element.deleted) pages.push({ id: element.id, ...element.data });
	}
	if (pages.length === 0) return [FIRST_PAGE];
	return pages.sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id));
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
