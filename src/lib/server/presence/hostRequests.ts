import type { HostRequest } from '../../shared/hosting.ts';
import type { LiveMessage } from '../../shared/live.ts';
import type { LiveStream, PresenceRoom, Seat } from './presenceRoom.ts';

/** A request that did not get through is made again when the page is back within this time, ms. */
const STANDS_FOR_MS = 15_000;

/**
 * Asks the pages of one person, or of everybody else, for something. A page that is away gets it when it is back.
 * Answers how many were asked. Requests are kept nowhere else: whether one was followed is what presence shows.
 */
export function askPages(
	room: PresenceRoom,
	from: { userId: string; what: HostRequest; toUserId: string | null },
	now: number
): number {
	const seats = [...room.seats.values()].filter(
		({ member }) => member.userId !== from.userId && (from.toUserId ?? member.userId) === member.userId
	);
	for (const seat of seats) {
		seat.asked.set(from.what, { fromUserId: from.userId, at: now });
		if (seat.presence.name === 'here') send(seat.presence.stream, from.what, from.userId);
	}
	return seats.length;
}

/** The page is back: what was asked a moment ago may have been lost with its connection. */
export function askAgain(seat: Seat, stream: LiveStream, now: number): void {
	for (const [what, { fromUserId, at }] of seat.asked) {
		if (now - at < STANDS_FOR_MS) send(stream, what, fromUserId);
	}
	seat.asked.clear();
}

/** The page has spoken since: what it shows now is its person's own will. */
export function forgetAsked(seat: Seat): void {
	seat.asked.clear();
}

function send({ hostRequests, bell }: LiveStream, what: HostRequest, fromUserId: string): void {
	const message: LiveMessage = { type: 'hostRequest', what, fromUserId };
	hostRequests.set(what, message);
	bell.ring();
}
