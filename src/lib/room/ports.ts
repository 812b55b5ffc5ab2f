import type { CaptionsChoice } from '../shared/captions.ts';
import type { DeviceTrouble } from '../shared/deviceTrouble.ts';
import type { LineReport } from '../shared/lineReport.ts';
import type { LiveMessage, MediaState } from '../shared/live.ts';
import type { NextSession } from '../shared/nextSession.ts';
import type { PictureSizes } from '../shared/pictureSizes.ts';
import type { RefusalReason } from '../shared/refusals.ts';
import type { RoomEvent } from '../shared/roomEvents.ts';
import type { CallTicket, RoomState } from '../shared/roomState.ts';
import type { BoardLink } from './board/boardLink.ts';
import type { CompanyLink } from './hosting/companyLink.ts';
import type { VideoLimit } from './sendLimits.ts';

/** What the room needs from outside. Each port has one adapter (`adapters/`) and one fake (`fakes/`). */

export type Stop = () => void;

/**
 * A refused or failed call to the server. `next` comes with the reason `overlaps-next`. `lost`: the socket went away, it
 * may or may not have run.
 */
export type LinkFailure =
	{ kind: 'refused'; reason: RefusalReason; message: string; next?: NextSession[] } | { kind: 'lost' };

export interface LinkStatus {
	name: 'connecting' | 'live' | 'reconnecting' | 'closed';
	attempt: number;
	reason: RefusalReason | null;
}

/** The one socket to our server. Mutations reject with a `LinkFailure`. */
export interface ServerLink {
	onStatus(listener: (status: LinkStatus) => void): Stop;
	/** All entries with `seq > after`, in order, then each new one; resumes by itself after a loss. */
	followLog(
		after: number,
		onEvent: (event: RoomEvent) => void,
		onRefused: (reason: RefusalReason) => void
	): Stop;
	/** Open = present. `seated: false` only watches (the card before “Join session”). */
	followLive(
		seat: { seatId: string; seated: boolean },
		onMessage: (message: LiveMessage) => void,
		onRefused: (reason: RefusalReason) => void
	): Stop;
	/** The mentor lets this person in again: subscriptions that were refused as `removed` go on. */
	readmitted(): void;
	state(): Promise<RoomState>;
	/** Server clock, ms since the epoch. */
	clock(): Promise<number>;
	say(clientId: string, text: string): Promise<RoomEvent>;
	update(seat: {
		seatId: string;
		peerId?: string | null;
		media?: MediaState;
		handRaised?: boolean;
		line?: LineReport | null;
		shows?: PictureSizes;
		deviceTrouble?: DeviceTrouble | null;
		captions?: CaptionsChoice | null;
	}): Promise<void>;
	start(): Promise<void>;
	/** Refused with `overlaps-next` where it runs into somebody's next session, unless that is accepted. */
	extend(clientId: string, minutes: number, overlapAccepted?: boolean): Promise<void>;
	end(): Promise<void>;
	leaveSeat(seatId: string): Promise<void>;
	/** Best effort while the page unloads. */
	goodbye(seatId: string): void;
	callTicket(seatId: string): Promise<CallTicket>;
	/** Passes something on to another seat of the live session, which hears it as a `signal` message. */
	signal(message: { seatId: string; toSeatId: string; data: string }): Promise<void>;
	/** What is about the whiteboard. */
	readonly board: BoardLink;
	/** What people do to each other. */
	readonly company: CompanyLink;
	close(): void;
}

/** One call to one person, at the level of tracks. */
export interface MediaCall {
	/** The other's id at the PeerServer; their seat id where the call is set up over our own socket. */
	readonly peerId: string;
	/** What the caller gave: see `Dial.number`. */
	readonly number: number;
	/** Grows per call made or received on this page. */
	readonly id: number;
	onStream(listener: (stream: MediaStream) => void): Stop;
	onClosed(listener: () => void): Stop;
	/** The other side has got it and said so: the way by which it is set up works. */
	isAnswered(): boolean;
	replaceTrack(kind: 'audio' | 'video', track: MediaStreamTrack): Promise<void>;
	/** How loud what comes in is at this moment, 0 to 1; 0 where nothing comes or the browser does not tell. */
	heardLevel(): number;
	/** How much the sent video may use, null: nothing is sent; holds for tracks replaced later too. */
	limitVideo(limit: VideoLimit | null): void;
	stats(): Promise<RTCStatsReport>;
	/** Of the certificates of this side and the other, with the name of their hash; null while unknown. */
	fingerprints(): (string | null)[];
	close(): void;
}

/** Calls between browsers, set up through the PeerServer. */
export interface PeerLink {
	/**
	 * Connects with a ticket; called again with a fresh one after `onNeedsTicket` and before the old one expires.
	 * A running connection goes on under its id and only takes over the ICE servers; running calls are not touched.
	 */
	open(ticket: CallTicket): void;
	/** Which ways calls from now on may take. */
	useIcePolicy(policy: RTCIceTransportPolicy): void;
	/** The id under which others can call, null while the PeerServer is away. */
	onPeerId(listener: (peerId: string | null) => void): Stop;
	onNeedsTicket(listener: () => void): Stop;
	onIncoming(listener: (call: MediaCall) => void): Stop;
	/** Null while the PeerServer is away. `stream` has exactly one audio and one video track. */
	call(peerId: string, stream: MediaStream, number: number): MediaCall | null;
	/** What incoming calls are answered with; those that come while it is null wait. */
	answerWith(stream: MediaStream | null): void;
	/**
	 * Connects anew, at once: after a time without network a connection looks open and still carries nothing for as
	 * long as that time took. Running calls are not touched.
	 */
	reconnect(): void;
	/** Ends all calls and the connection; `open` may follow. */
	close(): void;
}

