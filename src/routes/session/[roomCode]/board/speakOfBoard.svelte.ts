import { onDestroy } from 'svelte';
import { browserClock } from '$lib/room/adapters/browserClock.ts';
import { tellNews } from '$lib/room/board/boardNews.ts';
import type { Board, BoardState } from '$lib/room/board/boardState.ts';
import type { Announcer } from '../announcer.svelte.ts';
import type { RoomBridge } from '../roomBridge.svelte.ts';
import { LOCKED_MORE, LOCKED_WORDS } from './boardWords.ts';

/** Says what others do on the board and when it is locked. While the component is there. */
export function speakOfBoard(deps: {
	board: Board;
	state: () => BoardState;
	room: RoomBridge;
	announcer: Announcer;
}): void {
	const { board, state, room, announcer } = deps;
	const { me } = room.view;
	onDestroy(
		tellNews({
			...{ board, clock: browserClock(), myUserId: me.userId, say: announcer.announce },
			nameOf: (id) => room.view.session.members.find((one) => one.userId === id)?.name ?? 'Somebody'
		})
	);

	let wasLocked = state().locked;
	const locked = $derived(state().locked);
	$effect(() => {
		if (locked === wasLocked) return;
		wasLocked = locked;
		const words =
			me.role === 'mentor' ? 'The board is locked for learners' : `${LOCKED_WORDS}. ${LOCKED_MORE}`;
		announcer.announce(locked ? words : 'The board is unlocked');
	});
}
