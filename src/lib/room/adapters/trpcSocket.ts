import { createWSClient } from '@trpc/client';
import { CLOSE_FORBIDDEN, CLOSE_RESTARTING, CLOSE_SIGNED_OUT } from '../../shared/limits.ts';
import type { RefusalReason } from '../../shared/refusals.ts';
import type { LinkStatus, Stop } from '../ports.ts';
import { restartRetry, socketRetry } from '../retryPolicy.ts';
import { onWake } from './browserNetwork.ts';
import { createKnock } from './knock.ts';
import { promptSockets } from './promptWebSocket.ts';
import { createPause } from './wakeablePause.ts';

/** A connection without a sign of life for the two together is given up, ms. */
interface KeepAlive {
	intervalMs: number;
	pongTimeoutMs: number;
}
/** For a room: others wait. */
const ROOM_KEEP_ALIVE: KeepAlive = { intervalMs: 1_500, pongTimeoutMs: 1_000 };

/** The WebSocket to `/trpc`: retries by our own policy until the server refuses in words. */
export interface TrpcSocket {
	client: ReturnType<typeof createWSClient>;
	/** Why no call makes sense any more; null while it does. */
	closedBecause(): RefusalReason | null;
	onStatus(listener: (status: LinkStatus) => void): Stop;
	close(): void;
}

export function openTrpcSocket(url: string, csrf: string, keepAlive = ROOM_KEEP_ALIVE): TrpcSocket {
	const listeners = new Set<(status: LinkStatus) => void>();
	let status: LinkStatus = { name: 'connecting', attempt: 0, reason: null };
	let wasLive = false;

	function set(next: LinkStatus): void {
		if (status.name === 'closed') return;
		status = next;
		for (const listener of listeners) listener(status);
	}

	const sockets = promptSockets();
	const pause = createPause();
	const knock = createKnock(`${url.replace(/^ws/, 'http').replace(/\/trpc$/, '')}/healthz`);
	/** The first try after a loss is made at once and without asking. */
	let asksFirst = false;
	let restarting = false;
	const client = createWSClient({
		// tRPC waits by a timer that nothing can wake; so it is told not to wait, and asks for the address later.
		url: async () => {
			await pause.wait();
			if (asksFirst) {
				await knock.answered();
				sockets.expectAnswer();
			}
			return url;
		},
		connectionParams: { csrf },
		WebSocket: sockets.WebSocket,
		keepAlive: { enabled: true, ...keepAlive },
		retryDelayMs(attempt) {
			asksFirst = attempt > 0;
			pause.set((restarting ? restartRetry : socketRetry)(attempt));
			return 0;
		},
		onClose(cause) {
			const reason = refusalOf(cause?.code);
			restarting = cause?.code === CLOSE_RESTARTING || (restarting && status.name !== 'live');
			if (reason === null) return;
			// In this order: closing the client would otherwise be seen as one more loss.
			set({ name: 'closed', attempt: 0, reason });
			void client.close();
		}
	});
	const stopWaking = onWake(() => {
		if (status.name === 'live') return;
		// A try that was made while the network was away hangs; the one after it is made at once.
		pause.skip();
		knock.giveUp();
		sockets.giveUpOpening();
	});
	client.connectionState.subscribe({
		next(state) {
			if (state.state === 'pending') {
				wasLive = true;
				set({ name: 'live', attempt: 0, reason: null });
			} else if (state.state === 'connecting' && state.error) {
				const name = wasLive ? 'reconnecting' : 'connecting';
				set({ name, attempt: status.name === 'live' ? 1 : status.attempt + 1, reason: null });
			}
		}
	});

	return {
		client,
		closedBecause: () => (status.name === 'closed' ? (status.reason ?? 'internal') : null),
		onStatus(listener) {
			listeners.add(listener);
			listener(status);
			return () => listeners.delete(listener);
		},
		close() {
			stopWaking();
			listeners.clear();
			status = { name: 'closed', attempt: 0, reason: 'signed-out' };
			void client.close();
		}
	};
}

function refusalOf(code: number | undefined): RefusalReason | null {
	if (code === CLOSE_SIGNED_OUT) return 'signed-out';
	return code === CLOSE_FORBIDDEN ? 'bad-csrf' : null;
}
