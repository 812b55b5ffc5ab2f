import { onDestroy } from 'svelte';
import type { Board, BoardState } from '$lib/room/board/boardState.ts';

/** The state of the board as runes. While the component is there. */
export function createBoardBridge(board: Board): { readonly state: BoardState } {
	let state = $state.raw(board.state());
	onDestroy(board.subscribe((next) => (state = next)));
	return {
		get state() {
			return state;
		}
	};
}
