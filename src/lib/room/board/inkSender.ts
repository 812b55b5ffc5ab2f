import type { BoardCursor, BoardView, DrawInput, InkDelta } from '../../shared/boardInk.ts';
import { BOARD_INK_MAX_POINTS } from '../../shared/boardLimits.ts';
import type { Clock, Stop } from '../ports.ts';

/** How often something goes out at most, ms: twenty times a second, half of what the server takes. */
const INK_EVERY = 50;
/** A pen that rests says so this often, so that its stroke is not taken for abandoned; ms. */
const STILL_EVERY = 2_000;

/** A stroke as it is on the drawer's side right now. */
export interface Stroke extends Pick<InkDelta, 'strokeId' | 'pageId' | 'kind' | 'color' | 'width'> {
	/** How many points it has. */
	length: number;
	/** One of them: x, y and pressure (0 to 1), in units of the page, of a shared screen from 0 to 1. */
	pointAt: (index: number) => [number, number, number];
}

/** Shows the others what is drawn, pointed at and looked at here, a few times a second. Nothing is kept. */
export interface InkSender {
	draw(stroke: Stroke): void;
	/** `given`: the stroke is finished and its element follows, or else it was given up. */
	end(strokeId: string, given: boolean): void;
	cursor(cursor: BoardCursor | null): void;
	look(view: BoardView): void;
	stop(): void;
}

export function createInkSender(deps: {
	clock: Clock;
	/** Best effort. */
	send: (input: Omit<DrawInput, 'seatId'>) => void;
}): InkSender {
	const { clock, send } = deps;
	let stroke: Stroke | null = null;
	/** The one before, of which it is not known yet whether its element follows. */
	let left: Stroke | null = null;
	let sent = 0;
	let ended: { given: boolean } | null = null;
	let cursor: BoardCursor | null | undefined;
	let view: BoardView | undefined;
	let lastAt = -Infinity;
	let waiting: Stop | null = null;

	function hasInk(): boolean {
		return stroke !== null && (ended !== null || sent < stroke.length);
	}

	/** Waits for its turn when something has just gone out. */
	function soon(): void {
		if (waiting) return;
		if (!hasInk() && cursor === undefined && view === undefined) {
			if (stroke) waiting = clock.after(STILL_EVERY, still);
			return;
		}
		const wait = Math.min(Math.max(0, lastAt + INK_EVERY - clock.now()), INK_EVERY);
		waiting = clock.after(wait, flush);
	}

	function still(): void {
		waiting = null;
		if (stroke && sent > 0) sent -= 1;
		flush();
	}

	function flush(): void {
		waiting = null;
		lastAt = clock.now();
		const input: Omit<DrawInput, 'seatId'> = {};
		if (hasInk()) input.ink = nextDelta();
		// Where a stroke ends there is the cursor too.
		const isInked = input.ink !== undefined && input.ink.points.length > 0;
		if (cursor === null || (cursor && !isInked)) input.cursor = cursor;
		if (view !== undefined) input.view = view;
		cursor = undefined;
		view = undefined;
		if (Object.keys(input).length > 0) send(input);
		soon();
	}

	function nextDelta(): InkDelta {
		const { kind, length, pointAt } = stroke!;
		const envelope = lookOf(stroke!);
		const round = kind === 'pointback' ? tenThousandths : tenths;
		if (ended && !ended.given) {
			stroke = null;
			return { ...envelope, from: 0, points: [], ended: true };
		}
		const from = sent;
		const points: number[] = [];
		sent = Math.min(length, from + BOARD_INK_MAX_POINTS);
		for (let at = from; at < sent; at += 1) {
			const [x, y, pressure] = pointAt(at);
			points.push(round(x), round(y), Math.round(pressure * 100) / 100);
		}
		if (!ended || sent < length) return { ...envelope, from, points };
		stroke = null;
		return { ...envelope, from, points, ended: true };
	}

	function finish(): void {
		waiting?.();
		ended ??= { given: true };
		flush();
	}

	function hurry(): void {
		// What rests for two seconds must not hold up what comes now.
		waiting?.();
		waiting = null;
		soon();
	}

	return {
		draw(next) {
			if (stroke?.strokeId !== next.strokeId) {
				// What no element follows has to be told now or never.
				if (stroke?.kind === 'pointback') finish();
				left = stroke;
				sent = 0;
				ended = null;
			}
			stroke = next;
			hurry();
		},
		end(strokeId, given) {
			if (left?.strokeId === strokeId) {
				// Of what was given up no element comes, which would take it away.
				if (!given) send({ ink: { ...lookOf(left), from: 0, points: [], ended: true } });
				left = null;
			}
			if (stroke?.strokeId !== strokeId || ended) return;
			ended = { given };
			hurry();
		},
		cursor(next) {
			cursor = next;
			hurry();
		},
		look(next) {
			view = next;
			hurry();
		},
		stop() {
			waiting?.();
		}
	};
}

function lookOf({ strokeId, pageId, kind, color, width }: Stroke): Omit<InkDelta, 'from' | 'points'> {
	return { strokeId, pageId, kind, color, width };
}

/** Of a picture from 0 to 1: less than half a pixel of the largest screens. */
function tenThousandths(value: number): number {
	return Math.round(value * 10_000) / 10_000;
}

function tenths(value: number): number {
	return Math.round(value * 10) / 10;
}
