import { sameCaptionsChoice, type CaptionsChoice } from '../shared/captions.ts';
import { sameTrouble, type DeviceTrouble } from '../shared/deviceTrouble.ts';
import { sameReport, type LineReport } from '../shared/lineReport.ts';
import type { MediaState, Participant } from '../shared/live.ts';
import { sameSizes, type PictureSizes } from '../shared/pictureSizes.ts';
import type { Quality } from './qualitySides.ts';
import type { CallView, PathView, PersonView } from './roomView.ts';

/** What this page wants the others to know about its seat. */
export interface SeatTruth {
	peerId: string | null;
	media: MediaState;
	handRaised: boolean;
	line: LineReport | null;
	/** How large this page shows the others. */
	shows?: PictureSizes;
	/** Left out as long as no device was tried on this page: then what the server knows stays. */
	deviceTrouble?: DeviceTrouble | null;
	captions: CaptionsChoice | null;
}

/** What is known of the call with one other person. */
export interface CallPicture {
	call: CallView;
	stream: MediaStream | null;
	/** When the last packet came, ms, where calls had been good and nothing comes now; else null. */
	silentSince: number | null;
	/** Sound comes in, new pictures do not. */
	frozen: boolean;
	/** The other side gets what is sent from here, as far as it says. */
	heard: boolean;
	/** By a TURN server; null while that is not known. */
	relayed: boolean | null;
	path: PathView;
}

export function ownSeat(participants: readonly Participant[], seatId: string): Participant | null {
	return participants.find((person) => person.seatId === seatId) ?? null;
}

/** Everybody else: a second seat of the same person is not another person. */
export function othersOf(participants: readonly Participant[], myUserId: string): Participant[] {
	return participants.filter((person) => person.userId !== myUserId);
}

function sameMedia(a: MediaState, b: MediaState): boolean {
	return a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}

/** Whether the server knows this seat as it is. */
export function isPublished(seat: SeatTruth, truth: SeatTruth): boolean {
	return (
		seat.peerId === truth.peerId &&
		seat.handRaised === truth.handRaised &&
		sameMedia(seat.media, truth.media) &&
		sameReport(seat.line, truth.line) &&
		sameSizes(seat.shows ?? {}, truth.shows ?? {}) &&
		sameCaptionsChoice(seat.captions, truth.captions) &&
		(truth.deviceTrouble === undefined || sameTrouble(seat.deviceTrouble ?? null, truth.deviceTrouble))
	);
}

/** Somebody of whom nothing has come for this long is said to be reconnecting, ms. */
const GONE_QUIET = 3_000;

/**
 * The people as the page shows them, earliest arrival first. One's own states come from here and not from the
 * server's echo, so that buttons answer at once.
 */
export function peopleView(
	participants: readonly Participant[],
	own: { userId: string; truth: SeatTruth; isConnected: boolean },
	callOf: (userId: string) => CallPicture,
	qualityOf: (userId: string) => Quality | null,
	now: number
): PersonView[] {
	const calm = {
		...{ trouble: null, silent: false, frozen: false, unheard: false, videoPaused: false, speaking: false }
	} as const;
	return [...participants]
		.sort((a, b) => a.arrival - b.arrival)
		.map((person): PersonView => {
			const quality = qualityOf(person.userId);
			if (person.userId === own.userId) {
				const deviceTrouble = own.truth.deviceTrouble ?? person.deviceTrouble;
				const mine = { ...person, ...own.truth, ...calm, deviceTrouble, quality };
				return { ...mine, isMe: true, call: 'waiting', path: 'none', relayed: null, stream: null };
			}
			const { call, path, stream, silentSince, frozen, heard, relayed } = callOf(person.userId);
			const silent = silentSince !== null;
			const trouble = troubleOf(person.state, silentSince, own.isConnected, now);
			const videoPaused = person.line?.pausedFor.includes(own.userId) ?? false;
			const rest = {
				...calm,
				trouble,
				silent,
				quality,
				videoPaused,
				frozen: frozen && !videoPaused,
				unheard: !heard
			};
			return { ...person, ...rest, isMe: false, call, path, relayed, stream };
		});
}

/** Without the server this page may be the one in trouble, so nothing is said about the other side. */
function troubleOf(
	state: Participant['state'],
	silentSince: number | null,
	isConnected: boolean,
	now: number
): PersonView['trouble'] {
	if (state === 'away') return 'reconnecting';
	if (silentSince === null) return null;
	return isConnected && now - silentSince >= GONE_QUIET ? 'reconnecting' : 'retrying';
}

/** See `RoomView.mediaReady`. */
export function isMediaReady(people: readonly PersonView[], myPeerId: string | null): boolean {
	const others = people.filter((person) => !person.isMe);
	return others.length === 0 ? myPeerId !== null : others.some((person) => person.call === 'connected');
}
