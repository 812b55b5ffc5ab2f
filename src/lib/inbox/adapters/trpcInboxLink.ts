import { createTRPCClient, wsLink } from '@trpc/client';
import type { AppRouter } from '../../server/trpc/appRouter.ts';
import type { NotificationNews, Nudge } from '../../shared/notification.ts';
import { trpcCalls } from '../../room/adapters/trpcCalls.ts';
import { openTrpcSocket } from '../../room/adapters/trpcSocket.ts';
import type { Clock } from '../../room/ports.ts';
import type { InboxLink } from '../inboxLink.ts';

/** Slower than a room's, ms: pages that lie open all day should cost little. */
const KEEP_ALIVE = { intervalMs: 5_000, pongTimeoutMs: 3_000 };

/** The same kind of socket as the room's, for pages without a room. Browser only; connects at once. */
export function trpcInboxLink({ csrf, clock }: { csrf: string; clock: Clock }): InboxLink {
	const url = `${window.location.origin.replace(/^http/, 'ws')}/trpc`;
	const socket = openTrpcSocket(url, csrf, KEEP_ALIVE);
	const { notifications } = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket.client })] });
	const { ask, follow } = trpcCalls({ closedBecause: socket.closedBecause, clock });

	return {
		followNews(onNews, onRefused) {
			// tRPC resumes by itself after a lost socket; this is for what is opened anew after an error.
			let lastEventId: string | null = null;
			const stopStatus = socket.onStatus(({ name }) => name === 'closed' && onRefused());
			const stop = follow<{ id: string; data: NotificationNews }>(
				(following) => notifications.follow.subscribe({ lastEventId }, following),
				({ id, data }) => {
					lastEventId = id;
					onNews(data);
				},
				onRefused
			);
			return () => {
				stopStatus();
				stop();
			};
		},
		followNudges: (onNudge, onRefused) =>
			follow<Nudge>((following) => notifications.nudges.subscribe(undefined, following), onNudge, onRefused),
		newest: () => ask(() => notifications.page.query({})),
		markRead: async (which) => void (await ask(() => notifications.markRead.mutate(which))),
		setChoice: async (kind, wanted) =>
			void (await ask(() => notifications.setChoice.mutate({ kind, wanted }))),
		close: () => socket.close()
	};
}
