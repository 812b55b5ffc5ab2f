import type { Notification } from '../../shared/notification.ts';
import type { Bus } from '../bus/bus.ts';

/** What the topic `notifications:{user_id}` carries. The rows are the truth; this only wakes pages that are open. */
export type PersonMessage =
	| { type: 'notification'; notification: Notification }
	/** Figures of the mentor's dashboard changed. */
	| { type: 'earnings' }
	/** A session of this person was planned, started, moved, extended or is over. */
	| { type: 'sessions' }
	/** This person read notifications, or chose anew what to be told of. */
	| { type: 'inbox' };

/** The topic of a person (spec, “Words”). */
export function personTopic(userId: string): string {
	return `notifications:${userId}`;
}

/** Their lists of sessions are not up to date any more. Only after the commit of what changed them. */
export function tellMembers(bus: Bus, userIds: readonly string[]): void {
	for (const userId of userIds) publishToPerson(bus, userId, { type: 'sessions' });
}

/** Only after the commit of what it tells. */
export function publishToPerson(bus: Bus, userId: string, message: PersonMessage): void {
	bus.publish(personTopic(userId), message);
}

/** Returns the way to stop listening. */
export function listenToPerson(
	bus: Bus,
	userId: string,
	listener: (message: PersonMessage) => void
): () => void {
	return bus.subscribe(personTopic(userId), (message) => listener(message as PersonMessage));
}
