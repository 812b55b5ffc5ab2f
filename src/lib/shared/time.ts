import { counted } from './counted.ts';
import { LOCALE } from './language.ts';

/**
 * Instants are ms since the epoch (UTC); these functions show them in a viewer's IANA time zone (spec A4).
 * One locale a language, so that server and browser write the same words.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it, and a page shows many times. */
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = zone + JSON.stringify(options);
	let made = formats.get(key);
	if (!made) {
		made = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: isTimeZone(zone) ? zone : 'UTC' });
		formats.set(key, made);
	}
	return made;
}

/** Whether this is a zone that this machine knows, such as `Europe/Lisbon`. */
export function isTimeZone(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat(LOCALE, { timeZone: zone }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

/** The zone's short name at that instant: `CEST`, `GMT+3`. */
export function zoneName(at: number, zone: string): string {
	const parts = format(zone, { timeZoneName: 'short' }).formatToParts(at);
	return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** `15:00`. */
export function formatTime(at: number, zone: string): string {
	return format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/**
 * `15:00 – 16:00`, with the day of the end where it is another one. Where the clocks are set in between each time has its
 * zone's name: an hour from 02:30 on may end at 02:30.
 */
export function formatTimeRange(from: number, to: number, zone: string): string {
	const sameDay = dateIn(from, zone) === dateIn(to, zone);
	const name = clocksChange(from, to, zone) ? (at: number) => ` ${zoneName(at, zone)}` : () => '';
	const end = `${formatTime(to, zone)}${name(to)}`;
	const day = sameDay ? '' : ` (${formatShortDate(to, zone).replace(/ \d{4}$/, '')})`;
	return `${formatTime(from, zone)}${name(from)} – ${end}${day}`;
}

/** `15:00 – 16:00 CEST`; where the clocks are set in between `02:30 CEST – 02:30 CET`. */
export function formatZonedRange(from: number, to: number, zone: string): string {
	const range = formatTimeRange(from, to, zone);
	return clocksChange(from, to, zone) ? range : `${range} ${zoneName(from, zone)}`;
}

function clocksChange(from: number, to: number, zone: string): boolean {
	return offsetAt(from, zone) !== offsetAt(to, zone);
}

/** `14 Jul 2026`. */
export function formatShortDate(at: number, zone: string): string {
	return format(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

/** `14 July`. */
export function formatDate(at: number, zone: string): string {
	return format(zone, { day: 'numeric', month: 'long' }).format(at);
}

/** `Tuesday, 14 July 2026`. */
export function formatLongDate(at: number, zone: string): string {
	const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
	return format(zone, parts)
		.format(at)
		.replace(/^(\w+) /, '$1, ');
}

/** Midnights from one instant to another in a zone: 0 on the same day, 1 for tomorrow, -1 for yesterday. */
export function daysBetween(from: number, to: number, zone: string): number {
	return Math.round((Date.parse(dateIn(to, zone)) - Date.parse(dateIn(from, zone))) / DAY);
}

/** `Today`, `Tomorrow`, `Yesterday`, else `Tuesday, 14 July`, with the year when it is not this one. */
export function formatDay(at: number, now: number, zone: string): string {
	const day = dateIn(at, zone);
	const apart = daysBetween(now, at, zone);
	if (apart === 0) return 'Today';
	if (apart === 1) return 'Tomorrow';
	if (apart === -1) return 'Yesterday';
	const long = formatLongDate(at, zone);
	return day.slice(0, 4) === dateIn(now, zone).slice(0, 4) ? long.replace(/ \d{4}$/, '') : long;
}

/** Whole seconds as `hh:mm:ss`; hours grow past 99 (spec M2). */
export function formatDuration(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');
}

/** Seconds in words: `1 h 5 min`, `45 min`, `38 s`. */
export function describeSpan(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	if (whole < 60) return `${whole} s`;
	const minutes = Math.floor(whole / 60);
	if (minutes < 60) return `${minutes} min`;
	return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The same to the second below an hour, so that parts make up their whole: `2 min 30 s`. */
export function describeSpanExactly(seconds: number): string {
	const whole = Math.max(0, Math.floor(seconds));
	if (whole < 60 || whole >= 3600 || whole % 60 === 0) return describeSpan(whole);
	return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** What follows “Starts in”: `3 days`, `1 day 4 h`, `2 h 12 min`, and from one hour on `12:05` (mm:ss). */
export function formatCountdown(ms: number): string {
	// Rounded up, so that it reads 0:00 when the moment has come and not a second before.
	const seconds = Math.max(0, Math.ceil(ms / 1000));
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
	const days = Math.floor(hours / 24);
	if (days >= 2 || hours % 24 === 0) return counted(days, { one: '1 day', other: '# days' });
	return `1 day ${hours % 24} h`;
}

/** The calendar date in a zone, as date fields write it: `2026-07-14`. */
export function dateIn(at: number, zone: string): string {
	const { year, month, day } = wallClock(at, zone);
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** What a wall clock reading means: some do not exist (clocks go forward), some come twice (clocks go back). */
export type ZonedReading =
	| { kind: 'once'; at: number }
	| { kind: 'twice'; at: number; again: number }
	| { kind: 'skipped' }
	| { kind: 'unreadable' };

/** Reads `2026-07-14` and `15:00` on the wall clock of a zone. */
export function readZoned(date: string, time: string, zone: string): ZonedReading {
	const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/.exec(`${date}T${time}`);
	if (!match || !isTimeZone(zone)) return { kind: 'unreadable' };
	const asUtc = Date.parse(`${date}T${time}:00Z`);
	// `2026-02-30` is refused by some engines and moved into March by others.
	if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 10) !== date)
		return { kind: 'unreadable' };
	// Every offset that can apply is in force a day earlier or a day later.
	const offsets = new Set([asUtc - DAY, asUtc + DAY].map((at) => offsetAt(at, zone)));
	const found = [...offsets]
		.map((offset) => asUtc - offset)
		.filter((at) => at + offsetAt(at, zone) === asUtc)
		.sort((a, b) => a - b);
	const [first, second] = found;
	if (first === undefined) return { kind: 'skipped' };
	return second === undefined ? { kind: 'once', at: first } : { kind: 'twice', at: first, again: second };
}

/** How far the zone's wall clock is ahead of UTC at that instant, in ms. */
export function offsetAt(at: number, zone: string): number {
	const { year, month, day, hour, minute, second } = wallClock(at, zone);
	return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

type WallClock = Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;

function wallClock(at: number, zone: string): WallClock {
	const read: WallClock = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
	const options = {
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
		hourCycle: 'h23'
	} as const;
	for (const { type, value } of format(zone, options).formatToParts(at)) {
		if (type in read) read[type as keyof WallClock] = Number(value);
	}
	return read;
}
