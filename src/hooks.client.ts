import type { ClientInit } from '@sveltejs/kit';
import { waitForServer } from '$lib/ui/serverAway.svelte.ts';

export const init: ClientInit = waitForServer;
