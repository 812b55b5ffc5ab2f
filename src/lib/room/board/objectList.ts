import type { BoardObject } from './objectWords.ts';

/** How many things of the list are there at once: more would make every change slow. */
export const LIST_LENGTH = 100;

/** Those in whose words all words of the search are. */
export function findObjects(objects: readonly BoardObject[], search: string): readonly BoardObject[] {
	const words = folded(search).split(/\s+/).filter(Boolean);
	if (words.length === 0) return objects;
	return objects.filter(({ title, detail, text }) => {
		const all = folded(`${title} ${detail} ${text ?? ''}`);
		return words.every((word) => all.includes(word));
	});
}

function folded(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** What is shown of a long list, and where one is in it. */
export interface ListPlace {
	/** Index of the first one shown. */
	from: number;
	/** The one that the keys act on; null in an empty list. */
	activeId: string | null;
}

/**
 * The place in a list that has changed under its reader: the same thing is still where it was, however much came before it.
 * When that thing is gone, whatever took its place is next.
 */
export function keepPlace(
	before: readonly BoardObject[],
	place: ListPlace,
	after: readonly BoardObject[],
	length = LIST_LENGTH
): ListPlace {
	if (after.length === 0) return { from: 0, activeId: null };
	const was = before.findIndex(({ id }) => id === place.activeId);
	const at = new Map(after.map(({ id }, index) => [id, index]));
	const same = place.activeId === null ? undefined : at.get(place.activeId);
	// The next one that is still there; else the last.
	const next = before.slice(was + 1).find(({ id }) => at.has(id));
	const active = same ?? (was < 0 ? 0 : next ? at.get(next.id)! : after.length - 1);
	const offset = was < 0 ? 0 : was - place.from;
	return { from: inSight(active, active - offset, after.length, length), activeId: after[active]!.id };
}

/** Goes to another thing and shows what is around it. */
export function goTo(
	list: readonly BoardObject[],
	{ from }: ListPlace,
	to: number,
	length = LIST_LENGTH
): ListPlace {
	if (list.length === 0) return { from: 0, activeId: null };
	const active = Math.min(Math.max(0, to), list.length - 1);
	return { from: inSight(active, from, list.length, length), activeId: list[active]!.id };
}

/** The place nearest to `from` that shows the active one and, if there are as many, is full. */
function inSight(active: number, from: number, count: number, length: number): number {
	const near = Math.min(Math.max(from, active - length + 1), active);
	return Math.max(0, Math.min(near, count - length));
}
