import type { MediaCall } from '../ports.ts';
import { sameLimit, type VideoLimit } from '../sendLimits.ts';

/** A call over a connection, however that was set up. */
export interface ConnectionCall extends MediaCall {
	/** What the other side sends is there; repeating it changes nothing. */
	streamCame(stream: MediaStream): void;
	/** It is over: by the other side, the network or a failure. */
	ended(): void;
}

let lastId = 0;

/**
 * Wraps a connection that has its local tracks already, and so its senders. `onEnd`: once, however it ends; it has to
 * close the connection.
 */
export function connectionCall(
	pc: RTCPeerConnection,
	{ peerId, number }: Pick<MediaCall, 'peerId' | 'number'>,
	onEnd: () => void
): ConnectionCall {
	const streamListeners = new Set<(stream: MediaStream) => void>();
	const closedListeners = new Set<() => void>();
	const senders = { audio: senderOf(pc, 'audio'), video: senderOf(pc, 'video') };
	let stream: MediaStream | null = null;
	let closed = false;
	/** Undefined until told; null: no picture is sent. */
	let limit: VideoLimit | null | undefined;

	function ended(): void {
		if (closed) return;
		closed = true;
		for (const listener of closedListeners) listener();
		onEnd();
	}

	// PeerJS looks at `iceConnectionState` only, which never says `failed` in Chromium.
	pc.addEventListener('connectionstatechange', () => {
		if (pc.connectionState === 'failed') ended();
		else if (pc.connectionState === 'connected') {
			applyLimit();
			preferSound();
		}
	});

	/** Of what a weak line carries sound comes first. */
	function preferSound(): void {
		const sender = senders.audio;
		const parameters = sender?.getParameters();
		const encoding = parameters?.encodings[0];
		if (closed || !sender || !parameters || !encoding) return;
		encoding.priority = 'high';
		// Firefox does not know it and takes no notice.
		encoding.networkPriority = 'high';
		sender.setParameters(parameters).catch(() => undefined);
	}

	function applyLimit(): void {
		const sender = senders.video;
		if (closed || limit === undefined || !sender?.track) return;
		const parameters = sender.getParameters();
		const encoding = parameters.encodings[0];
		// Firefox has no encodings before the first negotiation; `connected` comes back here.
		if (!encoding) return;
		encoding.active = limit !== null;
		if (limit) {
			const width = sender.track.getSettings().width ?? limit.maxWidth;
			encoding.maxBitrate = limit.maxBitrate;
			encoding.maxFramerate = limit.maxFramerate;
			encoding.scaleResolutionDownBy = Math.max(1, width / limit.maxWidth);
		}
		// Rejected only where a newer call of this function was faster, or the call has ended.
		sender.setParameters(parameters).catch(() => undefined);
	}

	return {
		peerId,
		number,
		id: ++lastId,
		onStream(listener) {
			streamListeners.add(listener);
			if (stream) listener(stream);
			return () => streamListeners.delete(listener);
		},
		onClosed(listener) {
			closedListeners.add(listener);
			return () => closedListeners.delete(listener);
		},
		isAnswered: () => pc.remoteDescription !== null,
		async replaceTrack(kind, track) {
			await senders[kind]?.replaceTrack(track);
			// The new picture may have another width.
			if (kind === 'video') applyLimit();
		},
		heardLevel: () => levelOf(pc),
		limitVideo(next) {
			if (limit !== undefined && sameLimit(limit, next)) return;
			limit = next;
			applyLimit();
		},
		stats: () => pc.getStats(),
		fingerprints: () => [pc.localDescription, pc.remoteDescription].map((side) => fingerprintIn(side?.sdp)),
		close() {
			closedListeners.clear();
			streamListeners.clear();
			ended();
		},
		streamCame(came) {
			if (closed || stream?.id === came.id) return;
			stream = came;
			for (const listener of streamListeners) listener(came);
		},
		ended
	};
}

function senderOf(pc: RTCPeerConnection, kind: 'audio' | 'video'): RTCRtpSender | undefined {
	return pc.getSenders().find((sender) => sender.track?.kind === kind);
}

/** Of the certificate that one side proves itself by; null before it is known. All lines of a call share one. */
function fingerprintIn(sdp: string | undefined): string | null {
	return /^a=fingerprint:(\S+ [\dA-F:]+)\s*$/im.exec(sdp ?? '')?.[1]?.toUpperCase() ?? null;
}

/** Of the newest packet that was played. Cheap: the browser keeps it and nothing is gathered, as statistics are. */
function levelOf(pc: RTCPeerConnection): number {
	const receiver = pc.getReceivers().find(({ track }) => track.kind === 'audio');
	// Absent in browsers that do not know it.
	const sources = receiver?.getSynchronizationSources?.() ?? [];
	return Math.max(0, ...sources.map(({ audioLevel }) => audioLevel ?? 0));
}
