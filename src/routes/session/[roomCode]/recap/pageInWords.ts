import { KIND_WORDS, kindWords, type DrawnElement, type ObjectKind } from '$lib/room/board/objectWords.ts';
import type { BoardElement } from '$lib/shared/board.ts';

const KINDS = Object.keys(KIND_WORDS) as ObjectKind[];

/** What is on a page, for those who do not see it: `2 pen strokes, 1 picture. Text: “x² = 4”`. */
export function pageInWords(elements: readonly BoardElement[]): string {
	const drawn = elements.filter((one): one is DrawnElement => !one.deleted && one.kind !== 'page');
	drawn.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
	const counts = new Map<string, number>();
	for (const one of drawn) {
		if (one.kind === 'text') continue;
		const word = kindWords(one).toLowerCase();
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const counted = [...counts].map(([word, count]) => `${count} ${word}${count === 1 ? '' : 's'}`);
	const texts = drawn.flatMap((one) =>
		one.kind === 'text' ? [`“${(one.data.originalText ?? one.data.text).trim()}”`] : []
	);
	const said = texts.length === 0 ? '' : `Text: ${texts.join(', ')}`;
	return [counted.join(', '), said].filter(Boolean).join('. ');
}
