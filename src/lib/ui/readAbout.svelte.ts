import { page } from '$app/state';
import { inbox } from './inbox.svelte.ts';

/**
 * Whoever looks at a page about a lesson has read what was told about it, also what is told meanwhile: not while the page is
 * loaded, since pages are loaded ahead when a link is merely touched, and not in a tab that lies behind others. Called while
 * the page is made.
 */
export function readAbout(roomCode: () => string): void {
	let seen = $state(false);
	$effect(() => {
		const look = () => (seen = document.visibilityState === 'visible');
		look();
		document.addEventListener('visibilitychange', look);
		return () => document.removeEventListener('visibilitychange', look);
	});
	$effect(() => {
		const unread = inbox.unread ?? page.data.inbox?.unread ?? 0;
		if (seen && unread > 0) inbox.markRead({ roomCode: roomCode() }).catch(() => undefined);
	});
}
