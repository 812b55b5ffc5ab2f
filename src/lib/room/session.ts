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
		default:
			return session;
	}
}
