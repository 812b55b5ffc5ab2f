import type { BoardOverview } from '../../shared/board.ts';
import type { PairFeedback } from '../../shared/feedback.ts';
import type { Resource } from '../../shared/resource.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import type { Member, SessionView } from '../../shared/roomState.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import type { TimeThere } from '../../shared/timeThere.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { BoardRecord } from '../board/boardRecord.ts';
import type { Row, Store } from '../db/store.ts';
import type { Earnings } from '../earnings/earningsService.ts';
import type { Feedback } from '../feedback/feedbackService.ts';
import type { Presence } from '../presence/presenceService.ts';
import type { Resources } from '../resources/resourcesService.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { lessonClock, type LessonTime } from './lessonClock.ts';
import type { LessonNote, LessonNotes } from './lessonNotes.ts';
import { readLearnerEmails, readNextTogether } from './recapQueries.ts';
import { timesThere } from './timesThere.ts';

export interface Recap {
	session: SessionView;
	me: Member;
	/** From start to end; null when it never started. */
	durationSeconds: number | null;
	/** How much of it was taught, and what interrupted the rest. */
	time: LessonTime;
	/** Everybody who may enter: how long they were there while the session was live, and when they came and went. */
	attendance: { userId: string; name: string; role: Role; presentSeconds: number; times: TimeThere[] }[];
	chat: { id: string; authorId: string; authorName: string; text: string; at: number }[];
	/** Null where nothing is on the whiteboard. */
	board: BoardOverview | null;
	resources: Resource[];
	/** One for each person whom this one rates. */
	feedback: PairFeedback[];
	/** The mentor's, for the next lesson. */
	note: LessonNote | null;
	/** The next session of this person with the mentor, or with one of the learners, that is planned already. */
	next: { roomCode: string; title: string; startsAt: number; live: boolean } | null;
	/** For the mentor only. */
	earning: { amountMinor: number; feeMinor: number; currency: string } | null;
}

/** A session as the one after it may be planned: the same people, length and price. Instants are ms since the epoch. */
export interface PlanAgain {
	title: string;
	learnerEmails: string[];
	startsAt: number;
	minutes: number;
	priceMinor: number;
}

export function createRecaps(deps: {
	store: Store;
	sessions: Sessions;
	presence: Presence;
	roomLog: RoomLog;
	boardRecord: BoardRecord;
	feedback: Feedback;
	resources: Resources;
	earnings: Earnings;
	notes: LessonNotes;
	now: () => number;
}) {
	const { store, now } = deps;

	async function nextTogether(me: Member, members: Member[]): Promise<Recap['next']> {
		const others = members.filter(({ role }) => role !== me.role).map(({ userId }) => userId);
		const found = await readNextTogether(store.tables, store.db, me.userId, others, new Date(now()));
		if (!found) return null;
		const { roomCode, title, startsAt, status } = found;
		return { roomCode, title, startsAt: startsAt.getTime(), live: status === 'live' };
	}

	return {
		/** For the mentor who plans the next session. @throws Refusal `not-found`, `not-mentor` */
		async planAgain(roomCode: string, user: SignedInUser): Promise<PlanAgain> {
			const { session, member } = await deps.sessions.membership(roomCode, user);
			if (member.role !== 'mentor') throw new Refusal('not-mentor');
			const { title, startsAt, endsAt, priceMinor } = session;
			const minutes = Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);
			const learnerEmails = await readLearnerEmails(store.tables, store.db, session.id);
			return { title, learnerEmails, startsAt: startsAt.getTime(), minutes, priceMinor };
		},

		/** What remains of a session, for its members, for good. @throws Refusal `not-found` */
		async read(roomCode: string, user: SignedInUser): Promise<Recap> {
			const { session: view, me } = await deps.sessions.roomState(roomCode, user);
			const { session } = await deps.sessions.membership(roomCode, user);
			const [stays, events, board, resources, feedback, note, next, earning] = await Promise.all([
				deps.presence.attendanceOf(session.id),
				deps.roomLog.readAll(session.id),
				deps.boardRecord.overview(session.id),
				deps.resources.list(roomCode, user),
				deps.feedback.pairs(roomCode, user),
				deps.notes.of(session.id),
				nextTogether(me, view.members),
				me.role === 'mentor' ? deps.earnings.ofSession(session.id) : null
			]);
			return {
				session: view,
				me,
				durationSeconds: session.durationSeconds,
				time: lessonClock(view, view.members, events),
				attendance: view.members.map((member) => {
					const own = stays.filter((stay) => stay.userId === member.userId);
					return { ...member, presentSeconds: presentSeconds(own, session), times: timesThere(own) };
				}),
				chat: chatOf(events, view.members),
				board,
				resources,
				...{ feedback, note, next, earning }
			};
		}
	};
}

export type Recaps = ReturnType<typeof createRecaps>;

/** Seconds of one person's stays inside the live time; stays that overlap (two tabs) count once. */
export function presentSeconds(
	stays: Pick<Row<'attendance'>, 'joinedAt' | 'leftAt' | 'heartbeatAt'>[],
	session: Pick<Row<'sessions'>, 'startedAt' | 'endedAt'>
): number {
	const start = session.startedAt?.getTime();
	const end = session.endedAt?.getTime();
	if (start === undefined || end === undefined) return 0;
	const spans = stays
		.map((stay) => ({
			from: Math.max(start, stay.joinedAt.getTime()),
			to: Math.min(end, (stay.leftAt ?? stay.heartbeatAt).getTime())
		}))
		.filter((span) => span.to > span.from)
		.sort((a, b) => a.from - b.from);
	let total = 0;
	let reached = start;
	for (const { from, to } of spans) {
		total += Math.max(0, to - Math.max(from, reached));
		reached = Math.max(reached, to);
	}
	return Math.round(total / 1000);
}

function chatOf(events: RoomEvent[], members: Member[]): Recap['chat'] {
	const names = new Map(members.map((member) => [member.userId, member.name]));
	return events.flatMap((event) =>
		event.type === 'chat.message' && event.actorId
			? [
					{
						id: event.clientId,
						authorId: event.actorId,
						authorName: names.get(event.actorId) ?? 'Former member',
						text: event.payload.text,
						at: event.at
					}
				]
			: []
	);
}
