import { createTRPCClient, wsLink } from '@trpc/client';
import type { AppRouter } from '../../server/trpc/appRouter.ts';
import { EXTENSION_MINUTES } from '../../shared/limits.ts';
import type { LiveMessage } from '../../shared/live.ts';
import { REFUSALS } from '../../shared/refusals.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import { withShownNames } from '../../shared/shownNames.ts';
import type { Clock, LinkFailure, LinkStatus, ServerLink } from '../ports.ts';
import { watchSignIn } from './signIn.ts';
import { trpcBoardLink } from './trpcBoardLink.ts';
import { trpcCalls } from './trpcCalls.ts';
import { trpcCompanyLink } from './trpcCompanyLink.ts';
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
	let status: LinkStatus = { name: 'connecting', attempt: 0, reason: null };
	let { socket, trpc } = connect(options.csrf);
	const { ask, follow, reopen } = trpcCalls({ closedBecause: () => socket.closedBecause(), clock });
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
		reopen();
	}

	const board = trpcBoardLink({ roomCode, calls: () => trpc.board, ask, follow });
	const company = trpcCompanyLink({ roomCode, calls: () => trpc.company, ask });

	return {
		board,
		company,
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
					if (!board.hear(message) && !company.hear(message)) onMessage(message);
				},
				onRefused
			);
		},
		readmitted: reopen,
		state: async () => withShownNames(await ask(() => trpc.room.state.query({ roomCode }))),
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
