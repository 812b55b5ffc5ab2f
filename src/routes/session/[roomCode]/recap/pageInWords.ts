import {
	isHighlighter,
	KIND_WORDS,
	type DrawnElement,
	type ObjectKind
} from '$lib/room/board/objectWords.ts';
import type { BoardElement } from '$lib/shared/board.ts';
import { COMMA, counted, quoted } from '$lib/shared/counted.ts';

const KINDS = Object.keys(KIND_WORDS) as ObjectKind[];

const COUNTED = {
	freedraw: (count: number) => counted(count, { one: '1 pen stroke', other: '# pen strokes' }),
	highlighter: (count: number) =>
		counted(count, { one: '1 highlighter stroke', other: '# highlighter strokes' }),
	line: (count: number) => counted(count, { one: '1 line', other: '# lines' }),
	arrow: (count: number) => counted(count, { one: '1 arrow', other: '# arrows' }),
	rectangle: (count: number) => counted(count, { one: '1 rectangle', other: '# rectangles' }),
	ellipse: (count: number) => counted(count, { one: '1 ellipse', other: '# ellipses' }),
	diamond: (count: number) => counted(count, { one: '1 diamond', other: '# diamonds' }),
	image: (count: number) => counted(count, { one: '1 picture', other: '# pictures' })
};

/** What is on a page, for those who do not see it: `2 pen strokes, 1 picture. Text: “x² = 4”`. */
export function pageInWords(elements: readonly BoardElement[]): string {
	const drawn = elements.filter((one): one is DrawnElement => !one.deleted && one.kind !== 'page');
	drawn.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
	const counts = new Map<keyof typeof COUNTED, number>();
	for (const one of drawn) {
		if (one.kind === 'text') continue;
		const kind = isHighlighter(one) ? 'highlighter' : one.kind;
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}
	const things = [...counts].map(([kind, count]) => COUNTED[kind](count));
	const texts = drawn.flatMap((one) =>
		one.kind === 'text' ? [quoted((one.data.originalText ?? one.data.text).trim())] : []
	);
	const said = texts.length === 0 ? '' : `Text: ${texts.join(COMMA)}`;
	return [things.join(COMMA), said].filter(Boolean).join('. ');
}
