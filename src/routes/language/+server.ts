import { redirect } from '@sveltejs/kit';
import { isLanguage } from '$lib/shared/language.ts';
import { ownPath } from '$lib/shared/nextPath.ts';
import { keepLanguage } from '../languageCookie.ts';
import type { RequestHandler } from './$types';

/** `language`: what somebody wants to read from now on, signed in everywhere, else in this browser; `next`: where they are. */
export const POST: RequestHandler = async ({ request, cookies, locals }) => {
	const form = await request.formData();
	const language = form.get('language');
	const next = form.get('next');
	if (isLanguage(language)) {
		keepLanguage(cookies, language);
		if (locals.user) await locals.app.accounts.setLanguage(locals.user.id, language);
	}
	redirect(303, ownPath(typeof next === 'string' ? next : null) ?? '/');
};

/** Somebody typed or reloaded the address. */
export const GET: RequestHandler = () => redirect(303, '/');
