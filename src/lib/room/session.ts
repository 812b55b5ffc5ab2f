import type { RoomEvent } from '../shared/roomEvents.ts';
import type { SessionView } from '../shared/roomState.ts';

/**
 * The session after one log entry. The page's first state may already contain entries that are replayed
 * afterwards, so every step is idempotent and none goes back.
 */
export function foldSession(session: SessionView, event: RoomEvent): SessionView {
	switch (event.type) {
		case 'session.start':
			return session.status === 'scheduled' ? { ...session, status: 'live', startedAt: event.at } : session;
		case 'session.extend':
			return event.payload.endsAt > session.endsAt ? { ...session, endsAt: event.payload.endsAt } : session;
		case 'session.end':
			return session.status === 'live' || session.status === 'scheduled'
				? { ...session, status: 'completed', endedAt: event.at, endReason: event.payload.reason }
				: session;
		case 'session.moved': {
			const { startsAt, endsAt, sequence } = event.payload;
			// How long before the start it may begin stays as it is.
			const startableFrom = session.startableFrom + startsAt - session.startsAt;
			return isNews(session, sequence) ? { ...session, startsAt, endsAt, startableFrom, sequence } : session;
		}
		case 'session.changed': {
			const { title, sequence } = event.payload;
			return isNews(session, sequence) ? { ...session, title, sequence } : session;
		}
		case 'session.cancelled':
			return session.status === 'scheduled'
				? { ...session, status: 'cancelled', cancelReason: event.payload.reason }
				: session;
		default:
			return session;
	}
}

/** Changes of a plan are counted: what is replayed from before this state says nothing new. */
function isNews(session: SessionView, sequence: number): boolean {
	return session.status === 'scheduled' && sequence > (session.sequence ?? 0);
}
