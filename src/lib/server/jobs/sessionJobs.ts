import type { Member } from '../../shared/roomState.ts';
import type { Row } from '../db/store.ts';
import type { Notifications } from '../notifications/notificationsService.ts';
import type { FeedbackJobKind } from './feedbackJobs.ts';
import type { JobHandlers } from './jobsService.ts';

/** What follows the end of a session (spec F2, F5), each once in its effect: by the notifications' unique keys. */
export function createSessionJobs(deps: {
	notifications: Notifications;
	sessions: {
		/** Null when there is no such session. */
		byId(sessionId: string): Promise<Row<'sessions'> | null>;
		membersOf(sessionId: string): Promise<Member[]>;
	};
	/** Whether this person has rated everybody they can rate in this session. */
	hasRated: (session: Row<'sessions'>, userId: string) => Promise<boolean>;
}): Omit<JobHandlers, FeedbackJobKind> {
	const { notifications, sessions, hasRated } = deps;
	return {
		async analytics({ sessionId }) {
			// Figures are sums over the ledger: nothing has to be stored, open dashboards ask again.
			const session = await sessions.byId(sessionId);
			if (session) notifications.earningsChanged(session.mentorId);
		},

		async 'notify-end'({ sessionId }) {
			const session = await sessions.byId(sessionId);
			if (!session) return;
			const { roomCode, title, durationSeconds } = session;
			const members = await sessions.membersOf(sessionId);
			await notifications.add(
				members.map(({ userId }) => ({
					userId,
					kind: 'session-ended' as const,
					uniqueKey: `session-ended:${sessionId}:${userId}`,
					payload: { roomCode, title, durationSeconds: durationSeconds ?? 0 }
				}))
			);
		},

		async 'rating-reminder'({ sessionId, userId }) {
			const session = await sessions.byId(sessionId);
			if (!session || (await hasRated(session, userId))) return;
			const { roomCode, title } = session;
			const uniqueKey = `rating-reminder:${sessionId}:${userId}`;
			await notifications.add([{ userId, kind: 'rating-reminder', uniqueKey, payload: { roomCode, title } }]);
		}
	};
}
