import { error, redirect } from '@sveltejs/kit';
import { REFUSALS } from '$lib/shared/refusals.ts';

/** The signed-in person, else off to the login page and back here after it (spec E2). */
export function requireUser<User>(locals: { user: User | null }, url: URL): User {
	if (locals.user) return locals.user;
	// `?/name` calls a form action; after signing in one comes back to the page itself.
	const search = url.search.startsWith('?/') ? '' : url.search;
	redirect(303, `/login?next=${encodeURIComponent(url.pathname + search)}`);
}

/** As `requireUser`, and a mentor. Learners see the same page as everybody whom something is not for. */
export function requireMentor<User extends { role: string }>(locals: { user: User | null }, url: URL): User {
	const user = requireUser(locals, url);
	if (user.role !== 'mentor') error(403, REFUSALS['not-found']);
	return user;
}

/**
 * 403 for strangers, 404 for rooms that do not exist: same words, same shape, nothing about the session. 429 for either when somebody has
 * tried too many.
 */
export function requireMember(access: 'member' | 'stranger' | 'unknown' | 'guessing'): void {
	if (access === 'guessing') error(429, REFUSALS['too-many']);
	if (access === 'stranger') error(403, REFUSALS['not-found']);
	if (access === 'unknown') error(404, REFUSALS['not-found']);
}
