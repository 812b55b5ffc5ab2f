import { onDestroy, untrack } from 'svelte';
import type { ReactionView } from '$lib/room/reactions/createReactions.ts';
import type { Announcer } from '../announcer.svelte.ts';
import type { RoomBridge } from '../roomBridge.svelte.ts';
import { reactionWords } from './reactionWords.ts';

/** Reactions come in waves: those of this time are said together, ms. */
const GATHER = 2_500;

/** Says what others react, a wave at a time. While the component is there. */
export function speakOfReactions(bridge: RoomBridge, announcer: Announcer): void {
	let heardUpTo = 0;
	let gathered: ReactionView[] = [];
	let timer: ReturnType<typeof setTimeout> | null = null;
	const nameOf = (userId: string) =>
		bridge.view.session.members.find((member) => member.userId === userId)?.name ?? 'Somebody';

	$effect(() => {
		const fresh = bridge.view.reactions.filter(({ id }) => id > heardUpTo);
		if (fresh.length === 0) return;
		heardUpTo = Math.max(...fresh.map(({ id }) => id));
		gathered.push(...fresh.filter(({ userId }) => userId !== untrack(() => bridge.view.me.userId)));
		if (gathered.length === 0) return;
		timer ??= setTimeout(() => {
			timer = null;
			announcer.announce(reactionWords(gathered, nameOf));
			gathered = [];
		}, GATHER);
	});
	onDestroy(() => timer && clearTimeout(timer));
}
