import {
	OPTIONAL_KINDS,
	UNREAD_COUNTED,
	type Notification,
	type NotificationChoices,
	type NotificationKind,
	type NotificationPage,
	type NotificationPayloads,
	type OptionalKind,
	type ReadNotifications
} from '../../shared/notification.ts';
import type { Bus } from '../bus/bus.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import { createId } from '../ids.ts';
import {
	countUnread,
	insertNotification,
	isMuted,
	markRead,
	readBefore,
	readMuted,
	readUnread,
	setMuted,
	takeSeq
} from './notificationsQueries.ts';
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

/** What people are told outside of rooms, each in a durable list of their own. */
export interface Notifications {
	/**
	 * All or none; what is new is told to open pages after the commit. Repeating it changes nothing. Kinds that
	 * somebody does not want are left out for them.
	 */
	add(given: NewNotification[]): Promise<void>;
	/** The same inside somebody else's transaction; what it answers with is given to `tell` after the commit. */
	write(tx: Database, given: readonly NewNotification[]): Steps<Row<'notifications'>[]>;
	tell(written: readonly Row<'notifications'>[]): void;
	/** Tells a mentor's open pages that their figures changed. */
	earningsChanged(mentorId: string): void;
	/** The newest first. */
	latestOf(userId: string, limit: number): Promise<Notification[]>;
	/** At most `limit` with `seq < before`; null: from the newest on. */
	page(userId: string, before: number | null, limit: number): Promise<NotificationPage>;
	/** At most `UNREAD_COUNTED`. */
	unreadOf(userId: string): Promise<number>;
	/** Only this person's own; repeating it changes nothing. Their other pages are told. */
	markRead(userId: string, which: ReadNotifications): Promise<void>;
	choicesOf(userId: string): Promise<NotificationChoices>;
	setChoice(userId: string, kind: OptionalKind, wanted: boolean): Promise<void>;
}

export function createNotifications(deps: { store: Store; bus: Bus; now: () => number }): Notifications {
	const { store, bus, now } = deps;
	const { tables, db } = store;

	function* write(tx: Database, given: readonly NewNotification[]): Steps<Row<'notifications'>[]> {
		const createdAt = new Date(now());
		// By person, so that two transactions never wait for each other's people.
		const inOrder = given.toSorted((a, b) => (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0));
		const news: Row<'notifications'>[] = [];
		for (const { userId, kind, uniqueKey, payload } of inOrder) {
			if (yield* isMuted(tables, tx, userId, kind)) continue;
			const seq = yield* takeSeq(tables, tx, userId);
			const row = { id: createId(), userId, seq, kind, uniqueKey, createdAt, readAt: null };
			const full = { ...row, payload: { ...payload } };
			if (yield* insertNotification(tables, tx, full)) news.push(full);
		}
		return news;
	}

	function tell(written: readonly Row<'notifications'>[]): void {
		for (const row of written)
			publishToPerson(bus, row.userId, { type: 'notification', notification: toNotification(row) });
	}

	return {
		add: async (given) => tell(await store.transact((tx) => write(tx, given))),
		write,
		tell,
		earningsChanged: (mentorId) => publishToPerson(bus, mentorId, { type: 'earnings' }),
		latestOf: async (userId, limit) =>
			(await readBefore(tables, db, userId, null, limit)).map(toNotification),
		async page(userId, before, limit) {
			// One more than is shown says whether there are older ones.
			const rows = await readBefore(tables, db, userId, before, limit + 1);
			return {
				notifications: rows.slice(0, limit).map(toNotification),
				older: rows.length > limit,
				serverNow: now()
			};
		},
		unreadOf: (userId) => countUnread(tables, db, userId, UNREAD_COUNTED),
		async markRead(userId, which) {
			const readAt = new Date(now());
			const changed = await store.transact(function* (tx) {
				if (!('roomCode' in which)) return yield* markRead(tables, tx, userId, which, readAt);
				const unread = yield* readUnread(tables, tx, userId);
				const ids = unread.flatMap(({ id, payload }) => (payload.roomCode === which.roomCode ? [id] : []));
				return ids.length > 0 && (yield* markRead(tables, tx, userId, { ids }, readAt));
			});
			if (changed) publishToPerson(bus, userId, { type: 'inbox' });
		},
		async choicesOf(userId) {
			const muted = await readMuted(tables, db, userId);
			const choices = OPTIONAL_KINDS.map((kind) => [kind, !muted.includes(kind)]);
			return Object.fromEntries(choices) as NotificationChoices;
		},
		async setChoice(userId, kind, wanted) {
			const changed = await store.transact((tx) => setMuted(tables, tx, { userId, kind }, !wanted));
			if (changed) publishToPerson(bus, userId, { type: 'inbox' });
		}
	};
}

export function toNotification(row: Row<'notifications'>): Notification {
	const { id, seq, kind, payload, createdAt, readAt } = row;
	// Rows are written by `add` only, which pairs kinds and payloads.
	return {
		...{ id, seq, kind, payload },
		createdAt: createdAt.getTime(),
		readAt: readAt?.getTime() ?? null
	} as Notification;
}
