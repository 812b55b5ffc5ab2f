import { LANGUAGE } from './language.ts';

/**
 * What the server has where a name was, by itself: there it is English, shown it is in the build's language. A deleted account
 * is stored under the first (`accounts/departures.ts`).
 */
const STAND_INS: Record<string, string> = {
	'Deleted account': 'Deleted account',
	'Former member': 'Former member'
};
/** Where data of the server names people. */
const NAMES = new Set(['name', 'authorName', 'mentorName', 'raterName', 'people', 'about', 'from']);

/** A person's name as it is read. */
export function shownName(name: string, standIns: Record<string, string> = STAND_INS): string {
	return Object.hasOwn(standIns, name) ? standIns[name]! : name;
}

/** Data of the server as it is read: the same, with what stands for a name in the build's language, however deep. */
export function withShownNames<T>(data: T): T {
	return LANGUAGE === 'en' ? data : renamed(data, STAND_INS);
}

/** What is no plain object or list (a date) stays as it is. */
export function renamed<T>(data: T, standIns: Record<string, string>, isName = false): T {
	if (typeof data === 'string') return (isName ? shownName(data, standIns) : data) as T & string;
	if (Array.isArray(data)) return data.map((one) => renamed(one, standIns, isName)) as T & unknown[];
	if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype)
		return data;
	const entries = Object.entries(data).map(([key, value]) => [key, renamed(value, standIns, NAMES.has(key))]);
	return Object.fromEntries(entries) as T;
}
