import type { CaptionsChoice } from '../../shared/captions.ts';
import type { HostRequest } from '../../shared/hosting.ts';
import { NO_MEDIA, type LiveMessage, type MediaState, type Participant } from '../../shared/live.ts';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import type { LineReport } from '../../shared/lineReport.ts';
import type { PictureSizes } from '../../shared/pictureSizes.ts';
import type { Member } from '../../shared/roomState.ts';
import { createDrawings, type Drawings } from './drawings.ts';
import { createPassing, type Passing } from './passing.ts';
import { createBell, type Bell } from '../roomLog/bell.ts';
import type { RoomRef } from '../roomLog/roomMessages.ts';

/** One open `room.live` subscription. Messages wait here as marks, not as a queue: a slow reader costs nothing. */
export interface LiveStream {
	bell: Bell;
	/** The list changed since it was last sent. */
	listDue: boolean;
	/** A newer seat of the same person is to be told. */
	takenDue: boolean;
	/** What other seats had passed on, a few at most: more are refused to those who send them. */
	signals: LiveMessage[];
	/** What the mentor asks of this page, the newest of each kind. */
	hostRequests: Map<HostRequest, LiveMessage>;
	/** Reactions and captions of others; the oldest is dropped when the reader is slow. */
	passing: Passing;
	/** What others draw right now; the oldest is dropped when the reader is slow. */
	drawings: Drawings;
	closed: boolean;
}

/** Who holds a place in a room, and by which page. */
export interface Seat {
	member: Member;
	seatId: string;
	/** When the seat was taken, ms since the epoch and unique in the room: so it survives a restart as `joined_at`. */
	arrival: number;
	/** The open attendance row. */
	stayId: string;
	presence:
		| { name: 'here'; stream: LiveStream }
		/** `since`: when the connection was lost, ms. */
		| { name: 'away'; since: number; stopGrace: () => void };
	peerId: string | null;
	media: MediaState;
	handRaised: boolean;
	/** ms since the epoch. */
	handRaisedAt: number | null;
	line: LineReport | null;
	/** How large their page shows the others; undefined until it has said so. */
	shows?: PictureSizes;
	/** Kept in the attendance row, see `troubleKeeper.ts`. */
	deviceTrouble: DeviceTrouble | null;
	captions: CaptionsChoice | null;
	/** What the mentor asked of this page, until it is heard of again. */
	asked: Map<HostRequest, { fromUserId: string; at: number }>;
	formerSeatIds: string[];
}

/** The state of one room while somebody is in it or watches it. */
export interface PresenceRoom {
	session: RoomRef;
	/** By user id: one seat a person. */
	seats: Map<string, Seat>;
	streams: Set<LiveStream>;
	/** Whom the mentor removed while this room was open: an arrival that is being written comes too late. */
	removed: Set<string>;
	lastArrival: number;
	/** Nothing more happens here; nobody takes a seat any more. */
	over: boolean;
	/** What is under way, one thing after the other. */
	work: Promise<unknown>;
	/** How many things are under way or wait. */
	pending: number;
	/** Set while a change waits to be sent together with others. */
	stopSending: (() => void) | null;
	unlisten: () => void;
}

export function createLiveStream(): LiveStream {
	return {
		bell: createBell(),
		listDue: false,
		takenDue: false,
		signals: [],
		hostRequests: new Map(),
		passing: createPassing(),
		drawings: createDrawings(),
		closed: false
	};
}

export function newSeat(
	given: Pick<Seat, 'member' | 'seatId' | 'arrival' | 'stayId' | 'presence' | 'formerSeatIds'>
): Seat {
	return {
		...given,
		...{ peerId: null, media: NO_MEDIA, handRaised: false, handRaisedAt: null, line: null },
		...{ deviceTrouble: null, captions: null, asked: new Map() }
	};
}

/** The next number: grows within a room even when the clock does not. */
export function nextArrival(room: PresenceRoom, now: number): number {
	room.lastArrival = Math.max(room.lastArrival + 1, now);
	return room.lastArrival;
}

/** The whole list, earliest arrival first. */
export function presenceMessage(seats: Iterable<Seat>, serverNow: number): LiveMessage {
	const participants = [...seats].map(toParticipant).sort((a, b) => a.arrival - b.arrival);
	return { type: 'presence', participants, serverNow };
}

function toParticipant(seat: Seat): Participant {
	const { member, seatId, arrival, presence, peerId, media, line, shows, deviceTrouble, captions } = seat;
	const { handRaised, handRaisedAt } = seat;
	return {
		...{ ...member, seatId, arrival, state: presence.name },
		...{ peerId, media, handRaised, handRaisedAt, line, shows, deviceTrouble, captions }
	};
}
