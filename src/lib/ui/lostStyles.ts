/*
 * Style sheets that could not be fetched. Whatever fetches a part of a page again fetches its scripts; a sheet it has asked for
 * once it takes for one that is there, and the part would come without its looks.
 */

/** How long it takes until a sheet that did not come is fetched again, ms: at first, and at most. */
const AGAIN_AFTER = 500;
const AGAIN_AT_MOST = 16_000;

/** By address: how often each has been tried. */
const lost = new Map<string, number>();
let waiting: (() => void)[] = [];

/** Fetches what is lost again, from now on, until it is here. Once, at the start. Browser only. */
export function fetchLostStyles(): void {
	// Such events are told to nobody above the element.
	document.addEventListener('error', ({ target }) => isSheet(target) && fetchAgain(target), true);
	document.addEventListener('load', ({ target }) => isSheet(target) && settle(target.href), true);
}

/** Resolves when no style sheet of this page is missing. */
export function stylesHere(): Promise<void> {
	return lost.size === 0 ? Promise.resolve() : new Promise((here) => waiting.push(here));
}

function isSheet(target: EventTarget | null): target is HTMLLinkElement {
	return target instanceof HTMLLinkElement && target.rel === 'stylesheet';
}

function fetchAgain(link: HTMLLinkElement): void {
	const tries = lost.get(link.href) ?? 0;
	lost.set(link.href, tries + 1);
	const timer = setTimeout(replace, Math.min(AGAIN_AFTER * 2 ** tries, AGAIN_AT_MOST));
	addEventListener('online', replace);
	function replace(): void {
		clearTimeout(timer);
		removeEventListener('online', replace);
		if (link.isConnected) link.replaceWith(link.cloneNode());
		else settle(link.href);
	}
}

function settle(href: string): void {
	lost.delete(href);
	if (lost.size > 0) return;
	waiting.forEach((here) => here());
	waiting = [];
}
