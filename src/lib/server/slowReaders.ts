import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { callsIn, createFrameGuard, SOCKET_LIMITS } from './socketLimits.ts';

/** Bytes that may wait in our memory for one reader before its connection is ended: it resumes where it was. */
export const BACKLOG_MAX = 1024 * 1024;
/** With more than this waiting, nothing is added that can be read again later. */
const BACKLOG_PACED = 64 * 1024;
/** Between two looks at a reader that is behind, ms. */
const LOOK_AGAIN = 20;
/** Who takes nothing at all for so long is disconnected, ms: 64 KB need 5 s at 100 kbit/s. */
const STALLED = 20_000;

/**
 * A connection that is not fed from memory (spec S3): who takes nothing while more and more is sent to them, is
 * disconnected, and the event `slow` says so. What the kernel holds for them is not counted. Frames that break a limit end it before anybody reads them.
 */
export class BoundedSocket extends WebSocket {
	readonly #guard = createFrameGuard(SOCKET_LIMITS.frames, Date.now);

	/** Whether whoever has this socket may make so many calls more; anybody may until it is known. */
	#mayCall: (calls: number) => boolean = () => true;

	/** From now on what comes is counted together with what the same person sends elsewhere. */
	countWith(mayCall: (calls: number) => boolean): void {
		this.#mayCall = mayCall;
	}

	override emit(event: string | symbol, ...args: unknown[]): boolean {
		const isMessage = event === 'message';
		if (!isMessage && event !== 'ping' && event !== 'pong') return super.emit(event, ...args);
		// After the first one too many nothing more is read, also of what has already arrived.
		if (this.readyState !== WebSocket.OPEN) return false;
		const broken = this.#guard(isMessage && args[1] === true);
		if (broken) this.close(broken.code, broken.reason);
		else if (isMessage && !this.#mayCall(callsIn(args[0] as Buffer))) this.close(1008, 'too-many');
		else return super.emit(event, ...args);
		return false;
	}

	override send(...args: unknown[]): void {
		super.send(...(args as Parameters<WebSocket['send']>));
		if (this.bufferedAmount <= BACKLOG_MAX) return;
		this.emit('slow');
		this.terminate();
	}
}

/**
 * Waits until a reader has taken most of what was sent: a long log goes out as fast as it is taken. Ends when `signal`
 * aborts; ends the connection when nothing is taken any more.
 */
export async function caughtUp(
	socket: Pick<WebSocket, 'readyState' | 'bufferedAmount' | 'terminate'> & Partial<Pick<WebSocket, 'emit'>>,
	signal: AbortSignal,
	now: () => number = Date.now
): Promise<void> {
	let least = socket.bufferedAmount;
	let since = now();
	while (socket.bufferedAmount > BACKLOG_PACED && socket.readyState === WebSocket.OPEN && !signal.aborted) {
		await delay(LOOK_AGAIN);
		if (socket.bufferedAmount < least) {
			least = socket.bufferedAmount;
			since = now();
		} else if (now() - since > STALLED) {
			socket.emit?.('slow');
			socket.terminate();
		}
	}
}
