/** Audio alone counts as media after about a second of packets (20 ms each), for when video does not get through. */
const AUDIO_PACKETS = 50;

/**
 * Whether a call shows something: a decoded picture, or sound for a while (spec C4). `before`: packets of sound that
 * came before the lesson and were silence.
 */
export function hasMedia(report: RTCStatsReport, before = 0): boolean {
	let shows = audioPackets(report) - before >= AUDIO_PACKETS;
	report.forEach((entry: unknown) => {
		if (isInbound(entry) && entry.kind === 'video' && (entry.framesDecoded ?? 0) > 0) shows = true;
	});
	return shows;
}

/** Packets of silence after which a call that is only rehearsed is known to carry something. */
const SILENT_PACKETS = 5;

/** Whether the path of a call carries something before the lesson, when nothing but silence is sent. */
export function hasPath(report: RTCStatsReport): boolean {
	return audioPackets(report) >= SILENT_PACKETS;
}

/** Packets of sound that have come in. */
export function audioPackets(report: RTCStatsReport): number {
	let packets = 0;
	report.forEach((entry: unknown) => {
		if (isInbound(entry) && entry.kind === 'audio') packets += entry.packetsReceived ?? 0;
	});
	return packets;
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
	packetsReceived?: number;
}

function isInbound(entry: unknown): entry is Inbound {
	return typeof entry === 'object' && entry !== null && 'type' in entry && entry.type === 'inbound-rtp';
}
