import type { BoardOverview } from '../../shared/board.ts';
import type { Rating } from '../../shared/formSchemas.ts';
import type { Resource } from '../../shared/resource.ts';
import type { RoomEvent } from '../../shared/roomEvents.ts';
import type { Member, SessionView } from '../../shared/roomState.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import type { TimeThere } from '../../shared/timeThere.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { BoardRecord } from '../board/boardRecord.ts';
import type { Row } from '../db/store.ts';
import type { Earnings } from '../earnings/earningsService.ts';
import { rateableBy, type Feedback } from '../feedback/feedbackService.ts';
import type { Presence } from '../presence/presenceService.ts';
import type { Resources } from '../resources/resourcesService.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { timesThere } from './timesThere.ts';

export interface Recap {
	session: SessionView;
	me: Member;
	/** From start to end; null when it never started. */
	durationSeconds: number | null;
	/** Everybody who may enter: how long they were there while the session was live, and when they came and went. */
	attendance: { userId: string; name: string; role: Role; presentSeconds: number; times: TimeThere[] }[];
	chat: { id: string; authorId: string; authorName: string; text: string; at: number }[];
	/** Null where nothing is on the whiteboard. */
	board: BoardOverview | null;
	resources: Resource[];
	myRatings: Rating[];
	/** Whom this person rates. */
	rateable: Member[];
	/** For the mentor only. */
	earning: { amountMinor: number; currency: string } | null;
}

export function createRecaps(deps: {
	sessions: Sessions;
	presence: Presence;
	roomLog: RoomLog;
	boardRecord: BoardRecord;
	feedback: Feedback;
	resources: Resources;
	earnings: Earnings;
}) {
	return {
		/** What remains of a session, for its members, for good. @throws Refusal `not-found` */
		async read(roomCode: string, user: SignedInUser): Promise<Recap> {
			const { session: view, me } = await deps.sessions.roomState(roomCode, user);
			const { session } = await deps.sessions.membership(roomCode, user);
			const [stays, events, board, resources, myRatings, earning] = await Promise.all([
				deps.presence.attendanceOf(session.id),
				deps.roomLog.readAll(session.id),
				deps.boardRecord.overview(session.id),
				deps.resources.list(roomCode, user),
				deps.feedback.mine(roomCode, user),
				me.role === 'mentor' ? deps.earnings.ofSession(session.id) : null
			]);
			return {
				session: view,
				me,
				durationSeconds: session.durationSeconds,
				attendance: view.members.map((member) => {
					const own = stays.filter((stay) => stay.userId === member.userId);
					return { ...member, presentSeconds: presentSeconds(own, session), times: timesThere(own) };
				}),
				chat: chatOf(events, view.members),
				board,
				resources,
				myRatings,
				rateable: session.status === 'completed' ? rateableBy(me, view.members) : [],
				earning
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
