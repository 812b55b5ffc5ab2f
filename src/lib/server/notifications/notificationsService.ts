import type { Notification, NotificationKind, NotificationPayloads } from '../../shared/notification.ts';
import type { Bus } from '../bus/bus.ts';
import type { Row, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import { insertNotification, readNotifications, takeSeq } from './notificationsQueries.ts';
import { publishToPerson } from './personMessages.ts';

export type NewNotification = {
	[K in NotificationKind]: {
		userId: string;
		kind: K;
		/** A second notification with the same key is the same notification. */
		uniqueKey: string;
		payload: NotificationPayloads[K];
	};
}[NotificationKind];

export interface Notifications {
	/** All or none; what is new is told to open pages after the commit. Repeating it changes nothing. */
	add(given: NewNotification[]): Promise<void>;
	/** Tells a mentor's open pages that their figures changed. */
	earningsChanged(mentorId: string): void;
	/** The newest first. */
	latestOf(userId: string, limit: number): Promise<Notification[]>;
}

export function createNotifications(deps: { store: Store; bus: Bus; now: () => number }): Notifications {
	const { store, bus, now } = deps;
	const { tables, db } = store;

	return {
		async add(given) {
			const createdAt = new Date(now());
			const added = await store.transact(function* (tx) {
				const news: Row<'notifications'>[] = [];
				for (const { userId, kind, uniqueKey, payload } of given) {
					const seq = yield* takeSeq(tables, tx, userId);
					const row = { id: createId(), userId, seq, kind, uniqueKey, createdAt, readAt: null };
					const full = { ...row, payload: { ...payload } };
					if (yield* insertNotification(tables, tx, full)) news.push(full);
				}
				return news;
			});
			for (const row of added)
				publishToPerson(bus, row.userId, { type: 'notification', notification: toNotification(row) });
		},
		earningsChanged: (mentorId) => publishToPerson(bus, mentorId, { type: 'earnings' }),
		latestOf: async (userId, limit) =>
			(await readNotifications(tables, db, userId, limit)).map(toNotification)
	};
}

function toNotification(row: Row<'notifications'>): Notification {
	const { id, seq, kind, payload, createdAt, readAt } = row;
	// Rows are written by `add` only, which pairs kinds and payloads.
	return {
		...{ id, seq, kind, payload },
		createdAt: createdAt.getTime(),
		readAt: readAt?.getTime() ?? null
	} as Notification;
}
