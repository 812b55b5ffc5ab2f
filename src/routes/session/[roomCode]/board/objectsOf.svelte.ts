import { onDestroy } from 'svelte';
import type { Board } from '$lib/room/board/boardState.ts';
import { describePage, type BoardObject } from '$lib/room/board/objectWords.ts';

/** The list follows the board this often, ms: it is read, not watched. */
const EVERY = 300;

/** What is on some pages, in words, page by page. While the component is there. */
export function objectsOf(
	board: Board,
	pageIds: () => readonly string[],
	authorName: (id: string) => string
): { readonly all: readonly BoardObject[]; refresh(): void } {
	/** Grows when something on the board has changed. */
	let changes = $state(0);
	let waiting: ReturnType<typeof setTimeout> | undefined;
	const all = $derived.by(() => {
		void changes;
		return pageIds().flatMap((id) => describePage(board.elementsOn(id), authorName));
	});

	function refresh(): void {
		clearTimeout(waiting);
		waiting = undefined;
		changes += 1;
	}

	const stop = board.onElements(() => (waiting ??= setTimeout(refresh, EVERY)));
	onDestroy(() => {
		stop();
		clearTimeout(waiting);
	});
	return {
		get all() {
			return all;
		},
		refresh
	};
}
