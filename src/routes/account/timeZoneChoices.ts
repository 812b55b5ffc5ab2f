import { LOCALE } from '$lib/shared/language.ts';

/** Every zone this machine knows, and the one that is chosen now, with its distance from UTC at that moment. */
export function timeZoneChoices(chosen: string, at: number): { value: string; text: string }[] {
	const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen]);
	return [...zones].map((value) => ({
		value,
		text: `${value.replaceAll('_', ' ')} (${offsetOf(value, at)})`
	}));
}

/** `GMT+05:30`. */
function offsetOf(timeZone: string, at: number): string {
	const format = new Intl.DateTimeFormat(LOCALE, { timeZone, timeZoneName: 'longOffset' });
	return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
}
