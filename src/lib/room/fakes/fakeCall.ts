import type { Clock, MediaCall } from '../ports.ts';
import { BLANK_WIDTH } from '../blank.ts';
import type { VideoLimit } from '../sendLimits.ts';
import type { FakeTrack } from './fakeDevices.ts';

/** From the answer to the first decoded picture, ms. */
const FIRST_FRAME = 50;

/** One end of a call between two fakes. */
export interface FakeCall extends MediaCall {
	from: string;
	to: string;
	sent: { audio: MediaStreamTrack | undefined; video: MediaStreamTrack | undefined };
	limit: VideoLimit | null;
	/** What the statistics say about the way out. */
	line: FakeLine;
	/** What `heardLevel` says. */
	loudness: number;
	/** The other end, once answered. */
	other: FakeCall | null;
	closed: boolean;
	/** There is nothing it could connect by. */
	hopeless: boolean;
	/** Media of the other side begins to come in. */
	flow(stream: MediaStream): void;
	/** Packets stop coming in, or come again. Nobody is told. */
	setSilent(silent: boolean): void;
	/** As when the network or the other side ends it. */
	fail(): void;
}

/** A way out: what goes through, whether that is too little, and the share of packets that are lost. */
export interface FakeLine {
	/** Bits per second. */
	available: number;
	limitation: 'none' | 'bandwidth';
	lossOut: number;
}

let lastId = 0;

export function fakeCall(
	clock: Clock,
	ends: { from: string; to: string; peerId: string; number: number },
	stream: MediaStream
): FakeCall {
	const streams = new Set<(stream: MediaStream) => void>();
	const closings = new Set<() => void>();
	/** Since when media comes in, and for how long it did before, ms. */
	let flowingSince: number | null = null;
	let flowed = 0;

	const flowedSoFar = () => flowed + (flowingSince === null ? 0 : clock.now() - flowingSince);

	const call: FakeCall = {
		...ends,
		id: ++lastId,
		other: null,
		closed: false,
		hopeless: false,
		limit: null,
		loudness: 0,
		heardLevel: () => call.loudness,
		line: { available: 3_000_000, limitation: 'none', lossOut: 0 },
		sent: { audio: stream.getAudioTracks()[0], video: stream.getVideoTracks()[0] },
		onStream(listener) {
			streams.add(listener);
			return () => streams.delete(listener);
		},
		onClosed(listener) {
			closings.add(listener);
			return () => closings.delete(listener);
		},
		isAnswered: () => call.other !== null,
		async replaceTrack(kind, track) {
			call.sent[kind] = track;
		},
		limitVideo(limit) {
			call.limit = limit;
		},
		async stats() {
			const time = flowedSoFar();
			const framesDecoded = time >= FIRST_FRAME ? 3 + Math.floor(time / 50) : 0;
			const packetsReceived = Math.floor(time / 20);
			const source = (call.other?.sent.video as unknown as FakeTrack | undefined)?.source;
			const frameWidth = source === 'placeholder' ? BLANK_WIDTH : 640;
			const entry = {
				...{ id: 'v', type: 'inbound-rtp', kind: 'video' },
				...{ framesDecoded, packetsReceived, frameWidth }
			};
			const { available, limitation, lossOut } = call.line;
			const stats = [
				entry,
				{
					...{ id: 'p', type: 'candidate-pair', nominated: true, state: 'succeeded' },
					...{ currentRoundTripTime: 0.02, availableOutgoingBitrate: available }
				},
				{ id: 'o', type: 'outbound-rtp', kind: 'video', qualityLimitationReason: limitation },
				{
					...{ id: 'r', type: 'remote-inbound-rtp', kind: 'video', fractionLost: lossOut },
					// One a second, as long as the other way carries something.
					roundTripTimeMeasurements: Math.floor(time / 1_000)
				}
			];
			const found = call.hopeless ? [entry] : stats;
			return new Map(found.map((stat) => [stat.id, stat])) as unknown as RTCStatsReport;
		},
		fingerprints: () => [`SHA-256 ${call.from}`, `SHA-256 ${call.to}`],
		setSilent(silent) {
			if (silent) {
				flowed = flowedSoFar();
				flowingSince = null;
			} else flowingSince ??= clock.now();
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
