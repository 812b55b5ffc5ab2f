import type { MediaConnection } from 'peerjs';
import type { MediaCall } from '../ports.ts';
import { connectionCall } from './connectionCall.ts';

/** A call of PeerJS that runs: made by us, or answered. */
export interface PeerjsCall extends MediaCall {
	/** PeerServer says that nobody has this id; only calls without an answer are concerned. */
	unavailable(): void;
}

/** Wraps a connection that has its local tracks already, and so its senders. `onEnd`: once, however it ends. */
export function peerjsCall(connection: MediaConnection, onEnd: (call: PeerjsCall) => void): PeerjsCall {
	const number = numberIn(connection.metadata);
	const inner = connectionCall(connection.peerConnection, { peerId: connection.peer, number }, () => {
		connection.close();
		onEnd(call);
	});
	// PeerJS fires this once for each track of the same stream.
	connection.on('stream', inner.streamCame);
	connection.on('close', inner.ended);
	connection.on('error', inner.ended);
	const call: PeerjsCall = {
		...inner,
		unavailable() {
			if (!connection.open) inner.ended();
		}
	};
	return call;
}

/** What the caller gave as `metadata`; anything but a sensible number counts as 0. */
function numberIn(metadata: unknown): number {
	if (typeof metadata !== 'object' || metadata === null || !('number' in metadata)) return 0;
	const { number } = metadata;
	return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : 0;
}
