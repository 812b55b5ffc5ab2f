import Link from '@lucide/svelte/icons/link';
import { toast } from '$lib/ui/toasts.svelte.ts';
import type { MenuEntry } from './RoomMenu.svelte';

/** Puts the address of this room where it can be pasted from. */
export const copyLink: MenuEntry = {
	group: 'about',
	label: 'Copy the link',
	detail: 'Only people of this session can use it.',
	icon: Link,
	choose: async () => {
		try {
			await navigator.clipboard.writeText(location.href);
			toast.success('The link is copied');
		} catch {
			// Not allowed, or a page without HTTPS: then it can at least be read.
			toast(location.href, { duration: 12_000 });
		}
	}
};
