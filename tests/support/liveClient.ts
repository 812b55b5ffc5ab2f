import { createTRPCClient, createWSClient, TRPCClientError, wsLink } from '@trpc/client';
import { WebSocket, type ClientOptions } from 'ws';
import type { AppRouter } from '../../src/lib/server/trpc/appRouter.ts';
import type { LiveMessage, Participant } from '../../src/lib/shared/live.ts';
import type { RoomEvent } from '../../src/lib/shared/roomEvents.ts';
import type { RefusalReason } from '../../src/lib/shared/refusals.ts';
import { createId } from '../../src/lib/server/ids.ts';
import type { Lesson, Person } from './world.ts';

/** One page's socket, as the browser would open it, without the browser. */
export type LiveClient = ReturnType<typeof openClient>;

export interface Followed<T> {
	/** Everything that came, in order. */
	got: T[];
	/** Why the server refused; null while it has not. */
	refused(): string | null;
	stop(): void;
}

/** `who`: null for somebody who is not signed in. */
export function openClient(url: string, who: Pick<Person, 'cookie' | 'csrf'> | null) {
	const headers = { origin: url, ...(who ? { cookie: who.cookie } : {}) };
	const closes: { code: number; reason: string }[] = [];
	let socket: WebSocket | null = null;
	let largest = 0;

	class PageSocket extends WebSocket {
		constructor(address: string) {
			super(address, { headers } satisfies ClientOptions);
			// eslint-disable-next-line @typescript-eslint/no-this-alias -- the newest one is what tests cut
			socket = this;
			this.on('message', (data: Buffer) => (largest = Math.max(largest, data.length)));
			this.on('close', (code, reason) => closes.push({ code, reason: reason.toString() }));
		}
	}
	const wsClient = createWSClient({
		url: `${url.replace(/^http/, 'ws')}/trpc`,
		WebSocket: PageSocket as unknown as typeof globalThis.WebSocket,
		connectionParams: { csrf: who?.csrf ?? '' },
		retryDelayMs: () => 20
	});
	const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client: wsClient })] });

	return {
		trpc,
		/** Close codes so far, oldest first. */
		closes,
		/** Breaks the connection without a goodbye; the client comes back by itself. */
		cut: () => socket?.terminate(),
		/** Reads nothing any more without hanging up; and reads again. */
		pause: () => socket?.pause(),
		resume: () => socket?.resume(),
		/** Of all messages that came, bytes. */
		largestFrame: () => largest,
		followLog({ roomCode }: Pick<Lesson, 'roomCode'>, after = 0): Followed<RoomEvent> {
			const got: RoomEvent[] = [];
			let refused: string | null = null;
			const { unsubscribe } = trpc.room.log.subscribe(
				{ roomCode, after },
				{ onData: ({ data }) => got.push(...data), onError: (error) => (refused = reasonOf(error)) }
			);
			return { got, refused: () => refused, stop: unsubscribe };
		},
		/** Present as long as it is followed. */
		followLive(
			{ roomCode }: Pick<Lesson, 'roomCode'>,
			{ seatId = createId(), seated = true }: { seatId?: string; seated?: boolean } = {}
		): Followed<LiveMessage> & { seatId: string; people(): Participant[] } {
			const got: LiveMessage[] = [];
			let refused: string | null = null;
			const { unsubscribe } = trpc.room.live.subscribe(
				{ roomCode, seatId, seated },
				{ onData: (message) => got.push(message), onError: (error) => (refused = reasonOf(error)) }
			);
			return {
				seatId,
				got,
				refused: () => refused,
				stop: unsubscribe,
				people: () => got.findLast((message) => message.type === 'presence')?.participants ?? []
			};
		},
		close: () => wsClient.close()
	};
}

/** The reason in a refusal, or the error's own words when it is none. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof TRPCClientError)) return String(error);
	const data = error.data as { reason?: RefusalReason } | null | undefined;
	return data?.reason ?? error.message;
}

/** What a call comes to: `ok`, or the reason for which it was refused. */
export async function outcome(call: Promise<unknown>): Promise<string> {
	try {
		await call;
		return 'ok';
	} catch (error) {
		return reasonOf(error);
	}
}
