import type { Standing } from './feedback.ts';
import type { BookingRules } from './availability.ts';

/** A booking page as everybody may see it. Instants are ms since the epoch, money is minor units. */
export interface BookingView extends Pick<BookingRules, 'lessonMinutes'> {
	slug: string;
	/** False: only its mentor sees it. */
	open: boolean;
	/** The mentor looks at it. */
	own: boolean;
	title: string;
	introduction: string;
	priceMinor: number;
	/** ISO 4217. */
	currency: string;
	mentor: {
		id: string;
		name: string;
		/** IANA name. */
		timeZone: string;
		/** The last part of its address; null without one. */
		picture: string | null;
	};
	rating: Standing;
	/** When a lesson can begin, in order. */
	times: number[];
	/** When whoever looks has something else, so that they are told; empty for strangers. */
	busy: { from: number; to: number }[];
}

/** A lesson that was booked, for who booked it. */
export interface Booked {
	roomCode: string;
	slug: string;
	title: string;
	description: string;
	startsAt: number;
	endsAt: number;
	priceMinor: number;
	currency: string;
	mentor: BookingView['mentor'];
	cancelled: boolean;
}

/** Lessons still to come that one learner may have booked with one mentor, and with all together: no calendar is filled up. */
export const OPEN_BOOKINGS_MAX = { oneMentor: 5, together: 20 };

/** Address of a booking page; with a time: the step in which it is booked. */
export function bookingPath(slug: string, at?: number): string {
	return `/book/${encodeURIComponent(slug)}${at === undefined ? '' : `?at=${at}`}`;
}
