import { invalidate, invalidateAll } from '$app/navigation';
import { navigating } from '$app/state';

/**
 * Reads those parts of the page anew that say that they depend on `peerlearn:<what>`. Not in the middle of a change of
 * pages: SvelteKit would call that off, and a pressed link would lead nowhere.
 */
export async function readAnew(what: 'sessions' | 'earnings' | 'notifications'): Promise<void> {
	await noChange();
	await invalidate(`peerlearn:${what}`);
}

/** The whole page, for whoever is signed in now: where nobody is, a page that needs it gives way to “Sign in”. */
export async function readAllAnew(): Promise<void> {
	await noChange();
	await invalidateAll();
}

async function noChange(): Promise<void> {
	while (navigating.complete) await navigating.complete.catch(() => undefined);
}
