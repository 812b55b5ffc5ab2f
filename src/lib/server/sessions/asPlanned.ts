import type { Row } from '../db/store.ts';

/** What a session has before anything about it was changed: planned once, by its mentor, without further words. */
export const AS_PLANNED = {
	description: '',
	seriesId: null,
	bookedById: null,
	calendarSequence: 0,
	cancelledAt: null,
	cancelReason: null
} satisfies Partial<Row<'sessions'>>;
