import type { ClientInit } from '@sveltejs/kit';
import { forgetLostStyles } from '$lib/ui/lostStyles.ts';
import { waitForServer } from '$lib/ui/serverAway.svelte.ts';

export const init: ClientInit = () => {
	forgetLostStyles();
	waitForServer();
};
