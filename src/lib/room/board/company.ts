import type { BoardCursor, BoardView, DrawMessage, InkDelta } from '../../shared/boardInk.ts';
import type { Clock, Stop } from '../ports.ts';
import type { BoardLink } from './boardLink.ts';
import type { BoardRoom, CursorView } from './boardState.ts';
import { foldInk, swept, without, type Shadows } from './shadows.ts';

/** How often it is looked for strokes and cursors that have been left behind, ms. */
const SWEEP_EVERY = 500;

/** What the others do on the board right now: nothing of it is kept. */
export interface Company {
	shadows(): Shadows;
	/** The elements of these strokes are there. */
	finished(strokeIds: readonly string[]): void;
	cursorsOn(pageId: string): CursorView[];
	following(): string | null;
	follow(userId: string | null): void;
	stop(): void;
}

export function createCompany(deps: {
	link: BoardLink;
	clock: Clock;
	room: BoardRoom;
	/** Whether the element of a stroke is there already. */
	isFinished: (strokeId: string) => boolean;
	onShadows: () => void;
	/** The person who is followed looks there. */
	onLook: (view: BoardView) => void;
	/** Somebody has opened the board, and does not know yet where the others look. */
	onNewcomer: () => void;
	onChange: () => void;
}): Company {
	const { link, clock, room, isFinished, onShadows, onLook, onNewcomer, onChange } = deps;
	const cursors = new Map<string, { userId: string; cursor: BoardCursor }>();
	const views = new Map<string, { seatId: string; view: BoardView }>();
	let shadows: Shadows = new Map();
	let following: string | null = null;

	function setShadows(next: Shadows): void {
		if (next === shadows) return;
		shadows = next;
		onShadows();
	}

	/** Whoever draws sends no cursor beside it. */
	function moveCursor(userId: string, seatId: string, { pageId, points }: InkDelta): void {
		const [x, y] = points.slice(-3);
		if (x === undefined || y === undefined) return;
		cursors.set(seatId, { userId, cursor: { pageId, x, y, tool: 'pointer' } });
		onChange();
	}

	function hear(message: DrawMessage): void {
		const { fromUserId, fromSeatId } = message;
		if (message.type === 'ink') {
			// That is drawn on a shared screen.
			if (message.ink.kind === 'pointback') return;
			// The element may have been faster than the last points of its stroke.
			if (!isFinished(message.ink.strokeId)) setShadows(foldInk(shadows, message, clock.now()));
			moveCursor(message.fromUserId, message.fromSeatId, message.ink);
		} else if (message.type === 'cursor') {
			if (message.cursor) cursors.set(fromSeatId, { userId: fromUserId, cursor: message.cursor });
			else cursors.delete(fromSeatId);
			onChange();
		} else {
			const isNew = views.get(fromUserId)?.seatId !== fromSeatId;
			views.set(fromUserId, { seatId: fromSeatId, view: message.view });
			if (isNew) onNewcomer();
			if (following === fromUserId) onLook(message.view);
		}
	}

	function sweep(): void {
		setShadows(swept(shadows, clock.now()));
		const people = room.people();
		const seats = new Set(people.map(({ seatId }) => seatId));
		// Somebody who reloads is away for a moment and is followed on.
		if (following !== null && !people.some(({ userId }) => userId === following)) follow(null);
		const gone = [...cursors.keys()].filter((seatId) => !seats.has(seatId));
		for (const seatId of gone) cursors.delete(seatId);
		if (gone.length > 0) onChange();
	}

	function follow(userId: string | null): void {
		following = userId;
		const known = userId === null ? undefined : views.get(userId);
		if (known) onLook(known.view);
		onChange();
	}

	const stops: Stop[] = [link.onDrawn(hear), clock.every(SWEEP_EVERY, sweep)];
	return {
		shadows: () => shadows,
		finished: (strokeIds) => setShadows(without(shadows, strokeIds)),
		cursorsOn(pageId) {
			const names = new Map(room.people().map(({ seatId, name }) => [seatId, name]));
			return [...cursors].flatMap(([seatId, { userId, cursor }]) => {
				const name = names.get(seatId);
				return name === undefined || cursor.pageId !== pageId ? [] : [{ seatId, userId, name, ...cursor }];
			});
		},
		following: () => following,
		follow,
		stop: () => stops.forEach((stop) => stop())
	};
}
