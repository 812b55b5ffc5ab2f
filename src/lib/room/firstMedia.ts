import { BLANK_WIDTH } from './blank.ts';

/** Audio alone counts as media after about a second of packets (20 ms each), for when video does not get through. */
const AUDIO_PACKETS = 50;

/** Whether a call shows something: a decoded picture, or sound for a while (spec C4). */
export function hasMedia(report: RTCStatsReport): boolean {
	let shows = false;
	report.forEach((entry: unknown) => {
		if (!isInbound(entry)) return;
		if (entry.kind === 'video' && (entry.framesDecoded ?? 0) > 0) shows = true;
		if (entry.kind === 'audio' && (entry.packetsReceived ?? 0) >= AUDIO_PACKETS) shows = true;
	});
	return shows;
}

/** Whether the newest picture of a call is more than the blackness that is sent where there is none. */
export function hasPicture(report: RTCStatsReport): boolean {
	let has = false;
	report.forEach((entry: unknown) => {
		if (isInbound(entry) && entry.kind === 'video' && (entry.frameWidth ?? 0) > BLANK_WIDTH) has = true;
	});
	return has;
}

/** Whether the other side answers on the media path, so that pictures are a matter of moments. */
export function isReached(report: RTCStatsReport): boolean {
	let reached = false;
	report.forEach((entry: { type?: string; responsesReceived?: number }) => {
		if (entry.type === 'candidate-pair' && (entry.responsesReceived ?? 0) > 0) reached = true;
	});
	return reached;
}

/** Whether there is no way at all that could still lead to the other side: no candidate here fits one of theirs. */
export function isHopeless(report: RTCStatsReport): boolean {
	let pairs = 0;
	report.forEach((entry: { type?: string }) => {
		if (entry.type === 'candidate-pair') pairs += 1;
	});
	return pairs === 0;
}

/** Whether a TURN server has given this side an address; a call that began while it was away never gets one. */
export function hasRelay(report: RTCStatsReport): boolean {
	let has = false;
	report.forEach((entry: { type?: string; candidateType?: string }) => {
		if (entry.type === 'local-candidate' && entry.candidateType === 'relay') has = true;
	});
	return has;
}

interface Inbound {
	type: 'inbound-rtp';
	kind: string;
	framesDecoded?: number;
	/** px */
	frameWidth?: number;
	packetsReceived?: number;
}

function isInbound(entry: unknown): entry is Inbound {
	return typeof entry === 'object' && entry !== null && 'type' in entry && entry.type === 'inbound-rtp';
}
