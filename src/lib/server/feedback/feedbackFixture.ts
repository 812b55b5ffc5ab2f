import { createFeedbackJobs } from '../jobs/feedbackJobs.ts';
import { createFigures } from '../earnings/figuresService.ts';
import { createJobs, type Jobs } from '../jobs/jobsService.ts';
import { createSessionJobs } from '../jobs/sessionJobs.ts';
import { createNotifications, type Notifications } from '../notifications/notificationsService.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { AISHA, LIAM, MAYA, planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import type { Member } from '../../shared/roomState.ts';
import type { Row } from '../db/store.ts';
import { createFeedback, type Feedback } from './feedbackService.ts';

export const REVEAL_DAYS = 7;
export const DAY = 86_400_000;

/** For tests: what a server knows of feedback. */
export interface FeedbackServer {
	feedback: Feedback;
	notifications: Notifications;
	jobs: Jobs;
}

/** A lesson of Maya, Liam and Aisha that has just ended, with all of them there, and two servers on one database. */
export interface RatedLesson {
	lesson: Lesson;
	servers: [FeedbackServer, FeedbackServer];
	/** Another lesson of the same people that has just ended; only these were there while it was live. */
	endAnother(there?: Member[]): Promise<Row<'sessions'>>;
	/** Who rates whom, as one member of `session` sends it. */
	rate(
		session: Pick<Row<'sessions'>, 'roomCode'>,
		by: string,
		about: string,
		stars: number,
		more?: { comment?: string; connectionToBlame?: boolean | null; server?: FeedbackServer }
	): Promise<void>;
}

export async function endLesson(): Promise<RatedLesson> {
	const lesson = await planLesson({ gatherMs: 0 });

	function serve(): FeedbackServer {
		const { store, roomLog, sessions } = lesson;
		const feedback = createFeedback({
			...{ store, roomLog, sessions, attendance: createAttendance(lesson), now: lesson.time.now },
			revealAfterDays: REVEAL_DAYS
		});
		const notifications = createNotifications({ ...lesson, now: lesson.time.now });
		const figures = createFigures({ store, sessions, roomLog, now: lesson.time.now });
		const jobs = createJobs({
			store,
			now: lesson.time.now,
			handlers: {
				...createSessionJobs({ figures, notifications, sessions, hasRated: feedback.hasRatedAll }),
				...createFeedbackJobs({ notifications, feedback, sessionById: sessions.byId }),
				...{ 'send-mail': async () => {}, 'session-soon': async () => {}, 'remove-file': async () => {} }
			},
			onError(error) {
				throw error;
			}
		});
		return { feedback, notifications, jobs };
	}
	const servers: RatedLesson['servers'] = [serve(), serve()];

	async function end(session: Row<'sessions'>, there = [MAYA, LIAM, AISHA]): Promise<void> {
		await lesson.sessions.start(session);
		for (const member of there) {
			const stay = { id: `${session.id}-${member.userId}`, member };
			await createAttendance(lesson).join(session, stay, 'seat', lesson.time.now());
		}
		await lesson.time.advance(5_000);
		await lesson.sessions.end(session, 'mentor');
	}
	await end(await lesson.session());

	return {
		lesson,
		servers,
		async endAnother(there) {
			const session = await lesson.planAnother();
			await end(session, there);
			return session;
		},
		rate: ({ roomCode }, by, about, stars, { comment = '', connectionToBlame = null, server } = {}) =>
			(server ?? servers[0]).feedback.save(roomCode, userOf(by), [
				{ rateeId: about, stars, comment, connectionToBlame }
			])
	};
}

/** Somebody who is signed in. */
export function userOf(id: string) {
	const role = id === 'maya' ? ('mentor' as const) : ('learner' as const);
	return { id, name: id, email: `${id}@x.test`, role, timeZone: 'UTC' };
}
