import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';

/** Bytes that may wait in our memory for one reader before its connection is ended: it resumes where it was. */
export const BACKLOG_MAX = 1024 * 1024;
/** With more than this waiting, nothing is added that can be read again later. */
const BACKLOG_PACED = 128 * 1024;
/** Between two looks at a reader that is behind, ms. */
const LOOK_AGAIN = 20;

/**
 * A connection that is not fed from memory (spec S3): who takes nothing while more and more is sent to them, is
 * disconnected. What the kernel holds for them is not counted.
 */
export class BoundedSocket extends WebSocket {
	override send(...args: unknown[]): void {
		super.send(...(args as Parameters<WebSocket['send']>));
		if (this.bufferedAmount > BACKLOG_MAX) this.terminate();
	}
}

/** Whether a stream of what is stored anyway may go on: the long log of a late joiner is sent as fast as it is taken. */
export async function caughtUp(
	socket: Pick<WebSocket, 'readyState' | 'bufferedAmount'>,
	signal: AbortSignal
): Promise<void> {
	while (socket.bufferedAmount > BACKLOG_PACED && socket.readyState === WebSocket.OPEN && !signal.aborted)
		await delay(LOOK_AGAIN);
}
