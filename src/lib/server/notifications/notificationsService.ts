import type { Bus } from '../bus/bus.ts';
import type { Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import { insertNotification, readNotifications } from './notificationsQueries.ts';

/** What a person is told outside of a room. Instants are ms since the epoch. */
export interface Notification {
	id: string;
	kind: 'session-ended' | 'rating-reminder';
	payload: Record<string, unknown>;
	createdAt: number;
	readAt: number | null;
}

export interface NewNotification {
	userId: string;
	kind: Notification['kind'];
	/** A second notification with the same key is the same notification. */
	uniqueKey: string;
	payload: Record<string, unknown>;
}

/** What the topic `notifications:{user_id}` carries. The rows are the truth; this only wakes pages that are open. */
export type PersonMessage =
	| { type: 'notification'; notification: Notification }
	/** Figures of the mentor's dashboard changed. */
	| { type: 'earnings' };

/** The topic of a person (spec, “Words”). */
export function personTopic(userId: string): string {
	return `notifications:${userId}`;
}

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

	function tell(userId: string, message: PersonMessage): void {
		bus.publish(personTopic(userId), message);
	}

	return {
		async add(given) {
			const at = now();
			const made = given.map((one) => ({ ...one, id: createId(), createdAt: new Date(at), readAt: null }));
			const added = await store.transact(function* (tx) {
				const news: typeof made = [];
				for (const row of made) if (yield* insertNotification(tables, tx, row)) news.push(row);
				return news;
			});
			for (const { userId, id, kind, payload } of added) {
				tell(userId, {
					type: 'notification',
					notification: { id, kind, payload, createdAt: at, readAt: null }
				});
			}
		},
		earningsChanged: (mentorId) => tell(mentorId, { type: 'earnings' }),
		async latestOf(userId, limit) {
			const rows = await readNotifications(tables, db, userId, limit);
			return rows.map(({ id, kind, payload, createdAt, readAt }) => ({
				id,
				kind: kind as Notification['kind'],
				payload,
				createdAt: createdAt.getTime(),
				readAt: readAt?.getTime() ?? null
			}));
		}
	};
}
