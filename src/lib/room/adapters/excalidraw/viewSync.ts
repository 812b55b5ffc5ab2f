import type { AppState, Collaborator, ExcalidrawImperativeAPI, SocketId } from '@excalidraw/excalidraw/types';
import type { BoardView } from '../../../shared/boardInk.ts';
import type { Board, CursorView } from '../../board/boardState.ts';
import type { Stop } from '../../ports.ts';

const CLOSEST = 30;
const FARTHEST = 0.1;
const MIDDLE = { x: 0, y: 0, zoom: 1 };

/** Where one looks and points, both ways: what the others see of it, and what one sees of them. */
export interface ViewSync {
	point(pointer: { x: number; y: number; tool: string }, button: 'up' | 'down'): void;
	/** The library moved or zoomed. */
	scrolled(): void;
	/** Goes to where one was on that page; false when one is there already. */
	turnTo(pageId: string): boolean;
	/** To the middle of the page, where everybody begins. */
	toMiddle(): void;
	zoomBy(factor: number): void;
	present(): BoardView & { width: number; height: number };
	/** Calls at each move and zoom. */
	listen(listener: () => void): Stop;
	stop(): void;
}

export function createViewSync(deps: {
	board: Pick<Board, 'state' | 'subscribe' | 'onLook' | 'point' | 'look' | 'follow'>;
	api: Pick<ExcalidrawImperativeAPI, 'getAppState' | 'updateScene'>;
	/** CSS colour of a person. */
	colourOf: (userId: string) => string;
}): ViewSync {
	const { board, api, colourOf } = deps;
	const listeners = new Set<() => void>();
	const places = new Map<string, BoardView>();
	let { pageId } = board.state();
	/** Moved by somebody else's hand. */
	let led = false;
	/** Whoever is followed is there, and the page is still to be turned. */
	let comingTo: BoardView | null = null;
	let cursors: CursorView[] = [];

	function present(): BoardView & { width: number; height: number } {
		const { scrollX, scrollY, zoom, width, height } = api.getAppState();
		const scale = zoom.value;
		const middle = { x: width / 2 / scale - scrollX, y: height / 2 / scale - scrollY };
		return { pageId, ...middle, zoom: scale, width, height };
	}

	/** Whether that moves anything; only then the library says `scrolled`, and not before a moment has passed. */
	function look({ x, y, zoom }: Pick<BoardView, 'x' | 'y' | 'zoom'>): boolean {
		const { width, height, ...before } = api.getAppState();
		const value = Math.min(Math.max(FARTHEST, zoom), CLOSEST) as AppState['zoom']['value'];
		const scrollX = width / 2 / value - x;
		const scrollY = height / 2 / value - y;
		api.updateScene({ appState: { scrollX, scrollY, zoom: { value } } as Partial<AppState> as AppState });
		return scrollX !== before.scrollX || scrollY !== before.scrollY || value !== before.zoom.value;
	}

	function showCursors(next: CursorView[]): void {
		if (next === cursors || (next.length === 0 && cursors.length === 0)) return;
		cursors = next;
		const collaborators = new Map(
			next.map(({ seatId, userId, name, x, y, tool }): [SocketId, Collaborator] => {
				return [
					seatId as SocketId,
					{
						// The library ends the trail of a laser only by a laser that is up: as a pointer it would go on at the next one.
						pointer: { x, y, tool: 'laser', laserColor: colourOf(userId) },
						button: tool === 'laser' ? 'down' : 'up',
						...{ username: name, id: userId, socketId: seatId as SocketId }
					}
				];
			})
		);
		api.updateScene({ collaborators });
	}

	/** For those who follow. */
	function tell({ x, y, zoom }: Pick<BoardView, 'x' | 'y' | 'zoom'>): void {
		board.look({ pageId, x: Math.round(x), y: Math.round(y), zoom: Math.round(zoom * 1_000) / 1_000 });
	}

	const stops: Stop[] = [
		board.subscribe((state) => showCursors(state.cursors)),
		board.onLook((view) => {
			if (view.pageId !== pageId) comingTo = view;
			else if (look(view)) led = true;
		})
	];
	tell(present());

	return {
		point({ x, y, tool }, button) {
			const word = tool === 'laser' && button === 'down' ? 'laser' : 'pointer';
			board.point({ pageId, x: Math.round(x), y: Math.round(y), tool: word });
		},
		scrolled() {
			for (const listener of listeners) listener();
			tell(present());
			if (!led && board.state().following !== null) board.follow(null);
			led = false;
		},
		turnTo(next) {
			if (next === pageId) return false;
			places.set(pageId, present());
			pageId = next;
			const isLed = comingTo?.pageId === next;
			const there = (isLed ? comingTo : places.get(next)) ?? MIDDLE;
			comingTo = null;
			led = look(there) && isLed;
			if (!isLed && board.state().following !== null) board.follow(null);
			tell(there);
			return true;
		},
		toMiddle: () => void look(MIDDLE),
		zoomBy(factor) {
			const { x, y, zoom } = present();
			look({ x, y, zoom: zoom * factor });
		},
		present,
		listen(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		stop: () => stops.forEach((stop) => stop())
	};
}
