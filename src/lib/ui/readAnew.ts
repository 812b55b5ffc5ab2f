import { invalidate } from '$app/navigation';
import { navigating } from '$app/state';

/**
 * Reads those parts of the page anew that say that they depend on `peerlearn:<what>`. Not in the middle of a change of
 * pages: SvelteKit would call that off, and a pressed link would lead nowhere.
 */
export async function readAnew(what: 'sessions' | 'earnings' | 'notifications'): Promise<void> {
	while (navigating.complete) await navigating.complete.catch(() => undefined);
	await invalidate(`peerlearn:${what}`);
}
