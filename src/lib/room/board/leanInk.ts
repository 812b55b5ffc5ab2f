import type { InkDelta, SentInk } from '../../shared/boardInk.ts';

/** How often the look of a stroke goes along: about once a second, for whoever comes in the middle of it. */
const LOOK_EVERY = 20;

type Look = Pick<InkDelta, 'pageId' | 'color' | 'width'>;

/** Ink without what is the same all along a stroke: its look would be a sixth of all bytes. */
export interface LeanInk {
	sent(ink: InkDelta): SentInk;
	/** What came from a seat, whole again; null when its look is not known (yet). */
	heard(fromSeatId: string, ink: SentInk): InkDelta | null;
}

export function createLeanInk(): LeanInk {
	let strokeId: string | null = null;
	let since = 0;
	/** Of each seat the newest stroke. */
	const looks = new Map<string, Look & { strokeId: string }>();

	return {
		sent(ink) {
			since = ink.strokeId === strokeId && ink.from > 0 ? (since + 1) % LOOK_EVERY : 0;
			strokeId = ink.strokeId;
			if (since === 0) return ink;
			const { pageId: _page, color: _color, width: _width, ...lean } = ink;
			return lean;
		},
		heard(fromSeatId, ink) {
			const { strokeId, pageId, color, width } = ink;
			if (pageId !== undefined && color !== undefined && width !== undefined)
				looks.set(fromSeatId, { strokeId, pageId, color, width });
			const look = looks.get(fromSeatId);
			return look?.strokeId === strokeId ? { ...ink, ...look } : null;
		}
	};
}
