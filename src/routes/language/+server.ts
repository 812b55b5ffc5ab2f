import { redirect } from '@sveltejs/kit';
import { isLanguage, LANGUAGE_COOKIE } from '$lib/shared/language.ts';
import { ownPath } from '$lib/shared/nextPath.ts';
import type { RequestHandler } from './$types';

const YEAR_SECONDS = 365 * 86_400;

/** `language`: what somebody wants to read from now on in this browser; `next`: where they are. */
export const POST: RequestHandler = async ({ request, cookies }) => {
	const form = await request.formData();
	const language = form.get('language');
	const next = form.get('next');
	if (isLanguage(language))
		cookies.set(LANGUAGE_COOKIE, language, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' });
	redirect(303, ownPath(typeof next === 'string' ? next : null) ?? '/');
};

/** Somebody typed or reloaded the address. */
export const GET: RequestHandler = () => redirect(303, '/');
