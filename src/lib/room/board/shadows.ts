import type { InkDelta } from '../../shared/boardInk.ts';

/** A stroke of somebody else that is still being drawn, or whose element has not come yet. */
export interface Shadow extends Pick<InkDelta, 'strokeId' | 'pageId' | 'kind' | 'color' | 'width'> {
	userId: string;
	seatId: string;
	/** x, y and pressure (0 to 1), flat. */
	points: readonly number[];
	/** When something of it came last, ms. */
	at: number;
	ended: boolean;
}

/** By stroke. A new map at each change. */
export type Shadows = ReadonlyMap<string, Shadow>;

/** An element follows within a moment where its drawer is connected; otherwise the stroke comes back with it. */
const ABANDONED_AFTER = 6_000;
const ELEMENT_WAITED_FOR = 20_000;
/** Laser and point-back fade this long after the last point, ms. */
const FADES_IN = 1_500;
/** Nobody draws that far at once; what does is cut, so that memory has an end. */
const MOST_NUMBERS = 3 * 20_000;
const MOST_SHADOWS = 200;

export function foldInk(
	shadows: Shadows,
	message: { fromUserId: string; fromSeatId: string; ink: InkDelta },
	now: number
): Shadows {
	const { ink, fromUserId, fromSeatId } = message;
	const known = shadows.get(ink.strokeId);
	// Only whoever began a stroke can go on with it.
	if (known && known.seatId !== fromSeatId) return shadows;
	if (ink.ended && ink.points.length === 0 && ink.from === 0) return without(shadows, [ink.strokeId]);
	if (!known && shadows.size >= MOST_SHADOWS) return shadows;
	const before = known?.points ?? [];
	// After a gap the stroke goes straight on: the finished element brings what is missing.
	const kept = Math.min(before.length, ink.from * 3);
	const points = [...before.slice(0, kept), ...ink.points].slice(0, MOST_NUMBERS);
	const { strokeId, pageId, kind, color, width } = ink;
	return new Map(shadows).set(strokeId, {
		...{ strokeId, pageId, kind, color, width, points },
		...{ userId: fromUserId, seatId: fromSeatId, at: now, ended: ink.ended === true }
	});
}

/** The finished elements are there, or whoever drew is gone. */
export function without(shadows: Shadows, strokeIds: Iterable<string>): Shadows {
	let rest: Map<string, Shadow> | null = null;
	for (const id of strokeIds) {
		if (!shadows.has(id)) continue;
		rest ??= new Map(shadows);
		rest.delete(id);
	}
	return rest ?? shadows;
}

/** Without what has faded or will not be finished any more. */
export function swept(shadows: Shadows, now: number): Shadows {
	const over = [...shadows.values()].filter((shadow) => now - shadow.at > patience(shadow));
	return without(
		shadows,
		over.map(({ strokeId }) => strokeId)
	);
}

function patience({ kind, ended }: Shadow): number {
	if (kind === 'laser' || kind === 'pointback') return ended ? FADES_IN : ABANDONED_AFTER;
	return ended ? ELEMENT_WAITED_FOR : ABANDONED_AFTER;
}
