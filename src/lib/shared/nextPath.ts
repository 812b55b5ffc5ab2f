/** Where a signed-in person starts. */
export const START_PAGE = '/dashboard';

/**
 * Where to go after signing in: the `next` of the address if it is a path of this site, else the start page.
 * Anything else would let a stranger's link send people to a look-alike site right after they typed a password.
 */
export function nextPath(next: string | null): string {
	const path = ownPath(next);
	return path === null || /^\/(login|logout|signup|forgot|reset)(?:[/?#]|$)/.test(path) ? START_PAGE : path;
}

/** The same for those who only look: any path of this site, else null. */
export function ownPath(next: string | null): string | null {
	if (next === null || !next.startsWith('/')) return null;
	try {
		const base = 'http://this.site.invalid';
		const url = new URL(next, base);
		// Browsers read `//host` and `/\host` as another site; the resolved address tells.
		if (url.origin !== base) return null;
		const path = url.pathname + url.search + url.hash;
		// `/.//host` resolves on this site to a path that a Location header would read as another one.
		return path.startsWith('//') ? null : path;
	} catch {
		return null;
	}
}
