import type { Row } from '../src/lib/server/db/store.ts';
import { createId } from '../src/lib/server/ids.ts';

/** Weekdays on which Maya can be booked, and her hours there, in minutes after midnight. */
const WEEKDAYS = [1, 2, 3, 4, 5];
const HOURS = [
	[9 * 60, 12 * 60],
	[14 * 60, 19 * 60]
] as const;

/** Maya's hours and her booking page, `/book/maya`. `now` in ms since the epoch. */
export function sampleBooking(
	mentorId: string,
	now: number
): { hours: Row<'availabilityHours'>[]; page: Row<'bookingPages'> } {
	const hours = WEEKDAYS.flatMap((weekday) =>
		HOURS.map(([fromMinute, toMinute]) => ({ id: createId(), mentorId, weekday, fromMinute, toMinute }))
	);
	const page: Row<'bookingPages'> = {
		mentorId,
		slug: 'maya',
		open: true,
		title: 'Mathematics with Maya',
		introduction:
			'Algebra, functions and everything up to integrals, at your pace.\n\nBring the exercise you are stuck on: we take it apart together on the whiteboard until you can do the next one alone.',
		lessonMinutes: 60,
		priceMinor: 3_500,
		pauseMinutes: 10,
		noticeHours: 12,
		aheadDays: 30,
		updatedAt: new Date(now)
	};
	return { hours, page };
}
