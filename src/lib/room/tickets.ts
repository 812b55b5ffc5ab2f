import type { CallWays } from './callWays.ts';
import type { Clock, ServerLink, Stop } from './ports.ts';
import { requestRetry } from './retryPolicy.ts';

/** Fresh ICE credentials are fetched this long before the old ones end, ms. */
const AHEAD = 60_000;
/** However short tickets last, they are not fetched more often than this, ms. */
const LEAST = 20_000;

/** Keeps the PeerServer connection supplied with tickets for one seat. */
export interface Tickets {
	/** Repeating it for the same seat changes nothing. */
	start(seatId: string): void;
	stop(): void;
}

export function createTickets(deps: {
	link: ServerLink;
	ways: CallWays;
	clock: Clock;
	serverNow: () => number;
}): Tickets {
	const { link, ways, clock, serverNow } = deps;
	let seatId: string | null = null;
	let fetching = false;
	let attempt = 0;
	let timer: Stop | null = null;

	function later(ms: number): void {
		timer?.();
		timer = clock.after(ms, fetchTicket);
	}

	function fetchTicket(): void {
		if (fetching || seatId === null) return;
		const forSeat = seatId;
		fetching = true;
		link.callTicket(forSeat).then(
			(ticket) => {
				fetching = false;
				if (seatId !== forSeat) return fetchTicket();
				attempt = 0;
				ways.open(ticket);
				later(Math.max(LEAST, ticket.expiresAt - serverNow() - AHEAD));
			},
			() => {
				fetching = false;
				later(requestRetry(attempt));
				attempt += 1;
			}
		);
	}

	ways.onNeedsTicket(fetchTicket);

	return {
		start(forSeat) {
			if (seatId === forSeat) return;
			seatId = forSeat;
			attempt = 0;
			fetchTicket();
		},
		stop() {
			seatId = null;
			timer?.();
			timer = null;
		}
	};
}
