import type { CaptionsChoice } from '../shared/captions.ts';
import type { DeviceFailure } from '../shared/deviceTrouble.ts';
import type { MediaState, Participant } from '../shared/live.ts';
import type { NextSession } from '../shared/nextSession.ts';
import type { RefusalReason } from '../shared/refusals.ts';
import type { Member, SessionView } from '../shared/roomState.ts';
import type { EndReason } from '../shared/sessionStatus.ts';
import type { DeviceDesk } from './deviceControls.ts';
import type { DevicePreferences } from './devicePreferences.ts';
import type { HostingCommands } from './hosting/createHosting.ts';
import type { ReactionView } from './reactions/createReactions.ts';
import type { Reaction } from '../shared/reactions.ts';
import type { Health } from './health.ts';
import type { Figures } from './qualityFigures.ts';
import type { Quality } from './qualitySides.ts';

/** Where this page stands in the lesson. Moved by what the server says, and by the person's own choice to join or leave. */
export type Phase =
	| { name: 'loading' }
	| { name: 'lobby' }
	/** The session is live and this person has not joined yet: the device card with “Join session”. */
	| { name: 'joining' }
	| { name: 'inRoom' }
	| { name: 'left' }
	/** Another tab or device of the same person holds the seat. */
	| { name: 'elsewhere' }
	| { name: 'ended'; reason: EndReason; durationSeconds: number }
	/** No place is free; this page watches who is there and comes in by itself. */
	| { name: 'full' }
	/** The mentor removed this person; the page waits to be let in again. */
	| { name: 'removed' }
	/** Cancelled or missed while the page was open. */
	| { name: 'over' }
	/** The server refused for good; nothing is retried. */
	| { name: 'refused'; reason: RefusalReason };

/** The server socket. */
export type ConnectionView =
	| { name: 'connecting' }
	| { name: 'live' }
	| { name: 'reconnecting'; attempt: number }
	| { name: 'closed'; reason: RefusalReason };

export type DeviceView =
	| { name: 'off' }
	| { name: 'asking' }
	| { name: 'on' }
	/** Microphone only: the device is held, and sends silence. */
	| { name: 'muted' }
	| {
			name: 'failed';
			failure: DeviceFailure;
			/** What was missing seems to be there now: one click takes it. */
			available: boolean;
			/** The person goes on without it. */
			accepted: boolean;
	  };

export interface DevicesView {
	microphone: DeviceView;
	camera: DeviceView;
	screen: 'off' | 'asking' | 'on';
	/** What the self-view shows (camera or shared screen); null when there is no picture. */
	preview: MediaStream | null;
	/** Ids of the devices that are held; null where none is, or the browser does not tell. */
	using: { microphone: string | null; camera: string | null };
	/** What this person chose on this device. */
	chosen: DevicePreferences;
}

/**
 * The way to one other person, found before the lesson and kept for it. `failing`: some tries have failed, and more
 * follow by themselves.
 */
export type PathView = 'none' | 'trying' | 'failing' | 'ready';

/** The call with one other person. */
export type CallView = 'waiting' | 'connecting' | 'connected';

export interface PersonView extends Participant {
	isMe: boolean;
	/** For others only; `connected` from the first frame on. */
	call: CallView;
	/** In the lobby and in the room. */
	path: PathView;
	/** The call goes by a TURN server; null while that is not known. */
	relayed: boolean | null;
	/** What they send; null until it is there. Play it unmuted. */
	stream: MediaStream | null;
	/**
	 * `retrying`: nothing comes over the media path and a new one is tried. `reconnecting`: they are the ones who seem
	 * to have lost it, because the server lost them or the silence lasts.
	 */
	trouble: null | 'retrying' | 'reconnecting';
	/** Nothing comes in from them, though calls were good before. */
	silent: boolean;
	/** They are heard, but the picture stands still. */
	frozen: boolean;
	/** They get nothing from here any more, as far as their side says. */
	unheard: boolean;
	/** One's own for oneself; null until it is known. */
	quality: Quality | null;
	/** They send this page no picture for now: the line is too weak for it. */
	videoPaused: boolean;
	/** They are heard speaking now: by what comes from them, oneself by the microphone. Never while muted. */
	speaking: boolean;
}

/** What “Connection details” shows, as it is now. Holds no addresses and no secrets of ICE servers. */
export interface RoomDetails {
	connection: ConnectionView['name'];
	/** To the server and back, ms. */
	serverTrip: number | null;
	peerServer: boolean;
	/** Schemes and transports of the ICE servers, such as `turn:tcp`. */
	iceServers: string[];
	/** Calls are to go by a TURN server whatever else would be possible. Where there is none it changes nothing. */
	relayOnly: boolean;
	calls: {
		userId: string;
		figures: Figures | null;
		report: RTCStatsReport | null;
		/** Of both certificates; null while unknown. */
		fingerprints: (string | null)[];
		/** What is sent to them: the whole, less, hardly anything, or no picture. */
		sent: 'full' | 'less' | 'least' | 'paused';
	}[];
}

export interface ChatMessageView {
	/** The client id: stable from sending on, so it serves as the list key. */
	id: string;
	authorId: string;
	authorName: string;
	mine: boolean;
	text: string;
	/** Server time once stored, the local estimate of it before; ms since the epoch. */
	at: number;
	state: 'sending' | 'sent' | 'failed';
	/** Why it failed, in words. */
	error: string | null;
}

