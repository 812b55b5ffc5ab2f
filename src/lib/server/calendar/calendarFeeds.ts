import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Row, Store } from '../db/store.ts';
import { raiseVersion, readFeedOwner, readFeedSessions } from './calendarQueries.ts';
import { lessonFeed, type CalendarLesson } from './lessonCalendar.ts';

/** How long a cancelled lesson is still told of, so that every calendar hears of it, ms. */
const CANCELLED_FOR_MS = 30 * 24 * 3_600_000;
/** The newest of them: some 20 lessons a week for two years. */
const LESSONS_MAX = 2_000;
const SEPARATOR = '~';

/** Private calendars to subscribe to. Whoever has the address reads it: it is unguessable, and one can make a new one. */
export interface CalendarFeeds {
	/** The whole address of somebody's feed, and the version it is made from; null for nobody. */
	addressOf(userId: string): Promise<{ url: string; version: number } | null>;
	/** The feed of an address (its last part, without `.ics`) as iCalendar; null for one that is not (any more) right. */
	read(address: string): Promise<{ calendar: string; etag: string } | null>;
	/** Makes a new address; the old one finds nothing from then on. `version`: the one that is to be revoked. */
	renew(userId: string, version: number): Promise<void>;
}

export function createCalendarFeeds(deps: {
	store: Store;
	secret: string;
	origin: () => string;
	now: () => number;
}): CalendarFeeds {
	const { store, secret, origin, now } = deps;
	const { tables, db } = store;

	const proofOf = (userId: string, version: number) =>
		createHmac('sha256', secret).update(`calendar:${version}:${userId}`).digest('base64url');

	return {
		async addressOf(userId) {
			const owner = await readFeedOwner(tables, db, userId);
			if (!owner) return null;
			const address = `${userId}${SEPARATOR}${proofOf(userId, owner.calendarVersion)}`;
			return { url: `${origin()}/calendar/feed/${address}.ics`, version: owner.calendarVersion };
		},

		async read(address) {
			const cut = address.lastIndexOf(SEPARATOR);
			if (cut < 1) return null;
			const owner = await readFeedOwner(tables, db, address.slice(0, cut));
			// Compared for nobody as well, so that an answer does not tell by its time who is somebody.
			const expected = Buffer.from(proofOf(owner?.id ?? '', owner?.calendarVersion ?? 0));
			const given = Buffer.from(address.slice(cut + 1));
			if (given.length !== expected.length || !timingSafeEqual(given, expected) || !owner) return null;
			const cancelledAfter = new Date(now() - CANCELLED_FOR_MS);
			const sessions = await readFeedSessions(tables, db, owner.id, cancelledAfter, LESSONS_MAX);
			const place = { origin: origin(), senderAddress: '' };
			const calendar = lessonFeed(sessions.map(feedLesson), 'PeerLearn', place);
			const etag = `"${createHash('sha256').update(calendar).digest('base64url').slice(0, 27)}"`;
			return { calendar, etag };
		},

		renew: (userId, version) => store.transact((tx) => raiseVersion(tables, tx, userId, version))
	};
}

function feedLesson(session: Row<'sessions'>): CalendarLesson {
	const { id, roomCode, title, description, startsAt, endsAt, calendarSequence, createdAt } = session;
	return {
		...{ sessionId: id, roomCode, title, description, sequence: calendarSequence },
		...{ startsAt: startsAt.getTime(), endsAt: endsAt.getTime() },
		// The same for the same state, so that an unchanged calendar is the same text.
		at: (session.cancelledAt ?? createdAt).getTime(),
		cancelled: session.status === 'cancelled',
		mentor: { name: '', email: '' }
	};
}
