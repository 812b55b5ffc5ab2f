import type { Database, Row, Steps, Store } from '../db/store.ts';
import { enqueueJobs, type JobPayloads } from '../jobs/jobsService.ts';
import type { Notifications } from '../notifications/notificationsService.ts';
import type { Mails } from './mailKinds.ts';
import { mailLessonOf, recipientOf } from './mailLesson.ts';
import { readReminded } from './remindersQueries.ts';

/** How long before the start of a session its members are reminded, minutes. */
const REMINDER_MINUTES = [24 * 60, 60, 10] as const;

/**
 * Inside the transaction that plans or moves a session: the work that reminds of this very start. Whatever reminds of an
 * earlier plan falls away by itself when its time comes. What should have come by `now` is not made.
 */
export function* enqueueReminders(
	store: Store,
	tx: Database,
	session: Pick<Row<'sessions'>, 'id' | 'startsAt'>,
	now: number
): Steps<void> {
	const startsAt = session.startsAt.getTime();
	const jobs = REMINDER_MINUTES.map((minutesBefore) => ({
		kind: 'session-soon' as const,
		uniqueKey: `session-soon:${session.id}:${startsAt}:${minutesBefore}`,
		payload: { sessionId: session.id, startsAt, minutesBefore },
		dueAt: startsAt - minutesBefore * 60_000
	}));
	yield* enqueueJobs(
		store,
		tx,
		jobs.filter(({ dueAt }) => dueAt > now)
	);
}

/** What the job `session-soon` does: every member is told and written to, once. */
export function createReminders(deps: {
	store: Store;
	notifications: Pick<Notifications, 'add'>;
	mails: Mails;
	/** ISO 4217. */
	currency: string;
	now: () => number;
}) {
	const { store, notifications, mails, currency, now } = deps;
	return {
		async remind({ sessionId, startsAt, minutesBefore }: JobPayloads['session-soon']): Promise<void> {
			const found = await readReminded(store.tables, store.db, sessionId);
			if (!found) return;
			const { session, people } = found;
			if (session.status !== 'scheduled' || session.startsAt.getTime() !== startsAt) return;
			// After hours without a server only the nearest one still says something.
			const next = REMINDER_MINUTES.find((minutes) => minutes < minutesBefore) ?? 0;
			if (now() >= startsAt - next * 60_000) return;
			const mentor = people.find(({ id }) => id === session.mentorId);
			if (!mentor) return;
			const { roomCode, title } = session;
			const key = `session-soon:${sessionId}:${startsAt}:${minutesBefore}`;
			await notifications.add(
				people.map(({ id }) => ({
					userId: id,
					kind: 'session-soon' as const,
					uniqueKey: `${key}:${id}`,
					payload: { roomCode, title, startsAt, minutesBefore }
				}))
			);
			const lesson = mailLessonOf(session, mentor, currency);
			await store.transact((tx) =>
				mails.enqueue(
					tx,
					people.map((person) => ({
						kind: 'lesson-soon' as const,
						uniqueKey: `${key}:${person.id}`,
						to: recipientOf(person),
						payload: { lesson, minutesBefore },
						dropAt: startsAt
					}))
				)
			);
		}
	};
}

export type Reminders = ReturnType<typeof createReminders>;
