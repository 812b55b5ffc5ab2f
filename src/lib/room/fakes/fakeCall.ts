import type { Clock, MediaCall } from '../ports.ts';
import type { VideoLimit } from '../sendLimits.ts';

/** From the answer to the first decoded picture, ms. */
const FIRST_FRAME = 50;

/** One end of a call between two fakes. */
export interface FakeCall extends MediaCall {
	from: string;
	to: string;
	sent: { audio: MediaStreamTrack | undefined; video: MediaStreamTrack | undefined };
	limit: VideoLimit | null;
	/** The other end, once answered. */
	other: FakeCall | null;
	closed: boolean;
	/** Media of the other side begins to come in. */
	flow(stream: MediaStream): void;
	/** As when the network or the other side ends it. */
	fail(): void;
}

let lastId = 0;

export function fakeCall(
	clock: Clock,
	ends: { from: string; to: string; peerId: string },
	stream: MediaStream
): FakeCall {
	const streams = new Set<(stream: MediaStream) => void>();
	const closings = new Set<() => void>();
	let flowingSince: number | null = null;

	const call: FakeCall = {
		...ends,
		id: ++lastId,
		other: null,
		closed: false,
		limit: null,
		sent: { audio: stream.getAudioTracks()[0], video: stream.getVideoTracks()[0] },
		onStream(listener) {
			streams.add(listener);
			return () => streams.delete(listener);
		},
		onClosed(listener) {
			closings.add(listener);
			return () => closings.delete(listener);
		},
		async replaceTrack(kind, track) {
			call.sent[kind] = track;
		},
		limitVideo(limit) {
			call.limit = limit;
		},
		async stats() {
			const shows = flowingSince !== null && clock.now() - flowingSince >= FIRST_FRAME;
			const entry = { id: 'v', type: 'inbound-rtp', kind: 'video', framesDecoded: shows ? 3 : 0 };
			return new Map([[entry.id, entry]]) as unknown as RTCStatsReport;
		},
		flow(remote) {
			flowingSince = clock.now();
			for (const listener of streams) listener(remote);
		},
		close() {
			if (call.closed) return;
			call.closed = true;
			call.other?.fail();
		},
		fail() {
			if (call.closed) return;
			call.closed = true;
			for (const listener of closings) listener();
			call.other?.fail();
		}
	};
	return call;
}
