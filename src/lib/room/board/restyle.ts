import type { BoardElement, LiveElement } from '../../shared/board.ts';
import { hundredths } from './makeObject.ts';
import { layOut, type MeasureLine } from './textLayout.ts';

/** How things shall look; what is left out stays. */
export interface Style {
	/** `#rrggbb` */
	color?: string;
	width?: 1 | 2 | 4;
	/** Height of letters, units of the page. */
	textSize?: number;
}

/** How wide a highlighter's stroke is for each width of a pen. */
export function highlighterWidth(width: number): number {
	return 4 + 2 * width;
}

/** New states of those of these things, and of the texts in them, that the style makes look different. */
export function restyle(
	elements: readonly BoardElement[],
	ids: readonly string[],
	style: Style,
	{ nonce, measure }: { nonce: () => number; measure: MeasureLine }
): LiveElement[] {
	const wanted = new Set(ids);
	return elements.flatMap((one) => {
		if (one.deleted || one.kind === 'page') return [];
		const isInside = one.kind === 'text' && !!one.data.containerId && wanted.has(one.data.containerId);
		if (!wanted.has(one.id) && !isInside) return [];
		const change = styled(one, style, measure);
		const isOther = Object.entries(change).some(
			([key, value]) => (one.data as unknown as Record<string, unknown>)[key] !== value
		);
		if (!isOther) return [];
		const data = { ...one.data, ...change };
		return { ...one, version: one.version + 1, nonce: nonce(), data } as LiveElement;
	});
}

function styled(
	one: Exclude<LiveElement, { kind: 'page' }>,
	{ color, width, textSize }: Style,
	measure: MeasureLine
): object {
	if (one.kind === 'image') return {};
	const ink = color === undefined ? {} : { strokeColor: color };
	if (one.kind !== 'text') {
		if (width === undefined) return ink;
		const isHighlighter = one.kind === 'freedraw' && (one.data.opacity ?? 100) < 100;
		return { ...ink, strokeWidth: isHighlighter ? highlighterWidth(width) : width };
	}
	// A text in a shape, or of a width of its own, is laid out by what it is in.
	if (textSize === undefined || one.data.containerId || one.data.autoResize === false) return ink;
	const look = { ...one.data, fontSize: textSize };
	const laid = layOut(one.data.text, look, null, measure);
	const size = { width: hundredths(laid.width), height: hundredths(laid.height) };
	return { ...ink, fontSize: textSize, ...size };
}
