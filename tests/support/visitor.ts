import type { Person } from './world.ts';

/** One HTTP request as a page of ours would make it; redirects are answers like others. */
export function request(
	url: string,
	path: string,
	who: Pick<Person, 'cookie'> | null,
	init: RequestInit & { duplex?: 'half' } = {}
): Promise<Response> {
	const headers = new Headers(init.headers);
	if (who) headers.set('cookie', who.cookie);
	if (!headers.has('accept')) headers.set('accept', 'text/html');
	if (init.method && init.method !== 'GET' && !headers.has('origin')) headers.set('origin', url);
	return fetch(`${url}${path}`, { ...init, headers, redirect: 'manual' });
}

/** Sends a form as a browser without scripts does. */
export function postForm(
	url: string,
	path: string,
	fields: Record<string, string>,
	who: Pick<Person, 'cookie'> | null = null,
	headers: Record<string, string> = {}
): Promise<Response> {
	return request(url, path, who, { method: 'POST', body: new URLSearchParams(fields), headers });
}

/** The login cookie of an answer as a browser would send it back; null when it sets none. */
export function cookieOf(response: Response): string | null {
	const set = response.headers.getSetCookie().find((cookie) => cookie.startsWith('peerlearn_login='));
	return set?.split(';')[0] ?? null;
}
