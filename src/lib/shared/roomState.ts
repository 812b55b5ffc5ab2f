import type { Role, SessionStatus, EndReason } from './sessionStatus.ts';

/** Someone who may enter the room, present or not. */
export interface Member {
	userId: string;
	name: string;
	role: Role;
}

/** A session as its members see it. Instants are ms since the epoch. */
export interface SessionView {
	roomCode: string;
	title: string;
	status: SessionStatus;
	/** Scheduled start and (possibly extended) scheduled end. */
	startsAt: number;
	endsAt: number;
	startedAt: number | null;
	endedAt: number | null;
	endReason: EndReason | null;
	/** From when on the mentor may start it. */
	startableFrom: number;
	/** How often its plan was changed; left out: never. */
	sequence?: number;
	/** Why it was cancelled; left out where it was not, or without a reason. */
	cancelReason?: string;
	members: Member[];
}

/** What the room page and `room.state` answer with. */
export interface RoomState {
	session: SessionView;
	me: Member;
	/** Server clock when this was answered, ms since the epoch. */
	serverNow: number;
	/** People with video at once; a further member is refused with `room-full`. */
	capacity: number;
	/** The mentor has removed this person from the running session: they may not come in for now. */
	removed: boolean;
	/** For the mentor: when their next session starts, as far as one is planned; ms since the epoch. */
	nextStartsAt: number | null;
}

/** What a browser needs to reach the PeerServer and its partners. Made for members only, for one seat. */
export interface CallTicket {
	peerId: string;
	/** Signed; PeerJS sends it as its `token`. */
	token: string;
	/** Path prefix of the PeerServer, on the page's own origin unless `host` is set. */
	path: string;
	host: string | null;
	port: number | null;
	secure: boolean | null;
	iceServers: { urls: string | string[]; username?: string; credential?: string }[];
	/** When token and TURN credentials stop working for new connections, ms since the epoch. */
	expiresAt: number;
}
