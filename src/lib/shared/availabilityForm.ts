import {
	AHEAD_DAYS,
	INTRODUCTION_MAX_CHARACTERS,
	mergeSpans,
	NOTICE_HOURS,
	OWN_DAYS_MAX,
	PAUSE_MINUTES,
	SLUG_MAX_CHARACTERS,
	SPANS_PER_DAY_MAX,
	type BookingRules,
	type Span
} from './availability.ts';
import { line, LESSON_MINUTES_MAX, LESSON_MINUTES_MIN, words } from './formSchemas.ts';
import { TITLE_MAX_CHARACTERS } from './limits.ts';
import { parseMoney } from './money.ts';
import { readZoned } from './time.ts';

/** `09:00` and `12:30`, as time fields write them; an end of `00:00` is midnight. */
export interface SpanText {
	from: string;
	to: string;
}

/** What the page of one's availability sends. */
export interface AvailabilityForm {
	/** Monday's first. */
	week: SpanText[][];
	/** Days that are not like their weekday; without hours: not at all. */
	days: { date: string; hours: SpanText[] }[];
	open: boolean;
	slug: string;
	title: string;
	introduction: string;
	minutes: string;
	price: string;
	pause: string;
	notice: string;
	ahead: string;
}

/** A mentor's booking page as it is stored. */
export interface BookingSettings extends BookingRules {
	slug: string;
	open: boolean;
	title: string;
	introduction: string;
	priceMinor: number;
}

export interface Availability {
	week: Span[][];
	days: { date: string; hours: Span[] }[];
	page: BookingSettings;
}

/** Sentences by the field they belong to: `slug`, `week.0.1` (Monday, second line), `days.2` (third day), `days.2.0`. */
export type AvailabilityProblems = Record<string, string>;

export type ReadAvailability =
	/** `merged`: hours overlapped and were put together. */
	| { kind: 'availability'; availability: Availability; merged: boolean }
	| { kind: 'problems'; problems: AvailabilityProblems };

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const slugRules = {
	short: 'An address has at least 3 characters.',
	long: `An address has at most ${SLUG_MAX_CHARACTERS} characters.`,
	form: 'Use small letters without accents, digits, and single hyphens between them.'
};
const title = line(
	TITLE_MAX_CHARACTERS,
	'Say what a booked session is called.',
	`A title has at most ${TITLE_MAX_CHARACTERS} characters.`
);
const introduction = words(
	INTRODUCTION_MAX_CHARACTERS,
	`An introduction has at most ${INTRODUCTION_MAX_CHARACTERS} characters.`
);

/** What was filled in, checked field by field; overlapping hours are put together. Days before `today` are left out. */
export function readAvailability(form: AvailabilityForm, currency: string, today: string): ReadAvailability {
	const problems: AvailabilityProblems = {};
	let merged = false;

	function spansOf(hours: SpanText[], place: string): Span[] {
		if (hours.length > SPANS_PER_DAY_MAX) problems[place] = `A day has at most ${SPANS_PER_DAY_MAX} times.`;
		const spans = hours.flatMap((text, nth) => {
			const span = readSpan(text);
			if (typeof span !== 'string') return [span];
			problems[`${place}.${nth}`] = span;
			return [];
		});
		const result = mergeSpans(spans);
		merged ||= result.merged;
		return result.spans;
	}
	function text(field: 'title' | 'introduction', schema: typeof title): string {
		const read = schema.safeParse(form[field]);
		if (read.success) return read.data;
		problems[field] = read.error.issues[0]!.message;
		return '';
	}
	function offered(field: 'pause' | 'notice' | 'ahead', choices: number[]): number {
		const value = Number(form[field]);
		if (!choices.includes(value)) problems[field] = 'Choose one of these.';
		return value;
	}

	const week = Array.from({ length: 7 }, (_, day) => spansOf(form.week[day] ?? [], `week.${day}`));
	if (form.days.length > OWN_DAYS_MAX) problems.days = `At most ${OWN_DAYS_MAX} days can be different.`;
	const days = form.days.map(({ date, hours }, nth) => {
		if (readZoned(date, '00:00', 'UTC').kind !== 'once') problems[`days.${nth}`] = 'Choose a date.';
		else if (form.days.slice(0, nth).some((other) => other.date === date))
			problems[`days.${nth}`] = 'This date stands above already. Add its hours there.';
		return { date, hours: spansOf(hours, `days.${nth}`) };
	});

	const slug = form.slug.trim();
	if (slug.length < 3) problems.slug = slugRules.short;
	else if (slug.length > SLUG_MAX_CHARACTERS) problems.slug = slugRules.long;
	else if (!SLUG.test(slug)) problems.slug = slugRules.form;
	const lessonMinutes = Number(form.minutes);
	const length = Number.isInteger(lessonMinutes) ? lessonMinutes : 0;
	if (length < LESSON_MINUTES_MIN || length > LESSON_MINUTES_MAX) problems.minutes = 'Choose a length.';
	const priceMinor = parseMoney(form.price, currency);
	if (priceMinor === null) problems.price = 'Enter a price such as 45 or 45.50.';

	const page: BookingSettings = {
		...{ slug, open: form.open, title: text('title', title) },
		introduction: text('introduction', introduction),
		...{ lessonMinutes, priceMinor: priceMinor ?? 0 },
		pauseMinutes: offered('pause', PAUSE_MINUTES),
		noticeHours: offered('notice', NOTICE_HOURS),
		aheadDays: offered('ahead', AHEAD_DAYS)
	};
	if (Object.keys(problems).length > 0) return { kind: 'problems', problems };
	const toCome = days.filter(({ date }) => date >= today).toSorted((a, b) => (a.date < b.date ? -1 : 1));
	return { kind: 'availability', availability: { week, days: toCome, page }, merged };
}

/** A span, or what is wrong with it. */
function readSpan({ from, to }: SpanText): Span | string {
	const [start, end] = [minuteOf(from), minuteOf(to)];
	if (start === null || end === null) return 'Enter both times.';
	// Midnight as an end is that at the end of the day.
	const until = end === 0 ? 1_440 : end;
	if (until <= start)
		return 'The end has to come after the start. Hours past midnight belong to the next day.';
	return { from: start, to: until };
}

function minuteOf(text: string): number | null {
	const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
	return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

export function spanText({ from, to }: Span): SpanText {
	return { from: clockText(from), to: clockText(to) };
}

function clockText(minute: number): string {
	const within = minute % 1_440;
	return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}

/** An address made of a name: `Élise du Pré` → `elise-du-pre`; empty where nothing of it can stand in one. */
export function slugOf(name: string): string {
	const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
	const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, SLUG_MAX_CHARACTERS);
	return slug.replace(/^-+|-+$/g, '');
}