/** Calls set up over our own socket, for when the PeerServer is away. */
export interface SpareLink {
	/** What is to be passed on to another seat; rejects when it did not get there. */
	sendBy(send: (toSeatId: string, data: string) => Promise<void>): void;
	/** What another seat had passed on. Anything but the words of a call is ignored. */
	hear(fromSeatId: string, data: string): void;
	/** For calls from now on. */
	useIceServers(iceServers: CallTicket['iceServers']): void;
	/** As `PeerLink.useIcePolicy`. */
	useIcePolicy(policy: RTCIceTransportPolicy): void;
	onIncoming(listener: (call: MediaCall) => void): Stop;
	call(seatId: string, stream: MediaStream, number: number): MediaCall;
	/** What incoming calls are answered with; those that come while it is null are not taken. */
	answerWith(stream: MediaStream | null): void;
	/** Ends all calls. */
	close(): void;
}

/** What the browser says about its network. */
export interface Network {
	/** False only when there is surely none. */
	isOnline(): boolean;
	/** Online or offline now, or out of a sleep: perhaps in another network. */
	onChange(listener: () => void): Stop;
}

/** One camera, microphone or speaker of this machine. The label is empty until one of its kind was allowed. */
export interface DeviceEntry {
	kind: 'microphone' | 'camera' | 'speaker';
	id: string;
	label: string;
}

/** What the browser does to the sound of a microphone before it is sent. */
export interface SoundProcessing {
	noiseSuppression: boolean;
	echoCancellation: boolean;
}

/** Which devices are opened, by id; without an id the browser's own choice. */
export interface DeviceWishes extends Partial<SoundProcessing> {
	microphone?: string;
	camera?: string;
	/** Refuse (`OverconstrainedError`) instead of giving another one. */
	exact?: boolean;
}

/** How loud a track is, also one that is disabled. */
export interface LevelSource {
	/** Of the last moments, 0 to 1 (root mean square); null as long as the browser does not let the page measure. */
	level(): number | null;
	stop(): void;
}

/** Camera, microphone and screen of this machine. Rejections are `DOMException`s as the browser gives them. */
export interface Devices {
	open(wanted: { microphone?: boolean; camera?: boolean }, wishes?: DeviceWishes): Promise<MediaStream>;
	/** What there is; empty where the browser does not tell. */
	list(): Promise<DeviceEntry[]>;
	/** The page may say through which speaker it is heard. */
	readonly choosesSpeaker: boolean;
	/** Changes a running microphone; false when the browser only does that to one that is opened anew. */
	process(track: MediaStreamTrack, wanted: SoundProcessing): Promise<boolean>;
	/** Fetches what measures tracks, each until it is stopped. Rejects when it cannot be fetched now. */
	meter(): Promise<(track: MediaStreamTrack) => LevelSource>;
	openScreen(): Promise<MediaStream>;
	/** A silent audio and a black video track, always sending (spec C8). Made anew at each call. */
	placeholder(): { audio: MediaStreamTrack; video: MediaStreamTrack };
	/** A stream of these tracks, which stay what they are. */
	compose(tracks: MediaStreamTrack[]): MediaStream;
	/** Whether one of this kind is there, as far as the browser tells. */
	isPresent(kind: 'microphone' | 'camera'): Promise<boolean>;
	/** `revoked`: it was granted on this page before and is not any more. Browsers that do not tell are `unknown`. */
	permission(kind: 'microphone' | 'camera'): Promise<'granted' | 'revoked' | 'unknown'>;
	/** Something was plugged in or out, or a permission has changed. */
	onChange(listener: () => void): Stop;
	/** The permissions for what is wanted were granted earlier, so that asking shows no prompt. */
	alreadyGranted(wanted: { microphone?: boolean; camera?: boolean }): Promise<boolean>;
}

/** Time as a value one can pass in. Milliseconds. */
export interface Clock {
	now(): number;
	after(ms: number, run: () => void): Stop;
	every(ms: number, run: () => void): Stop;
}

/**
 * Small strings kept on this device. Never throws; a full or forbidden store forgets.
 * Keys that start with `tab:` live as long as the tab, reloads included; others stay.
 */
export interface Storage {
	read(key: string): string | null;
	/** Null removes it. Answers whether it is so from now on: a full store keeps what it had. */
	write(key: string, value: string | null): boolean;
	/** Those that begin so, in no order. */
	keys(beginning: string): string[];
}

/** What is too large for `Storage`, kept on this device over reloads and closed tabs. Never rejects. */
export interface ByteStore {
	/** Resolves with whether it is kept: a full or forbidden store forgets. */
	write(key: string, bytes: Blob): Promise<boolean>;
	/** Null when it is not there (any more). */
	read(key: string): Promise<Blob | null>;
	remove(key: string): Promise<void>;
}

/** All of them, as `createRoom` takes them. */
export interface Ports {
	link: ServerLink;
	peers: PeerLink;
	spare: SpareLink;
	network: Network;
	devices: Devices;
	clock: Clock;
	storage: Storage;
	/** A fresh, unguessable id; letters, digits and dashes. */
	randomId: () => string;
}
