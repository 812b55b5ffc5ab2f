/**
 * Takes a style sheet that could not be fetched off the page, from now on. Whatever fetches a part of a page again takes a
 * sheet that the page names for one that it has: the part would come without its looks. Browser only.
 */
export function forgetLostStyles(): void {
	document.addEventListener(
		'error',
		({ target }) => {
			if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') target.remove();
		},
		// Such errors are told to nobody above the element.
		true
	);
}
