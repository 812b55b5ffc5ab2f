import type { DrawMessage, SentInk } from './boardInk.ts';
import type { Caption, CaptionsChoice } from './captions.ts';
import type { DeviceTrouble } from './deviceTrouble.ts';
import type { HostRequest } from './hosting.ts';
import type { LineReport } from './lineReport.ts';
import type { PictureSizes } from './pictureSizes.ts';
import type { Reaction } from './reactions.ts';
import type { Role } from './sessionStatus.ts';

/** What a person sends and shows right now. */
export interface MediaState {
	/** Microphone on and not muted. */
	microphone: boolean;
	camera: boolean;
	screen: boolean;
}

export const NO_MEDIA: MediaState = { microphone: false, camera: false, screen: false };

/** One person who is present, in the lobby or in the room. Not durable: it follows open connections. */
export interface Participant {
	userId: string;
	name: string;
	role: Role;
	/** Made by the page at each load: tells a person's tabs apart. */
	seatId: string;
	/** Grows with each seat taken in this room. Of two people the earlier arrival calls the later one. */
	arrival: number;
	/** `away`: the connection was lost a moment ago; the seat is kept for a grace period. */
	state: 'here' | 'away';
	/** Id at the PeerServer; null until that connection is open. */
	peerId: string | null;
	media: MediaState;
	handRaised: boolean;
	/** Since when, by the server's clock, ms since the epoch; null while no hand is up. Hands are taken in this order. */
	handRaisedAt: number | null;
	/** What they say about their own line; null until they know. */
	line: LineReport | null;
	/** How large they show the others; left out until they know. */
	shows?: PictureSizes;
	/** Why they have no camera or microphone; null where nothing is wrong, or nothing was tried. */
	deviceTrouble: DeviceTrouble | null;
	/** What they want and do about captions. */
	captions: CaptionsChoice | null;
}

/** What `room.live` carries. Every `presence` message is the whole list, so a lost one heals with the next. */
export type LiveMessage =
	| { type: 'presence'; participants: Participant[]; serverNow: number }
	/** The same person took the seat in a newer tab or on another device (spec T9). */
	| { type: 'seatTaken' }
	/** What another seat had passed on to this one (`room.signal`); what it means is between the two pages. */
	| { type: 'signal'; fromUserId: string; fromSeatId: string; data: string }
	/** The mentor asks this page for something, which it does at once. Comes again where its connection was lost. */
	| { type: 'hostRequest'; what: HostRequest; fromUserId: string }
	| PassedMessage
	/** What another seat draws, points at or looks at on the board right now (`board.draw`). */
	| DrawMessage<SentInk>;

/** What a seat shows all others for a moment (`room.react`, `room.caption`). Kept nowhere; what is lost stays lost. */
export type PassedMessage =
	| { type: 'reaction'; fromUserId: string; fromSeatId: string; reaction: Reaction }
	| { type: 'caption'; fromUserId: string; fromSeatId: string; caption: Caption };
