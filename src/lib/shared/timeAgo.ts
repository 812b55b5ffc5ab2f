import { dateIn, formatDay, formatShortDate, formatTime } from './time.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** How long ago, in words: `just now`, `5 min ago`, then `Today, 15:00`, `Yesterday, 15:00`, `14 Jul, 15:00`. */
export function formatAgo(at: number, now: number, zone: string): string {
	// A clock that is a little behind must not speak of the future.
	const minutes = Math.floor(Math.max(0, now - at) / MINUTE);
	if (minutes < 1) return 'just now';
	if (minutes < 60) return `${minutes} min ago`;
	const day = formatDay(at, now, zone);
	const isNear = day === formatDay(now, now, zone) || day === formatDay(now - DAY, now, zone);
	const date = formatShortDate(at, zone);
	const year = dateIn(now, zone).slice(0, 4);
	return `${isNear ? day : date.replace(` ${year}`, '')}, ${formatTime(at, zone)}`;
}
