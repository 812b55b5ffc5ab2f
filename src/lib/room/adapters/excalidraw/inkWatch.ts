import type { AppState } from '@excalidraw/excalidraw/types';
import type { Board } from '../../board/boardState.ts';

/** Shows the others a stroke while it is drawn here. */
export interface InkWatch {
	/** What is being drawn right now, at each change. */
	watch(drawn: AppState['newElement'], pageId: string): void;
	stop(): void;
}

export function createInkWatch(board: Pick<Board, 'draw' | 'endStroke' | 'current'>): InkWatch {
	let strokeId: string | null = null;

	function end(): void {
		if (strokeId === null) return;
		const ended = strokeId;
		strokeId = null;
		// Whatever took the pen away has had its turn by then, and the element is on the board or never will be.
		setTimeout(() => board.endStroke(ended, board.current(ended)?.deleted === false), 300);
	}

	return {
		watch(drawn, pageId) {
			if (drawn?.type !== 'freedraw') return end();
			if (strokeId !== drawn.id) end();
			strokeId = drawn.id;
			const { points, pressures, simulatePressure, strokeColor, strokeWidth, opacity, x, y } = drawn;
			board.draw({
				...{ strokeId, pageId, kind: opacity < 100 ? 'highlighter' : 'pen' },
				...{ color: /^#[0-9a-f]{6}$/i.test(strokeColor) ? strokeColor : '#1e1e1e', width: strokeWidth },
				length: points.length,
				pointAt(index) {
					const [across, down] = points[index]!;
					return [x + across, y + down, simulatePressure ? 0.5 : (pressures[index] ?? 0.5)];
				}
			});
		},
		stop: end
	};
}
