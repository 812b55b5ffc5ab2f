/** Minutes after midnight on the wall clock of the mentor's zone; `to` at most 1440. */
export interface Span {
	from: number;
	to: number;
}

/** When a mentor can be booked. */
export interface OpenHours {
	/** IANA name: all hours and dates are those of this zone's wall clock. */
	zone: string;
	/** Seven lists, Monday's first. */
	week: readonly (readonly Span[])[];
	/** Days (`2026-07-14`) that are not like their weekday; an empty list: not at all. */
	days: ReadonlyMap<string, readonly Span[]>;
}

/** What a booking page says about the lessons one can book there. */
export interface BookingRules {
	lessonMinutes: number;
	/** Kept free before and after each lesson. */
	pauseMinutes: number;
	/** How long before its start a time can still be picked. */
	noticeHours: number;
	/** Up to which day a time can be picked: today is 0. */
	aheadDays: number;
}

export const PAUSE_MINUTES = [0, 5, 10, 15, 20, 30, 45, 60];
export const NOTICE_HOURS = [0, 1, 2, 4, 8, 12, 24, 48, 72, 168];
export const AHEAD_DAYS = [7, 14, 21, 30, 60, 90];
export const INTRODUCTION_MAX_CHARACTERS = 2_000;
/** What a learner writes to the mentor when booking. */
export const BOOKING_NOTE_MAX_CHARACTERS = 1_000;
export const SLUG_MAX_CHARACTERS = 40;
/** Hours of one day, and days with hours of their own: more than anybody has. */
export const SPANS_PER_DAY_MAX = 8;
export const OWN_DAYS_MAX = 100;

/** In order; what overlaps or touches becomes one. `merged`: whether something overlapped. */
export function mergeSpans(spans: readonly Span[]): { spans: Span[]; merged: boolean } {
	const result: Span[] = [];
	let merged = false;
	for (const span of spans.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
		const last = result.at(-1);
		if (last && span.from <= last.to) {
			merged ||= span.from < last.to;
			last.to = Math.max(last.to, span.to);
		} else result.push({ ...span });
	}
	return { spans: result, merged };
}

/** 0 Monday … 6 Sunday, of a calendar date such as `2026-07-14`. */
export function weekdayOf(date: string): number {
	return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}
