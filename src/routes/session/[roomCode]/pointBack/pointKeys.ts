import { onPicture, type Point } from '../../../../lib/room/pointBack/fittedPicture.ts';

const STEP = 0.02;
const LARGE_STEP = 0.1;
const WAYS: Record<string, Point> = {
	ArrowLeft: { x: -1, y: 0 },
	ArrowRight: { x: 1, y: 0 },
	ArrowUp: { x: 0, y: -1 },
	ArrowDown: { x: 0, y: 1 }
};

/** Where the key takes a pointer that is moved by keyboard; null for all other keys. */
export function movedByKey(from: Point, event: { key: string; shiftKey: boolean }): Point | null {
	const way = WAYS[event.key];
	if (!way) return null;
	const step = event.shiftKey ? LARGE_STEP : STEP;
	return onPicture({ x: from.x + way.x * step, y: from.y + way.y * step });
}
