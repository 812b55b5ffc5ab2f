import type { Row } from '../src/lib/server/db/store.ts';
import { createId } from '../src/lib/server/ids.ts';
import type { NewNotification } from '../src/lib/server/notifications/notificationsService.ts';
import type { missedLesson } from './missedLesson.ts';
import type { PastLesson, People } from './pastLesson.ts';
import { SAMPLE_PEOPLE, type SamplePerson } from './sampleLessons.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

type Told = NewNotification & { at: number };
type MissedLesson = Pick<ReturnType<typeof missedLesson>, 'session' | 'members'>;

/** What the sample people were told of their past lessons, and where their lists go on. `now` in ms. */
export function sampleNotifications(
	lessons: readonly PastLesson[],
	missed: MissedLesson,
	people: People,
	now: number
): { inboxes: Row<'inboxes'>[]; notifications: Row<'notifications'>[] } {
	const told = [...lessons.flatMap((lesson) => toldOf(lesson, people, now)), ...toldOfMissed(missed)].sort(
		(a, b) => a.at - b.at
	);
	const lastSeqs = new Map<string, number>();
	const notifications = told.map(({ at, ...notification }): Row<'notifications'> => {
		const seq = (lastSeqs.get(notification.userId) ?? 0) + 1;
		lastSeqs.set(notification.userId, seq);
		return {
			...{ id: createId(), ...notification, seq, payload: { ...notification.payload } },
			createdAt: new Date(at),
			readAt: isRead(notification, now - at) ? new Date(Math.min(at + 20 * MINUTE, now)) : null
		};
	});
	return { inboxes: [...lastSeqs].map(([userId, lastSeq]) => ({ userId, lastSeq })), notifications };
}

/** Most was read long ago; something is new, so that the bell has something to say. */
function isRead({ kind }: NewNotification, age: number): boolean {
	if (kind === 'session-ended') return true;
	return age > (kind === 'rating-revealed' ? 10 * DAY : 5 * DAY);
}

function toldOf({ session, members, ratings, resources }: PastLesson, people: People, now: number): Told[] {
	const { id, roomCode, title } = session;
	const lesson = { roomCode, title };
	const endedAt = session.endedAt!.getTime();
	const others = (userId: string) =>
		members.filter((member) => member.role !== members.find((me) => me.userId === userId)?.role);
	const rating = (from: string, to: string) =>
		ratings.find(({ raterId, rateeId }) => raterId === from && rateeId === to);

	const ended = members.map(({ userId }): Told => ({
		...{ at: endedAt, userId, kind: 'session-ended' },
		uniqueKey: `session-ended:${id}:${userId}`,
		payload: { ...lesson, durationSeconds: session.durationSeconds ?? 0 }
	}));
	const reminders = members
		.filter(({ userId }) => others(userId).some((other) => !rating(userId, other.userId)))
		.map(({ userId }): Told => ({
			...{ at: endedAt + 5 * MINUTE, userId, kind: 'rating-reminder' },
			uniqueKey: `rating-reminder:${id}:${userId}`,
			payload: lesson
		}));
	const revealed = ratings.flatMap(({ raterId, rateeId, stars, revealedAt }): Told[] =>
		revealedAt
			? [
					{
						...{ at: revealedAt.getTime(), userId: rateeId, kind: 'rating-revealed' },
						uniqueKey: `rating-revealed:${id}:${raterId}:${rateeId}`,
						payload: { ...lesson, raterName: nameOf(raterId, people), stars }
					}
				]
			: []
	);
	const material = resources.flatMap((file) =>
		others(file.uploadedBy).map(({ userId }): Told => ({
			...{ at: file.uploadedAt.getTime(), userId, kind: 'material-added' },
			uniqueKey: `material-added:${file.id}:${userId}`,
			payload: { ...lesson, fileName: file.name }
		}))
	);
	return [...ended, ...reminders, ...revealed, ...material].filter(({ at }) => at <= now);
}

function toldOfMissed({ session, members }: MissedLesson): Told[] {
	const { id, roomCode, title, endsAt } = session;
	return members.map(({ userId }) => ({
		...{ at: endsAt.getTime(), userId, kind: 'session-missed' },
		uniqueKey: `session-missed:${id}:${userId}`,
		payload: { roomCode, title }
	}));
}

function nameOf(userId: string, people: People): string {
	const who = (Object.keys(people) as SamplePerson[]).find((key) => people[key] === userId);
	return who ? SAMPLE_PEOPLE[who].name : '';
}
