import type { InkDelta } from '../../shared/boardInk.ts';
import { foldInk, without, type Shadow, type Shadows } from '../board/shadows.ts';
import { onPicture, type Point } from './fittedPicture.ts';

/** A laser is where it is and leaves nothing; what the pen draws stays a few seconds. */
export type PointTool = 'laser' | 'pen';

/** `width` of ink that is a laser: a place and no line. */
const NO_LINE = 0;
const PEN_WIDTH = 4;
/** How long a line stays after the last news of it, ms, and how long it then takes to fade. */
const PEN_STAYS = 3_500;
const PEN_FADES = 500;
/** A laser that rests says so every two seconds; without that its owner is gone. */
const LASER_LOST = 5_000;
/** So much of a laser's way is shown behind it, points. */
const TRAIL = 8;

/** What somebody shows on a shared screen right now. */
export interface PointMark {
	strokeId: string;
	userId: string;
	seatId: string;
	name: string;
	mine: boolean;
	tool: PointTool;
	/** Of the picture, 0 to 1; of a laser the newest few. Never empty. */
	points: readonly Point[];
	tip: Point;
	fading: boolean;
}

export function toolWidth(tool: PointTool): number {
	return tool === 'laser' ? NO_LINE : PEN_WIDTH;
}

/** The id of a shared screen: that of the seat that shares it. */
export function screenId(seatId: string): string {
	return `screen-${seatId}`;
}

function toolOf({ width }: Pick<InkDelta, 'width'>): PointTool {
	return width === NO_LINE ? 'laser' : 'pen';
}

/** Adds what came to what is shown. Each seat has one laser, and one that is lifted is gone at once. */
export function takePoints(
	shadows: Shadows,
	message: { fromUserId: string; fromSeatId: string; ink: InkDelta },
	now: number
): Shadows {
	const { ink, fromSeatId } = message;
	const next = foldInk(shadows, message, now);
	if (toolOf(ink) === 'pen') return next;
	const over = [...next.values()].filter(
		(shadow) =>
			shadow.seatId === fromSeatId &&
			toolOf(shadow) === 'laser' &&
			(shadow.ended || shadow.strokeId !== ink.strokeId)
	);
	return without(
		next,
		over.map(({ strokeId }) => strokeId)
	);
}

/** Without what has had its time, or whose screen or person is not there any more. */
export function stillShown(
	shadows: Shadows,
	now: number,
	there: { screens: ReadonlySet<string>; seats: ReadonlySet<string> }
): Shadows {
	const over = [...shadows.values()].filter(
		(shadow) =>
			!there.screens.has(shadow.pageId) ||
			!there.seats.has(shadow.seatId) ||
			ageOf(shadow, now) >= lifeOf(shadow)
	);
	return without(
		shadows,
		over.map(({ strokeId }) => strokeId)
	);
}

/** Ms until something fades or disappears by itself; null while nothing is shown. */
export function nextChange(shadows: Shadows, now: number): number | null {
	const waits = [...shadows.values()].map((shadow) => {
		const age = ageOf(shadow, now);
		return (toolOf(shadow) === 'pen' && age < PEN_STAYS ? PEN_STAYS : lifeOf(shadow)) - age;
	});
	return waits.length === 0 ? null : Math.max(0, Math.min(...waits));
}

/** What is to be drawn of it; null before its first point is there. */
export function markOf(shadow: Shadow, now: number, name: string, mine: boolean): PointMark | null {
	const { strokeId, userId, seatId, points: flat } = shadow;
	const tool = toolOf(shadow);
	const points: Point[] = [];
	const from = tool === 'laser' ? Math.max(0, flat.length - 3 * TRAIL) : 0;
	for (let at = from; at + 1 < flat.length; at += 3)
		points.push(onPicture({ x: flat[at]!, y: flat[at + 1]! }));
	const tip = points.at(-1);
	if (!tip) return null;
	const fading = tool === 'pen' && ageOf(shadow, now) >= PEN_STAYS;
	return { strokeId, userId, seatId, name, mine, tool, points, tip, fading };
}

/** A clock that was set back makes everything old: better gone too early than never. */
function ageOf({ at }: Shadow, now: number): number {
	return now < at ? Infinity : now - at;
}

function lifeOf(shadow: Shadow): number {
	return toolOf(shadow) === 'laser' ? LASER_LOST : PEN_STAYS + PEN_FADES;
}
