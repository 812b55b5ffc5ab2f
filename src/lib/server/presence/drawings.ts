import type { DrawMessage, SentInk } from '../../shared/boardInk.ts';
import { BOARD_INK_MAX_POINTS } from '../../shared/boardLimits.ts';

/** Messages that may wait for one reader. */
const WAITING_MAX = 64;

/** What others draw, point at and look at, on its way to one reader. */
export interface Drawings {
	add(message: DrawMessage<SentInk>): void;
	/** The oldest one, or null. */
	take(): DrawMessage<SentInk> | null;
	waiting(): number;
}

/**
 * A queue that stays short: of cursors and views only the newest of each seat, points of one stroke together, and the
 * oldest ink dropped when there is too much. What is dropped comes with the finished element.
 */
export function createDrawings(): Drawings {
	const queue: DrawMessage<SentInk>[] = [];

	return {
		add(message) {
			const before = queue.findLastIndex(
				({ type, fromSeatId }) => type === message.type && fromSeatId === message.fromSeatId
			);
			const together = before < 0 ? null : asOne(queue[before]!, message);
			if (together) queue[before] = together;
			else queue.push(message);
			if (queue.length <= WAITING_MAX) return;
			const oldestInk = queue.findIndex(({ type }) => type === 'ink');
			queue.splice(Math.max(0, oldestInk), 1);
		},
		take: () => queue.shift() ?? null,
		waiting: () => queue.length
	};
}

/** Two messages of one type and seat as one, or null when both have to go out. */
function asOne(older: DrawMessage<SentInk>, newer: DrawMessage<SentInk>): DrawMessage<SentInk> | null {
	if (older.type !== 'ink' || newer.type !== 'ink') return newer;
	const { from, points } = older.ink;
	const goesOn =
		older.ink.strokeId === newer.ink.strokeId &&
		from + points.length / 3 === newer.ink.from &&
		points.length + newer.ink.points.length <= 3 * BOARD_INK_MAX_POINTS;
	if (!goesOn) return null;
	return { ...newer, ink: { ...older.ink, ...newer.ink, from, points: [...points, ...newer.ink.points] } };
}
