import {
	cleanBoardText,
	type BoardElement,
	type DeletedElement,
	type LiveElement,
	type LiveElementOf,
	type Point
} from '../../shared/board.ts';
import {
	hundredths,
	labelLook,
	layInto,
	spotFor,
	writeInto,
	type ShapeKind,
	type ObjectForm,
	type Workshop
} from './makeObject.ts';
import { boxOf } from './objectPlaces.ts';
import { takesText, type BoardObject } from './objectWords.ts';
import { layOut, type MeasureLine } from './textLayout.ts';

/** What is changed about a thing; what is left out stays. */
export interface ObjectChange {
	text?: string;
	color?: string;
	place?: ObjectForm['place'];
}

/** New states of a thing and of the text in it, to be put as one action; none when nothing would be another. */
export function editObject(
	object: Pick<BoardObject, 'id' | 'textId' | 'text'>,
	change: ObjectChange,
	workshop: Workshop
): BoardElement[] {
	const live = new Map(workshop.elements.flatMap((one) => (one.deleted ? [] : [[one.id, one] as const])));
	const before = live.get(object.id);
	if (!before || before.kind === 'page') return [];
	const found = object.textId === null ? undefined : live.get(object.textId);
	const draft: Draft = { own: before, label: found?.kind === 'text' ? found : null, gone: null, arrows: [] };
	if (change.text !== undefined && change.text !== object.text)
		write(draft, cleanBoardText(change.text).trim(), workshop);
	if (change.color !== undefined) paint(draft, change.color);
	if (change.place !== undefined) move(draft, change.place, workshop);
	return [draft.own, draft.label, draft.gone, ...draft.arrows].flatMap((one) => {
		if (one === null || live.get(one.id) === one) return [];
		return { ...one, version: (live.get(one.id)?.version ?? 0) + 1, nonce: workshop.nonce() };
	});
}

/** A thing while it is changed. */
interface Draft {
	own: LiveElement;
	label: LiveElementOf<'text'> | null;
	/** A text that was emptied. */
	gone: DeletedElement | null;
	/** They go along with what they begin or end at. */
	arrows: LiveElement[];
}

function write(draft: Draft, text: string, { randomId, nonce, measure }: Workshop): void {
	const { own, label } = draft;
	if (own.kind === 'text') {
		if (text !== '')
			draft.own = rewritten(own, text, own.data.autoResize === false ? own.data.width : null, measure);
		return;
	}
	if (label && text === '') return wipe(draft, label);
	if (!isShape(own)) {
		if (label) draft.label = rewritten(label, text, label.data.width, measure);
		return;
	}
	if (text === '') return;
	const look = label ? label.data : labelLook('medium');
	const fit = layInto(own.kind, own.data, text, look, measure);
	const { boundElements = [] } = own.data;
	if (label) {
		const { x, y, width } = own.data;
		const { height } = fit.shape;
		if (height !== own.data.height) draft.own = withData(own, { height });
		const laid = {
			...{
				x: hundredths(x + (width - fit.laid.width) / 2),
				y: hundredths(y + (height - fit.laid.height) / 2)
			},
			...{ width: hundredths(fit.laid.width), height: hundredths(fit.laid.height), text: fit.laid.text }
		};
		draft.label = withData(label, { ...laid, originalText: text });
		return;
	}
	const grown = withData(own, { height: fit.shape.height });
	draft.label = writeInto(grown, text, fit, look, { id: randomId(), nonce: nonce() });
	draft.own = withData(grown, { boundElements: [...boundElements, { id: draft.label.id, type: 'text' }] });
}

/** A text that stands on its own or on a line. */
function rewritten(
	one: LiveElementOf<'text'>,
	text: string,
	wide: number | null,
	measure: MeasureLine
): LiveElementOf<'text'> {
	const { x, y, width, height, textAlign = 'left', containerId } = one.data;
	const laid = layOut(text, one.data, wide, measure);
	// It stays where it begins, ends or has its middle, as it is aligned.
	const share = wide === null ? { left: 0, center: 0.5, right: 1 }[textAlign] : 0;
	return withData(one, {
		x: hundredths(x + (width - laid.width) * share),
		y: hundredths(y + (containerId ? (height - laid.height) / 2 : 0)),
		...{ width: hundredths(wide ?? laid.width), height: hundredths(laid.height) },
		...{ text: laid.text, originalText: text }
	});
}

function wipe(draft: Draft, { id, pageId }: LiveElementOf<'text'>): void {
	draft.gone = { id, pageId, kind: 'text', version: 1, nonce: 0, deleted: true, data: null };
	draft.label = null;
	const { own } = draft;
	if (own.kind === 'page') return;
	draft.own = withData(own, { boundElements: (own.data.boundElements ?? []).filter((one) => one.id !== id) });
}

function paint(draft: Draft, strokeColor: string): void {
	const { own, label } = draft;
	if (own.kind === 'page' || own.data.strokeColor === strokeColor) return;
	draft.own = withData(own, { strokeColor });
	if (label) draft.label = withData(label, { strokeColor });
}

function move(draft: Draft, place: ObjectForm['place'], { elements }: Workshop): void {
	const box = boxOf(draft.own);
	const [width, height] = [box.right - box.left, box.bottom - box.top];
	const others = elements.filter(({ id }) => id !== draft.own.id && id !== draft.label?.id);
	const [x, y] = spotFor({ width, height }, place, others);
	const [dx, dy] = [x - (box.left + box.right) / 2, y - (box.top + box.bottom) / 2];
	const moved = <E extends LiveElement>(one: E): E =>
		one.kind === 'page'
			? one
			: withData(one, { x: hundredths(one.data.x + dx), y: hundredths(one.data.y + dy) });
	draft.own = moved(draft.own);
	if (draft.label) draft.label = moved(draft.label);
	const { id } = draft.own;
	draft.arrows = others.flatMap((one) =>
		one.kind === 'arrow' && !one.deleted ? (led(one, id, [dx, dy]) ?? []) : []
	);
}

/** An arrow whose end is at something that has moved by this much; null for others. */
function led(arrow: LiveElementOf<'arrow'>, id: string, [dx, dy]: Point): LiveElementOf<'arrow'> | null {
	const { x, y, points, startBinding, endBinding, elbowed } = arrow.data;
	const [begins, ends] = [startBinding?.elementId === id, endBinding?.elementId === id];
	if (elbowed || (!begins && !ends)) return null;
	const last = points.length - 1;
	// Points are told from the first one.
	const next = points.map(([across, down], at): Point => {
		const share = at === 0 || (begins && ends) ? 0 : begins ? -1 : at === last ? 1 : 0;
		return [hundredths(across + share * dx), hundredths(down + share * dy)];
	});
	const start = begins ? { x: hundredths(x + dx), y: hundredths(y + dy) } : {};
	return withData(arrow, { ...start, points: next });
}

function isShape(element: LiveElement): element is LiveElementOf<ShapeKind> {
	return element.kind !== 'page' && element.kind !== 'text' && takesText(element.kind);
}

function withData<E extends LiveElement>(element: E, change: Partial<E['data']> | object): E {
	return { ...element, data: { ...element.data, ...change } };
}
