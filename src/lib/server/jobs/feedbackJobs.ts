import type { Row } from '../db/store.ts';
import type { Feedback } from '../feedback/feedbackService.ts';
import type { Notifications } from '../notifications/notificationsService.ts';
import type { JobHandlers } from './jobsService.ts';

/** What follows ratings (spec F4), each once in its effect. */
export type FeedbackJobKind = 'reveal-ratings' | 'notify-revealed';

export function createFeedbackJobs(deps: {
	notifications: Notifications;
	feedback: Pick<Feedback, 'reveal' | 'revealed'>;
	/** Null when there is no such session. */
	sessionById(sessionId: string): Promise<Row<'sessions'> | null>;
}): Pick<JobHandlers, FeedbackJobKind> {
	const { notifications, feedback, sessionById } = deps;
	return {
		'reveal-ratings': ({ sessionId }) => feedback.reveal(sessionId),

		async 'notify-revealed'({ sessionId, raterId, rateeId }) {
			const [session, rating] = await Promise.all([
				sessionById(sessionId),
				feedback.revealed({ sessionId, raterId, rateeId })
			]);
			if (!session || !rating) return;
			const { roomCode, title, mentorId } = session;
			const uniqueKey = `rating-revealed:${sessionId}:${raterId}:${rateeId}`;
			const payload = { roomCode, title, ...rating };
			await notifications.add([{ userId: rateeId, kind: 'rating-revealed', uniqueKey, payload }]);
			// The average on the mentor's dashboard moved.
			if (rateeId === mentorId) notifications.earningsChanged(mentorId);
		}
	};
}
