import { preloadCode } from '$app/navigation';
import { START_PAGE } from '../shared/nextPath.ts';

/** Where links of these pages lead, the room excepted; of a recap any address will do. */
const PAGES = [START_PAGE, '/notifications', '/setup', '/sessions/new', '/sessions/any', '/calendar', '/session/any/recap'];
/** Nothing is fetched before a page had so long to become idle, ms. */
const IDLE_AT_LATEST = 5_000;

let begun = false;

/**
 * Fetches the code of the other pages, once, when there is nothing else to do: code that cannot be loaded in the moment
 * of a click would be the browser's error page.
 */
export function fetchPagesAhead(): void {
	if (begun) return;
	begun = true;
	const fetchThem = () =>
		void Promise.all(PAGES.map((page) => preloadCode(page))).catch(() => {
			begun = false;
		});
	// Safari does not know it.
	if ('requestIdleCallback' in window) requestIdleCallback(fetchThem, { timeout: IDLE_AT_LATEST });
	else setTimeout(fetchThem, IDLE_AT_LATEST);
}
