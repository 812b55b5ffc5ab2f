import { tombstone, type BoardElement } from '../../shared/board.ts';
import type { BoardElements } from './boardElements.ts';
import { splitElement } from './splitElement.ts';

/** What is too long for one element, as several of them. */
export interface Pieces {
	of(element: BoardElement): BoardElement[];
}

export function createPieces(deps: {
	current: BoardElements['current'];
	randomId: () => string;
	nonce: () => number;
}): Pieces {
	const { current, randomId, nonce } = deps;
	/** Of strokes that were too long: what followed on them. */
	const rests = new Map<string, readonly string[]>();

	function next(id: string): { version: number; nonce: number } {
		return { version: (current(id)?.version ?? 0) + 1, nonce: nonce() };
	}

	return {
		of(element) {
			const [first, ...rest] = splitElement(element);
			const before = goesOn(element, current(element.id)) ? (rests.get(element.id) ?? []) : [];
			if (rest.length === 0 && before.length === 0) {
				rests.delete(element.id);
				return [element];
			}
			const pieces = rest.map((piece, nth) => {
				const id = before[nth] ?? randomId();
				return { ...piece, id, ...next(id) };
			});
			rests.set(
				element.id,
				pieces.map(({ id }) => id)
			);
			const over = before.slice(pieces.length).flatMap((id) => {
				const now = current(id);
				return now && !now.deleted ? tombstone(now, next(id)) : [];
			});
			// Another state than that of the whole, which whoever drew it still has in the hand.
			return [{ ...first, version: first.version + 1 }, ...pieces, ...over];
		}
	};
}

/** Whether this is the same stroke a moment later, and not the first piece of it, made too large. */
function goesOn(element: BoardElement, standing: BoardElement | undefined): boolean {
	if (element.deleted || element.kind !== 'freedraw') return false;
	if (!standing || standing.deleted || standing.kind !== 'freedraw') return false;
	return element.data.points.length > standing.data.points.length;
}
