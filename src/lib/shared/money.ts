import { LANGUAGE, languageOf, LANGUAGES, LOCALE, preferredTags } from './language.ts';

/**
 * Money is a whole number of minor units (cents, pence, yen …) everywhere except on screen and in a
 * form field; these functions are the two ways across that border (spec F8).
 */

/** Far above any lesson, far below where floating point gets in the way. */
export const PRICE_MAX_MINOR = 100_000_000;

/** Digits after the decimal point of an ISO 4217 currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
	return (
		new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
		2
	);
}

/** `4500, 'EUR'` → `€45.00`, or as people of another locale write it: `45,00 €`. */
export function formatMoney(amountMinor: number, currency: string, locale = LOCALE): string {
	return moneyFormat(currency, locale).format(amountMinor / 10 ** minorDigits(currency));
}

/** For little room: as `formatMoney`, without the digits after the point where they are zeros. */
export function formatMoneyShort(amountMinor: number, currency: string, locale = LOCALE): string {
	return moneyFormat(currency, locale, 'stripIfInteger').format(amountMinor / 10 ** minorDigits(currency));
}

/** For files: `4500, 'EUR'` → `45.00`, always with a point and without signs between thousands. */
export function plainMoney(amountMinor: number, currency: string): string {
	const digits = minorDigits(currency);
	const all = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
	const [whole, fraction] = [all.slice(0, all.length - digits), all.slice(all.length - digits)];
	return `${amountMinor < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs far more than using it, and a page shows many amounts. */
function moneyFormat(
	currency: string,
	locale: string,
	trailingZeroDisplay: 'auto' | 'stripIfInteger' = 'auto'
): Intl.NumberFormat {
	const key = `${currency} ${locale} ${trailingZeroDisplay}`;
	let made = formats.get(key);
	if (!made) {
		const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
		// Latin digits everywhere: they are the same in all our languages.
		made = new Intl.NumberFormat(locale, { ...options, numberingSystem: 'latn', trailingZeroDisplay });
		formats.set(key, made);
	}
	return made;
}

/**
 * The locale in which a viewer reads numbers: the first of their browser's languages (`Accept-Language`) for which there
 * are formats here, but for those of another of our languages, which they did not choose; our own when it names none.
 */
export function viewerLocale(acceptLanguage: string | null): string {
	for (const tag of preferredTags(acceptLanguage)) {
		const language = languageOf(tag);
		const isOthers = language !== LANGUAGE && LANGUAGES.some((one) => one === language);
		if (isLocale(tag) && !isOthers && (LANGUAGE === 'en' || language === LANGUAGE)) return tag;
	}
	return LOCALE;
}

function isLocale(tag: string): boolean {
	try {
		return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
	} catch {
		return false;
	}
}

/** The sign shown beside a price field: `€`, `£`, `CHF`. */
export function currencySign(currency: string): string {
	const parts = new Intl.NumberFormat(LOCALE, {
		style: 'currency',
		currency,
		currencyDisplay: 'narrowSymbol'
	}).formatToParts(0);
	return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** As a price field shows it: `4500, 'EUR'` → `45.00`. */
export function moneyField(amountMinor: number, currency: string): string {
	const digits = minorDigits(currency);
	return (amountMinor / 10 ** digits).toFixed(digits);
}

/**
 * What somebody typed as a price, in minor units; null when it is not a price.
 * Point and comma both mean the decimal sign (`45.50`, `45,5`), there are no thousands separators, and
 * digits that the currency does not have are refused rather than rounded.
 */
export function parseMoney(text: string, currency: string): number | null {
	const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim());
	if (!match) return null;
	const digits = minorDigits(currency);
	const fraction = match[2] ?? '';
	if (fraction.length > digits) return null;
	const minor = Number(match[1] + fraction.padEnd(digits, '0'));
	return minor <= PRICE_MAX_MINOR ? minor : null;
}
