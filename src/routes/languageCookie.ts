import type { Cookies } from '@sveltejs/kit';
import { LANGUAGE_COOKIE, type Language } from '$lib/shared/language.ts';

const YEAR_SECONDS = 365 * 86_400;

/** From now on this browser reads `language`; null: what it asks for. Scripts may read it: it is no secret. */
export function keepLanguage(cookies: Pick<Cookies, 'set' | 'delete'>, language: Language | null): void {
	if (language === null) return cookies.delete(LANGUAGE_COOKIE, { path: '/' });
	cookies.set(LANGUAGE_COOKIE, language, {
		...{ path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax', httpOnly: false }
	});
}
