import { orderBetween } from './orderBetween.ts';
import type { PageView } from './pages.ts';

/** The order that brings a page to this place in the strip, 0 being the first; null when it is there already. */
export function orderAt(pages: readonly PageView[], pageId: string, to: number): string | null {
	const at = pages.findIndex(({ id }) => id === pageId);
	const place = Math.min(Math.max(0, to), pages.length - 1);
	if (at < 0 || at === place) return null;
	const others = pages.filter(({ id }) => id !== pageId);
	return orderBetween(others[place - 1]?.order ?? null, others[place]?.order ?? null);
}
