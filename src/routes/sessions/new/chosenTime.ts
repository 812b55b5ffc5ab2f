import { LESSON_MINUTES_MAX, LESSON_MINUTES_MIN } from '../../../lib/shared/formSchemas.ts';
import { dateIn, formatTime } from '../../../lib/shared/time.ts';

/** As far as a date can be away, ms. */
const EVER = 8.64e15;

/** The time that a link to the form carries (`at`, ms since the epoch, and `minutes`), as its fields show it; null for none. */
export function chosenTime(
	query: URLSearchParams,
	zone: string
): { date: string; time: string; minutes: number } | null {
	const [at, minutes] = [Number(query.get('at') ?? NaN), Number(query.get('minutes') ?? 60)];
	if (!Number.isInteger(at) || at <= 0 || at > EVER) return null;
	const fits = Number.isInteger(minutes) && minutes >= LESSON_MINUTES_MIN && minutes <= LESSON_MINUTES_MAX;
	return { date: dateIn(at, zone), time: formatTime(at, zone), minutes: fits ? minutes : 60 };
}