/** Things that just happened and deserve a toast. `id` grows; the page shows each once. */
export interface RoomNotice {
	id: number;
	kind: 'waiting' | 'joined' | 'left' | 'extended' | 'warning' | 'error' | 'info' | 'trouble' | 'mended';
	text: string;
}

/** Everything the page shows, as one immutable value: a new object at each change. */
export interface RoomView {
	phase: Phase;
	connection: ConnectionView;
	/** The mentor asked for the end, and the server has not answered yet. */
	ending: boolean;
	/** What is wrong, whose side it is and what still works. */
	health: Health;
	session: SessionView;
	me: Member;
	people: PersonView[];
	devices: DevicesView;
	media: MediaState;
	handRaised: boolean;
	/** This person speaks while muted, and should be told now. */
	speaksMuted: boolean;
	/** One's own. */
	captions: CaptionsChoice | null;
	/** Who was there while the lesson was live, so far: user ids. */
	taught: ReadonlySet<string>;
	/** Whom the mentor has removed and not let in again. */
	removed: Member[];
	/** What people show for a moment, oldest first. */
	reactions: readonly ReactionView[];
	/** Those who get no picture from here for now because the line is too weak: user ids. */
	pausedFor: string[];
	chat: ChatMessageView[];
	/** Grows when notices are added; only the newest 50 are kept. */
	notices: RoomNotice[];
	/**
	 * The PeerServer connection is open and, with somebody else in the room, at least one call is connected.
	 * A connected call counts while the PeerServer is away: it does not need it any more.
	 */
	mediaReady: boolean;
}

/** What the page can do with the room. None of these throws: trouble shows in the view or as a notice. */
export interface Room {
	view(): RoomView;
	/** Calls at once with the current view, then after each change. Returns the way to stop. */
	subscribe(listener: (view: RoomView) => void): () => void;
	/** The server's clock as well as it is known here, ms since the epoch. */
	serverNow(): number;
	/** Asks for camera and microphone; if both fail together each is tried alone. */
	turnOnDevices(): Promise<void>;
	/** From `joining` into the room, with whatever devices are on. */
	join(): void;
	/** Mentor: starts the session. */
	start(): Promise<void>;
	/** Tries what has failed once more: all of it, or one of them. */
	retryDevices(only?: 'microphone' | 'camera'): Promise<void>;
	/** What has failed is done without. A microphone that was never tried is; one that failed too, if `withSound`. */
	continueWithout(withSound?: boolean): Promise<void>;
	setMicrophone(on: boolean): Promise<void>;
	/** Opens a muted microphone for as long as a key is held, and mutes it again. No choice, so nothing is remembered. */
	talk(on: boolean): void;
	setCamera(on: boolean): Promise<void>;
	/** Which devices there are, and which are used. */
	readonly desk: DeviceDesk;
	/** Fetches what `desk` and `watchMicrophone` need, and what tells who speaks. Rejects when that fails. */
	prepareDesk(): Promise<void>;
	/** How loud one's own microphone is, muted or not, ten times a second: see `LevelSource.level`. */
	watchMicrophone(listener: (level: number | null) => void): () => void;
	startSharing(): Promise<void>;
	stopSharing(): Promise<void>;
	raiseHand(raised: boolean): void;
	/** How high the others are shown, by user id, in pixels of the screen; 0 is not at all. */
	showing(heights: Readonly<Record<string, number>>): void;
	react(reaction: Reaction): void;
	/** What one wants and does about captions, told to the others. */
	setCaptions(choice: CaptionsChoice): void;
	/** What the mentor does with people. */
	hosting: HostingCommands;
	say(text: string): void;
	/** Sends a failed chat message again. */
	retryMessage(id: string): void;
	/** Mentor: answers with whose next session it would run into; to have it all the same, `overlapAccepted`. */
	extend(minutes: number, overlapAccepted?: boolean): Promise<NextSession[]>;
	/**
	 * Mentor: ends the session for everyone. Without an answer of the server the mentor leaves after a second, and the
	 * end follows when it is back, a reload of the page or not.
	 */
	end(): Promise<void>;
	leave(): void;
	rejoin(): void;
	/** From `elsewhere`: takes the seat back. */
	continueHere(): void;
	/** WebRTC statistics of the current calls, for measurements and diagnostics. */
	stats(): Promise<{ userId: string; report: RTCStatsReport }[]>;
	/**
	 * Calls go by a TURN server only, so that the others do not learn this device's address; running ones are made
	 * anew beside. Remembered on this device. Without a TURN server it changes nothing.
	 */
	setRelayOnly(on: boolean): void;
	/** For the diagnostics; asks nobody. */
	details(): RoomDetails;
	/** The page is going away: says goodbye and lets go of devices and connections. */
	close(): void;
}

/** What of a room has to do with one's own camera, microphone and speaker. */
export type DeviceRoom = Pick<
	Room,
	| 'desk'
	| 'prepareDesk'
	| 'watchMicrophone'
	| 'turnOnDevices'
	| 'retryDevices'
	| 'continueWithout'
	| 'setMicrophone'
	| 'setCamera'
>;
