import { createTRPCClient, wsLink } from '@trpc/client';
import type { AppRouter } from '../../server/trpc/appRouter.ts';
import { EXTENSION_MINUTES } from '../../shared/limits.ts';
import type { LiveMessage } from '../../shared/live.ts';
import { REFUSALS, type RefusalReason } from '../../shared/refusals.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import type { Clock, LinkFailure, LinkStatus, ServerLink, Stop } from '../ports.ts';
import { requestRetry } from '../retryPolicy.ts';
import { trpcBoardLink, type Following } from './trpcBoardLink.ts';
import { isSignIn, watchSignIn } from './signIn.ts';
import { toLinkFailure } from './trpcFailure.ts';
import { openTrpcSocket } from './trpcSocket.ts';

/** The one socket to our server, by tRPC. Browser only; connects at once. */
export function trpcLink(options: {
	roomCode: string;
	userId: string;
	csrf: string;
	clock: Clock;
}): ServerLink {
	const { roomCode, userId, clock } = options;
	const origin = window.location.origin;
	const listeners = new Set<(status: LinkStatus) => void>();
	/** What was refused because nobody was signed in any more, and goes on when the person is again. */
	const refused = new Set<() => void>();
	let status: LinkStatus = { name: 'connecting', attempt: 0, reason: null };
	let { socket, trpc } = connect(options.csrf);
	const signIn = watchSignIn({ roomCode, userId, clock, onSignedIn });

	function connect(csrf: string) {
		const opened = openTrpcSocket(`${origin.replace(/^http/, 'ws')}/trpc`, csrf);
		opened.onStatus((next) => {
			status = next;
			if (status.name === 'closed') signIn.start();
			for (const listener of listeners) listener(status);
		});
		return {
			socket: opened,
			trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client: opened.client })] })
		};
	}

	function onSignedIn(csrf: string): void {
		({ socket, trpc } = connect(csrf));
		const waiting = [...refused];
		refused.clear();
		for (const open of waiting) open();
	}

	/** A closed client would connect again at the next call, so it gets none. */
	async function ask<T>(call: () => Promise<T>): Promise<T> {
		const reason = socket.closedBecause();
		if (reason) throw { kind: 'refused', reason, message: REFUSALS[reason] } satisfies LinkFailure;
		try {
			return await call();
		} catch (error) {
			throw toLinkFailure(error);
		}
	}

	/**
	 * Keeps a subscription open. tRPC itself resumes after a lost socket; what ends by an error on the server or
	 * because the server stopped it is opened again here, unless it was a refusal.
	 */
	function follow<T>(
		subscribe: (following: Following<T>) => { unsubscribe(): void },
		onData: (value: T) => void,
		onRefused: (reason: RefusalReason) => void
	): Stop {
		let stopped = false;
		let attempt = 0;
		let stop: Stop = () => undefined;

		function open(): void {
			if (stopped) return;
			if (socket.closedBecause()) return void refused.add(open);
			const subscription = subscribe({
				onData(value) {
					attempt = 0;
					if (!stopped) onData(value);
				},
				onError(error) {
					if (stopped) return;
					const failure = toLinkFailure(error);
					if (failure.kind === 'refused' && isSignIn(failure.reason)) {
						refused.add(open);
						onRefused(failure.reason);
					} else if (
						failure.kind === 'refused' &&
						failure.reason !== 'internal' &&
						failure.reason !== 'too-many'
					) {
						stopped = true;
						onRefused(failure.reason);
					} else again();
				},
				onComplete: again
			});
			stop = () => subscription.unsubscribe();
		}

		function again(): void {
			if (stopped) return;
			if (socket.closedBecause()) return void refused.add(open);
			stop = clock.after(requestRetry(attempt), open);
			attempt += 1;
		}

		open();
		return () => {
			stopped = true;
			refused.delete(open);
			stop();
		};
	}

	const board = trpcBoardLink({ roomCode, calls: () => trpc.board, ask, follow });

	return {
		board,
		onStatus(listener) {
			listeners.add(listener);
			listener(status);
			return () => listeners.delete(listener);
		},
		followLog(after, onEvent, onRefused) {
			// The id says more than the number: by it the server knows whether this page has read its log or another one.
			let lastEventId: string | null = null;
			return follow<{ id: string; data: RoomEvent[] }>(
				(following) => trpc.room.log.subscribe({ roomCode, after, lastEventId }, following),
				({ id, data }) => {
					lastEventId = id;
					data.forEach((event) => {
						board.hearEvent(event);
						onEvent(event);
					});
				},
				onRefused
			);
		},
		followLive(seat, onMessage, onRefused) {
			return follow(
				(following) => trpc.room.live.subscribe({ roomCode, ...seat }, following),
				(message: LiveMessage) => {
					if (!board.hear(message)) onMessage(message);
				},
				onRefused
			);
		},
		state: () => ask(() => trpc.room.state.query({ roomCode })),
		clock: () => ask(() => trpc.room.clock.query()),
		say: (clientId, text) => ask(() => trpc.room.say.mutate({ roomCode, clientId, text })),
		update: async (seat) => void (await ask(() => trpc.room.update.mutate({ roomCode, ...seat }))),
		start: async () => void (await ask(() => trpc.room.start.mutate({ roomCode }))),
		extend: async (clientId, given, overlapAccepted = false) => {
			const minutes = EXTENSION_MINUTES.find((offered) => offered === given);
			if (!minutes) {
				throw { kind: 'refused', reason: 'bad-input', message: REFUSALS['bad-input'] } satisfies LinkFailure;
			}
			await ask(() => trpc.room.extend.mutate({ roomCode, clientId, minutes, overlapAccepted }));
		},
		end: async () => void (await ask(() => trpc.room.end.mutate({ roomCode }))),
		leaveSeat: async (seatId) => void (await ask(() => trpc.room.leaveSeat.mutate({ roomCode, seatId }))),
		goodbye(seatId) {
			navigator.sendBeacon(`${origin}/session/${encodeURIComponent(roomCode)}/goodbye`, seatId);
		},
		callTicket: (seatId) => ask(() => trpc.room.callTicket.query({ roomCode, seatId })),
		signal: async (message) => void (await ask(() => trpc.room.signal.mutate({ roomCode, ...message }))),
		close() {
			signIn.stop();
			listeners.clear();
			socket.close();
		}
	};
}
