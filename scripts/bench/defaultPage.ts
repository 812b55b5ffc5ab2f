import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { WebSocket, type ClientOptions } from 'ws';
import type { AppRouter } from '../../src/lib/server/trpc/appRouter.ts';

/** A reader of a room's log by tRPC's own client as it comes: its retry delays, no keep-alive. */
export function openDefaultPage(
	origin: string,
	person: { cookie: string; csrf: string },
	roomCode: string
): { lastSeq(): number; close(): void } {
	class PageSocket extends WebSocket {
		constructor(address: string) {
			super(address, { headers: { origin, cookie: person.cookie } } satisfies ClientOptions);
			// Without a listener a refused connection would end the process.
			this.on('error', () => undefined);
		}
	}
	const client = createWSClient({
		url: `${origin.replace(/^http/, 'ws')}/trpc`,
		WebSocket: PageSocket as unknown as typeof globalThis.WebSocket,
		connectionParams: { csrf: person.csrf }
	});
	const trpc = createTRPCClient<AppRouter>({ links: [wsLink({ client })] });
	let seq = 0;
	trpc.room.log.subscribe({ roomCode }, { onData: ({ data }) => (seq = data.at(-1)?.seq ?? seq) });
	return { lastSeq: () => seq, close: () => void client.close() };
}
