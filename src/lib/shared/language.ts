/**
 * The languages of the product. Each has a build of its own, in which its words stand where the English ones stand in
 * the sources; what runs without a build is English (docs/decisions/words-in-one-catalogue.md).
 */
export const LANGUAGES = ['en', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Put in by the build. */
declare const __LANGUAGE__: Language | undefined;
export const LANGUAGE: Language = typeof __LANGUAGE__ === 'undefined' ? 'en' : __LANGUAGE__;

/** What each is called by those who speak it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ar: 'العربية' };

/** How dates and numbers are written. Digits are the same everywhere: clocks and amounts stand beside each other. */
const LOCALES: Record<Language, string> = { en: 'en-GB', ar: 'ar-u-nu-latn' };
export const LOCALE = LOCALES[LANGUAGE];

/** Which way one reads. */
export const DIRECTION: 'ltr' | 'rtl' = LANGUAGE === 'ar' ? 'rtl' : 'ltr';

/** Keeps what somebody chose. */
export const LANGUAGE_COOKIE = 'language';

export function isLanguage(value: unknown): value is Language {
	return LANGUAGES.includes(value as Language);
}

/** What somebody chose (the `Cookie` header), else the first of their browser's languages (`Accept-Language`) that we speak. */
export function readLanguage(cookie: string | undefined, acceptLanguage: string | undefined): Language {
	const chosen = new RegExp(`(?:^|;\\s*)${LANGUAGE_COOKIE}=(\\w+)`).exec(cookie ?? '')?.[1];
	if (isLanguage(chosen)) return chosen;
	return preferredTags(acceptLanguage).map(languageOf).find(isLanguage) ?? 'en';
}

/** The tags of an `Accept-Language` header (RFC 9110, 12.5.4), the most wanted first. */
export function preferredTags(acceptLanguage: string | null | undefined): string[] {
	return (acceptLanguage ?? '')
		.split(',')
		.map((entry) =>
			/^\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/.exec(entry)
		)
		.filter((match) => match !== null)
		.map(([, tag = '', weight = '1']) => ({ tag, weight: Number(weight) }))
		.filter(({ weight }) => weight > 0)
		.sort((a, b) => b.weight - a.weight)
		.map(({ tag }) => tag);
}

/** `ar-EG` → `ar`. */
export function languageOf(tag: string): string {
	return tag.split('-')[0]!.toLowerCase();
}
