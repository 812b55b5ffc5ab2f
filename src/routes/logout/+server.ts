import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ locals, cookies }) => {
	if (locals.loginId) {
		const { cookie } = await locals.app.accounts.signOut(locals.loginId);
		cookies.set(cookie.name, cookie.value, cookie.attributes);
	}
	redirect(303, '/');
};

/** Somebody typed or reloaded the address: a visit alone must never sign anybody out. */
export const GET: RequestHandler = () => redirect(303, '/');
