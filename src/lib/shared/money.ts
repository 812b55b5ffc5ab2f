/**
 * Money is a whole number of minor units (cents, pence, yen …) everywhere except on screen and in a
 * form field; these functions are the two ways across that border (spec F8).
 */

const LOCALE = 'en-GB';
/** Far above any lesson, far below where floating point gets in the way. */
export const PRICE_MAX_MINOR = 100_000_000;

/** Digits after the decimal point of an ISO 4217 currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
	return (
		new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
		2
	);
}

/** `4500, 'EUR'` → `€45.00`. */
export function formatMoney(amountMinor: number, currency: string): string {
	return new Intl.NumberFormat(LOCALE, {
		style: 'currency',
		currency,
		currencyDisplay: 'narrowSymbol'
	}).format(amountMinor / 10 ** minorDigits(currency));
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
