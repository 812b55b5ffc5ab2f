import type { ClientInit } from '@sveltejs/kit';
import { fetchLostStyles } from '$lib/ui/lostStyles.ts';
import { waitForServer } from '$lib/ui/serverAway.svelte.ts';

export const init: ClientInit = () => {
	fetchLostStyles();
	waitForServer();
};
