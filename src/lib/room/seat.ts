import { NO_MEDIA, type LiveMessage, type Participant } from '../shared/live.ts';
import type { RefusalReason } from '../shared/refusals.ts';
import { linkFailure } from './failures.ts';
import type { Clock, ServerLink, Stop } from './ports.ts';
import { isPublished, ownSeat, type SeatTruth } from './presence.ts';
import { requestRetry } from './retryPolicy.ts';

/** This page's place in the room: an open `room.live`, and what the others are told about it. */
export interface Seat {
	id(): string;
	participants(): readonly Participant[];
	/** One's own entry, once the server shows it. */
	mine(): Participant | null;
	/** Whether a list of people has come since the seat was taken. */
	hasHeard(): boolean;
	/** Opens `room.live` with a fresh seat id, instead of what was open before. */
	take(seated: boolean): void;
	/** The truth about this seat has changed. */
	publish(): void;
	/** Says goodbye. */
	giveBack(): void;
	/** Only stops; the server knows already, or is told another way. */
	drop(): void;
}

const UNTOLD: SeatTruth = { peerId: null, media: NO_MEDIA, handRaised: false, line: null, captions: null };

export function createSeat(deps: {
	link: ServerLink;
	clock: Clock;
	randomId: () => string;
	truth: () => SeatTruth;
	onMessage: (message: LiveMessage) => void;
	onRefused: (reason: RefusalReason) => void;
}): Seat {
	const { link, clock, randomId, truth, onMessage, onRefused } = deps;
	let id = randomId();
	let seated = false;
	let participants: readonly Participant[] | null = null;
	let unfollow: Stop | null = null;
	let following = false;
	/** What the server is believed to know. */
	let told: SeatTruth = UNTOLD;
	let telling = false;
	let attempt = 0;
	let stopRetry: Stop | null = null;

	function drop(): void {
		unfollow?.();
		unfollow = null;
		following = false;
		stopRetry?.();
		stopRetry = null;
		seated = false;
		participants = null;
	}

	function publish(): void {
		const seen = ownSeat(participants ?? [], id);
		if (!seated || !seen || telling || stopRetry || isPublished(told, truth())) return;
		telling = true;
		const seatId = id;
		const sent = truth();
		link.update({ seatId, ...sent }).then(
			() => {
				telling = false;
				if (seatId === id) told = sent;
				publish();
			},
			(error: unknown) => {
				telling = false;
				// After a lost socket a new list of people comes, and shows what the server knows.
				if (linkFailure(error).kind === 'lost') attempt = 0;
				else publishLater();
			}
		);
	}

	function publishLater(): void {
		stopRetry ??= clock.after(requestRetry(attempt), () => {
			stopRetry = null;
			publish();
		});
		attempt += 1;
	}

	/** Presence heals everything: what it shows of this seat is what the server knows. */
	function compare(): void {
		const seen = ownSeat(participants ?? [], id);
		if (!seen || telling) return;
		told = seen;
		if (isPublished(seen, truth())) {
			attempt = 0;
			return;
		}
		// The first time at once; a server that does not take it over is not asked in a tight loop.
		if (attempt === 0) {
			attempt = 1;
			publish();
		} else publishLater();
	}

	return {
		id: () => id,
		participants: () => participants ?? [],
		hasHeard: () => participants !== null,
		mine: () => ownSeat(participants ?? [], id),
		take(wantsSeat) {
			drop();
			id = randomId();
			seated = wantsSeat;
			told = UNTOLD;
			attempt = 0;
			following = true;
			const seatId = id;
			unfollow = link.followLive(
				{ seatId, seated: wantsSeat },
				(message) => {
					if (seatId !== id || !following) return;
					if (message.type === 'presence') {
						participants = message.participants;
						compare();
					}
					onMessage(message);
				},
				(reason) => {
					if (seatId === id && following) onRefused(reason);
				}
			);
		},
		publish,
		giveBack() {
			const wasSeated = seated;
			drop();
			// Where it fails the server's grace period ends the seat a little later.
			if (wasSeated) link.leaveSeat(id).catch(() => undefined);
		},
		drop
	};
}
