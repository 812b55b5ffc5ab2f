import { LOCALE } from './language.ts';

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** 0 Monday … 6 Sunday: `Monday`, `Mon`. */
export function weekdayName(day: number, width: 'long' | 'short' = 'long'): string {
	const format = new Intl.DateTimeFormat(LOCALE, { weekday: width, timeZone: 'UTC' });
	return format.format(MONDAY + day * DAY);
}

/** `2026-07` → `July 2026`. */
export function monthWords(month: string): string {
	const format = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
	return format.format(Date.parse(`${month}-01T00:00:00Z`));
}
