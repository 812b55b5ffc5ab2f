import type { BoardElement, BoardKind } from '$lib/shared/board.ts';

const KINDS: [Exclude<BoardKind, 'page'>, string][] = [
	['freedraw', 'pen stroke'],
	['line', 'line'],
	['arrow', 'arrow'],
	['rectangle', 'rectangle'],
	['ellipse', 'ellipse'],
	['diamond', 'diamond'],
	['image', 'picture']
];

/** What is on a page, for those who do not see it: `2 pen strokes, 1 picture. Text: “x² = 4”`. */
export function pageInWords(elements: readonly BoardElement[]): string {
	const counts = KINDS.flatMap(([kind, word]) => {
		const count = elements.filter((one) => one.kind === kind && !one.deleted).length;
		return count === 0 ? [] : `${count} ${word}${count === 1 ? '' : 's'}`;
	});
	const texts = elements.flatMap((one) =>
		one.kind === 'text' && !one.deleted ? [`“${(one.data.originalText ?? one.data.text).trim()}”`] : []
	);
	const said = texts.length === 0 ? '' : `Text: ${texts.join(', ')}`;
	return [counts.join(', '), said].filter(Boolean).join('. ');
}
