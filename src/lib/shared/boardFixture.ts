import {
	tombstone,
	type BoardElement,
	type BoardKind,
	type LiveElement,
	type LiveElementOf,
	type PageData
} from './board.ts';

/** For tests: an element of a kind on the page `p1`, with the least data its kind needs. */
export function anElement<K extends BoardKind>(
	kind: K,
	given: Partial<Omit<LiveElementOf<K>, 'kind' | 'deleted'>> & { id: string }
): LiveElementOf<K> {
	const pageId = kind === 'page' ? null : 'p1';
	const envelope = { pageId, kind, version: 1, nonce: 1, deleted: false, ...given };
	return { ...envelope, data: given.data ?? leastData(kind) } as LiveElementOf<K>;
}

/** The same element deleted by its next version. */
export function deleted(element: BoardElement): BoardElement {
	return tombstone(element, { version: element.version + 1, nonce: element.nonce });
}

/** A stroke as a pen makes it in `points / 40` seconds: about 13 bytes a point. */
export function aStroke(id: string, points: number, start = 0): LiveElementOf<'freedraw'> {
	const at = (i: number, amount: number) => Math.round(amount * Math.sin(i / 9 + start) * 100) / 100;
	return anElement('freedraw', {
		id,
		data: {
			x: start,
			y: start,
			index: `a0${id.replace(/[^0-9A-Za-z]/g, '')}V`,
			strokeColor: '#1e1e1e',
			strokeWidth: 2,
			points: Array.from({ length: points }, (_, i): [number, number] => [at(i, 99) + i, at(i + 5, 50)])
		}
	});
}

function leastData(kind: BoardKind): LiveElement['data'] {
	const page: PageData = { order: 'U', template: 'blank', title: '' };
	const object = { x: 1, y: 2, index: 'a0', strokeColor: '#1e1e1e', strokeWidth: 2 };
	const sized = { ...object, width: 30, height: 40 };
	switch (kind) {
		case 'page':
			return page;
		case 'freedraw':
		case 'line':
		case 'arrow':
			return {
				...object,
				points: [
					[0, 0],
					[10, 5]
				]
			};
		case 'text':
			return { ...sized, text: 'x² = 4', fontSize: 20, fontFamily: 5, lineHeight: 1.25 };
		case 'image':
			return { ...sized, fileId: 'file-1' };
		default:
			return sized;
	}
}
