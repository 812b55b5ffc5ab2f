import { onDestroy } from 'svelte';
import type { Board, BoardState } from '$lib/room/board/boardState.ts';

/**
 * The state of the board as runes. While the component is there, the browser asks before it leaves a page with something
 * on it that this device has no room for.
 */
export function createBoardBridge(board: Board): { readonly state: BoardState } {
	let state = $state.raw(board.state());
	onDestroy(board.subscribe((next) => (state = next)));
	const isKept = $derived(state.kept);
	$effect(() => {
		if (isKept) return;
		const ask = (event: Event) => event.preventDefault();
		window.addEventListener('beforeunload', ask);
		return () => window.removeEventListener('beforeunload', ask);
	});
	return {
		get state() {
			return state;
		}
	};
}
