import { weeklySeries } from '../../shared/lessonSeries.ts';
import type { LessonDraft, Occurrence, Planned, Planner } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Database, Row, Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { createRoomCode } from '../ids.ts';
import { AS_PLANNED } from '../sessions/asPlanned.ts';
import { readInTransaction } from '../sessions/statusQueries.ts';
import { invite, readInvited, refuseFlood } from './invite.ts';
import type { Change, ChangePlans, PlanningDeps } from './planChange.ts';
import { insertSessions, lockPerson, readSeries } from './planningQueries.ts';
import { draftInput, idFrom, readInput } from './planInput.ts';

type Session = Row<'sessions'>;

/** What a lesson is planned with; the rest of its row follows from it. */
export type NewLesson = Pick<
	Session,
	'id' | 'mentorId' | 'title' | 'description' | 'startsAt' | 'endsAt' | 'priceMinor'
> &
	Partial<Pick<Session, 'seriesId' | 'bookedById'>>;

/**
 * Inside a transaction: lessons with their members and reminders, and who hears of it. Who is asked by mail is up to the
 * caller, who also makes ids that a repeated wish makes again.
 */
export function* insertPlanned(
	{ store, remind }: Pick<PlanningDeps, 'store' | 'remind'>,
	{ tx, news, at }: Pick<Change, 'tx' | 'news' | 'at'>,
	lessons: NewLesson[],
	learnerIds: string[]
): Steps<Session[]> {
	const sessions = lessons.map((lesson): Session => ({
		...AS_PLANNED,
		...lesson,
		roomCode: createRoomCode(),
		status: 'scheduled',
		...{ startedAt: null, endedAt: null, endReason: null, durationSeconds: null },
		...{ lastSeq: 0, createdAt: at }
	}));
	const { mentorId } = lessons[0]!;
	yield* insertSessions(store.tables, tx, sessions, [
		{ userId: mentorId, role: 'mentor' },
		...learnerIds.map((userId) => ({ userId, role: 'learner' as const }))
	]);
	for (const session of sessions) yield* remind(tx, session);
	news.concerns([mentorId, ...learnerIds]);
	return sessions;
}

export function createPlan(deps: PlanningDeps, changePlans: ChangePlans) {
	const { store, now, mails } = deps;
	const { tables } = store;

	return async function plan(user: Planner, draft: LessonDraft): Promise<Planned> {
		if (user.role !== 'mentor') throw new Refusal('not-mentor');
		const input = readInput(draftInput, draft);
		const { clientId, title, description, priceMinor, learnerEmails, weeks } = input;
		const times = weeklySeries(input, user.timeZone);
		if (times[0]!.endsAt <= now()) throw new Refusal('bad-input');
		const ids = times.map((_, week) => idFrom(user.id, clientId, String(week)));
		const seriesId = weeks > 1 ? idFrom(user.id, clientId, 'series') : null;

		return changePlans(function* (change) {
			const { tx } = change;
			// Under the mentor's row: of two forms at once the second sees what the first has planned.
			const mentor = yield* lockPerson(tables, tx, user.id);
			if (!mentor) throw new Refusal('signed-out');
			const earlier = yield* readInTransaction(tables, tx, ids[0]!);
			if (earlier) {
				const isSame =
					earlier.title === title &&
					earlier.startsAt.getTime() === times[0]!.startsAt &&
					earlier.endsAt.getTime() === times[0]!.endsAt &&
					earlier.priceMinor === priceMinor &&
					earlier.seriesId === seriesId;
				if (!isSame) throw new Refusal('id-conflict');
				return yield* plannedBefore(tables, tx, earlier, times);
			}
			const invited = yield* readInvited(tables, tx, mentor, learnerEmails, mails.leave);
			yield* refuseFlood(tables, change, mentor, invited, mails.leave);
			const lessons = times.map(({ startsAt, endsAt }, week) => ({
				...{ id: ids[week]!, mentorId: user.id, title, description, priceMinor, seriesId },
				...{ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
			}));
			const learnerIds = invited.flatMap(({ person }) => person?.id ?? []);
			const sessions = yield* insertPlanned(deps, change, lessons, learnerIds);
			yield* invite(deps, change, mentor, sessions, invited);
			return { roomCode: sessions[0]!.roomCode, seriesId, occurrences: times };
		});
	};
}

/** What the first one of several equal forms was answered with. */
function* plannedBefore(tables: Tables, tx: Database, first: Session, times: Occurrence[]): Steps<Planned> {
	const { roomCode, seriesId, startsAt } = first;
	const series = seriesId === null ? [first] : yield* readSeries(tables, tx, seriesId, startsAt);
	const occurrences = series.map((session, week) => ({
		...{ startsAt: session.startsAt.getTime(), endsAt: session.endsAt.getTime() },
		clock: times[week]?.clock ?? 'once'
	}));
	return { roomCode, seriesId, occurrences };
}
