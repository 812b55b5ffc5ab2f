import {
	UNREAD_COUNTED,
	type Notification,
	type NotificationNews,
	type Nudge
} from '../../shared/notification.ts';
import type { Bus } from '../bus/bus.ts';
import type { Store } from '../db/store.ts';
import { createBell } from '../roomLog/bell.ts';
import { followLog } from '../roomLog/followLog.ts';
import { countUnread, readAfter, readLastSeq } from './notificationsQueries.ts';
import { toNotification } from './notificationsService.ts';
import { listenToPerson, type PersonMessage } from './personMessages.ts';

/** Rows read from the database at once, and live ones kept in memory for one page. */
const PAGE_SIZE = 200;
const BUFFER_SIZE = 64;
/** Notifications handed on together. */
const BATCH_MAX = 50;

/** What the open pages of a person are told as it happens. */
export interface PersonFeed {
	/**
	 * This person's notifications with `seq > after`, in order and once, then each new one until `signal` aborts.
	 * Without `after` it starts at the present end, with an empty message that tells the unread count. `upTo` is what
	 * to go on from. A place beyond the end was seen before a backup was restored: then too it starts at the end.
	 */
	follow(
		userId: string,
		after: number | null,
		signal: AbortSignal
	): AsyncGenerator<NotificationNews & { upTo: number }, void, undefined>;
	/** What else is to be read anew; the same news twice before it is taken is one. Begins with `standing`. */
	nudges(userId: string, signal: AbortSignal): AsyncGenerator<Nudge, void, undefined>;
}

export function createPersonFeed({ store, bus }: { store: Store; bus: Bus }): PersonFeed {
	const { tables, db } = store;
	const unreadOf = (userId: string) => countUnread(tables, db, userId, UNREAD_COUNTED);

	return {
		async *follow(userId, after, signal) {
			const end = await readLastSeq(tables, db, userId);
			let last = after;
			if (last === null || last > end) {
				last = end;
				yield { upTo: end, notifications: [], unread: await unreadOf(userId) };
			}
			const batches = followLog<Notification>(
				{
					listen: (listener) =>
						listenToPerson(bus, userId, (message) => {
							if (message.type === 'notification') listener(message.notification);
						}),
					read: async (from, limit) => (await readAfter(tables, db, userId, from, limit)).map(toNotification),
					pageSize: PAGE_SIZE,
					bufferSize: BUFFER_SIZE,
					batchSize: () => BATCH_MAX
				},
				last,
				signal
			);
			for await (const notifications of batches)
				yield { upTo: notifications.at(-1)!.seq, notifications, unread: await unreadOf(userId) };
		},

		async *nudges(userId, signal) {
			if (signal.aborted) return;
			const bell = createBell();
			const waiting = new Set<Exclude<PersonMessage['type'], 'notification'>>();
			const unlisten = listenToPerson(bus, userId, ({ type }) => {
				if (type === 'notification') return;
				waiting.add(type);
				bell.ring();
			});
			const stop = () => {
				unlisten();
				bell.ring();
			};
			signal.addEventListener('abort', stop, { once: true });
			try {
				yield { type: 'standing', unread: await unreadOf(userId) };
				while (!signal.aborted) {
					for (const type of waiting) {
						waiting.delete(type);
						yield type === 'inbox' ? { type, unread: await unreadOf(userId) } : { type };
					}
					if (!signal.aborted) await bell.wait();
				}
			} finally {
				signal.removeEventListener('abort', stop);
				unlisten();
			}
		}
	};
}
