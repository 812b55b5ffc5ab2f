import type { Member } from '../../shared/roomState.ts';
import type { Row } from '../db/store.ts';
import type { Figures } from '../earnings/figuresService.ts';
import type { Notifications } from '../notifications/notificationsService.ts';
import type { FeedbackJobKind } from './feedbackJobs.ts';
import type { JobHandlers } from './jobsService.ts';
import type { MailJobKind } from './mailJobs.ts';

/** What follows the end of a session (spec F2, F5, F9), each once in its effect: by the notifications' unique keys. */
export function createSessionJobs(deps: {
	figures: Pick<Figures, 'add'>;
	notifications: Notifications;
	sessions: {
		/** Null when there is no such session. */
		byId(sessionId: string): Promise<Row<'sessions'> | null>;
		membersOf(sessionId: string): Promise<Member[]>;
	};
	/** Whether this person has rated everybody they can rate in this session. */
	hasRated: (session: Row<'sessions'>, userId: string) => Promise<boolean>;
}): Omit<JobHandlers, FeedbackJobKind | MailJobKind | 'remove-file'> {
	const { figures, notifications, sessions, hasRated } = deps;
	return {
		async analytics({ sessionId }) {
			const mentorId = await figures.add(sessionId);
			// Also when they were added before: a server may have been killed before it could say so.
			if (mentorId) notifications.earningsChanged(mentorId);
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

		async 'notify-missed'({ sessionId }) {
			const session = await sessions.byId(sessionId);
			if (!session) return;
			const { roomCode, title } = session;
			const members = await sessions.membersOf(sessionId);
			await notifications.add(
				members.map(({ userId }) => ({
					userId,
					kind: 'session-missed' as const,
					uniqueKey: `session-missed:${sessionId}:${userId}`,
					payload: { roomCode, title }
				}))
			);
		},

		async 'rating-reminder'({ sessionId, userId }) {
			const session = await sessions.byId(sessionId);
			if (!session || (await hasRated(session, userId))) return;
			const { roomCode, title } = session;
			const uniqueKey = `rating-reminder:${sessionId}:${userId}`;
			await notifications.add([{ userId, kind: 'rating-reminder', uniqueKey, payload: { roomCode, title } }]);
		},

		async 'tell-material'({ sessionId, resourceId, fileName, addedAt }) {
			const session = await sessions.byId(sessionId);
			// During the lesson the mentor says so; what was handed over then is found with the rest of it afterwards.
			if (!session?.endedAt || addedAt < session.endedAt.getTime()) return;
			const { roomCode, title } = session;
			const learners = (await sessions.membersOf(sessionId)).filter(({ role }) => role === 'learner');
			await notifications.add(
				learners.map(({ userId }) => ({
					userId,
					kind: 'material-added' as const,
					uniqueKey: `material-added:${resourceId}:${userId}`,
					payload: { roomCode, title, fileName }
				}))
			);
		}
	};
}
