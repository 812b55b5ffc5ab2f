import { rateableBy, type PairFeedback, type Standing } from '../../shared/feedback.ts';
import { feedbackSchema, type Rating } from '../../shared/formSchemas.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Member } from '../../shared/roomState.ts';
import type { z } from 'zod';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { Row, Store } from '../db/store.ts';
import { enqueueJobs, type NewJob } from '../jobs/jobsService.ts';
import type { Attendance } from '../presence/attendanceService.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import {
	readAround,
	readHidden,
	readReadable,
	readRevealed,
	readTotals,
	saveRating
} from './feedbackQueries.ts';
import { revealRatings } from './revealRatings.ts';

/** Below this many ratings an average tells who said what. */
const RATINGS_FOR_AVERAGE = 3;
const DAY = 86_400_000;

/** Ratings as callers send them. */
export type SentRatings = z.input<typeof feedbackSchema>['ratings'];

export function createFeedback(deps: {
	store: Store;
	roomLog: RoomLog;
	sessions: Sessions;
	attendance: Pick<Attendance, 'taught'>;
	now: () => number;
	/** How long after the end ratings stay hidden when only one of a pair has rated, days. */
	revealAfterDays: number;
}) {
	const { store, roomLog, sessions, attendance } = deps;
	const { tables, db } = store;

	function revealsAt(session: Pick<Row<'sessions'>, 'endedAt' | 'endsAt'>): number {
		return (session.endedAt ?? session.endsAt).getTime() + deps.revealAfterDays * DAY;
	}

	async function rateableIn(sessionId: string, member: Pick<Member, 'userId' | 'role'>): Promise<Member[]> {
		const [members, taught] = await Promise.all([
			sessions.membersOf(sessionId),
			attendance.taught([sessionId])
		]);
		return rateableBy(member, members, taught.get(sessionId) ?? new Set());
	}

	return {
		/**
		 * Keeps what a member says about others, hidden until both of a pair have said something or some days have passed
		 * (spec F4). Repeating it changes nothing, also once it is revealed.
		 * @throws Refusal `not-found` for strangers, `not-over` before the end, `bad-input` for somebody one does not rate,
		 * `rating-revealed` for a change of what the other one may have read
		 */
		async save(roomCode: string, user: SignedInUser, given: SentRatings): Promise<void> {
			const { session, member } = await sessions.membership(roomCode, user);
			if (session.status !== 'completed') throw new Refusal('not-over');
			const parsed = feedbackSchema.safeParse({ ratings: given });
			if (!parsed.success) throw new Refusal('bad-input');
			const rateable = new Set((await rateableIn(session.id, member)).map(({ userId }) => userId));
			if (!parsed.data.ratings.every((rating) => rateable.has(rating.rateeId)))
				throw new Refusal('bad-input');

			await roomLog.transact(function* (tx, log) {
				// The session's row is the lock: of two who rate each other at the same moment the second sees the first.
				yield* log.lock(session.id);
				const at = new Date(log.at);
				const standing = yield* readAround(tables, tx, session.id, user.id);
				const due = revealsAt(session) <= log.at;
				const reveal: Row<'ratings'>[] = [];
				const waiting: NewJob[] = [];
				for (const rating of parsed.data.ratings) {
					const mine = standing.find((row) => row.raterId === user.id && row.rateeId === rating.rateeId);
					const theirs = standing.find((row) => row.raterId === rating.rateeId);
					if (mine && isSame(mine, rating)) continue;
					if (mine?.revealedAt) throw new Refusal('rating-revealed');
					const times = { createdAt: at, updatedAt: at, revealedAt: null };
					const row = { ...rating, sessionId: session.id, raterId: user.id, ...times };
					const saved = yield* saveRating(tables, tx, row);
					if (due || theirs) reveal.push(saved, ...(theirs ? [theirs] : []));
					else
						waiting.push({
							kind: 'reveal-ratings',
							// For each one: a job of the whole session may be done by the clock of another server, or of other days.
							uniqueKey: `reveal-ratings:${session.id}:${user.id}:${rating.rateeId}`,
							payload: { sessionId: session.id },
							dueAt: revealsAt(session)
						});
				}
				yield* revealRatings(store, tx, reveal, at);
				yield* enqueueJobs(store, tx, waiting);
			});
		},

		/** When the days have passed: shows what is still hidden in this session. Repeating it changes nothing. */
		async reveal(sessionId: string): Promise<void> {
			await roomLog.transact(function* (tx, log) {
				yield* log.lock(sessionId);
				const hidden = yield* readHidden(tables, tx, sessionId);
				yield* revealRatings(store, tx, hidden, new Date(log.at));
			});
		},

		/** What its ratee is told of a rating; null while it is hidden. */
		revealed: (pair: { sessionId: string; raterId: string; rateeId: string }) =>
			readRevealed(tables, db, pair),

		/** Whether this person has rated everybody they can rate in this session. */
		async hasRatedAll(session: Pick<Row<'sessions'>, 'id'>, userId: string): Promise<boolean> {
			const me = (await sessions.membersOf(session.id)).find((member) => member.userId === userId);
			if (!me) return true;
			const readable = await readReadable(tables, db, session.id, userId);
			const rated = new Set(readable.flatMap((row) => (row.raterId === userId ? [row.rateeId] : [])));
			return (await rateableIn(session.id, me)).every((other) => rated.has(other.userId));
		},

		/**
		 * Everything that this person may read of the ratings of a session: one entry for each person they rate. Empty
		 * before the end. @throws Refusal `not-found`
		 */
		async pairs(roomCode: string, user: SignedInUser): Promise<PairFeedback[]> {
			const { session, member } = await sessions.membership(roomCode, user);
			if (session.status !== 'completed') return [];
			const [rateable, members, rows] = await Promise.all([
				rateableIn(session.id, member),
				sessions.membersOf(session.id),
				readReadable(tables, db, session.id, user.id)
			]);
			const at = revealsAt(session);
			// What was said of somebody who was not there, before that was refused, is still to be read.
			const said = new Set(rows.flatMap(({ raterId, rateeId }) => [raterId, rateeId]));
			const isShown = (person: Member) =>
				person.role !== member.role &&
				(rateable.some(({ userId }) => userId === person.userId) || said.has(person.userId));
			return members.filter(isShown).map((person) => {
				const mine = rows.find((row) => row.raterId === user.id && row.rateeId === person.userId);
				const theirs = rows.find((row) => row.raterId === person.userId);
				return {
					person,
					mine: mine
						? {
								...{ stars: mine.stars, comment: mine.comment, connectionToBlame: mine.connectionToBlame },
								revealed: mine.revealedAt !== null
							}
						: null,
					theirs: theirs ? { stars: theirs.stars, comment: theirs.comment } : null,
					revealsAt: deps.now() < at ? at : null
				};
			});
		},

		/** What revealed ratings say about a person. */
		async standingOf(userId: string): Promise<Standing> {
			const { ratings, stars } = (await readTotals(tables, db, userId)) ?? { ratings: 0, stars: 0 };
			return { ratings, average: ratings < RATINGS_FOR_AVERAGE ? null : stars / ratings };
		}
	};
}

export type Feedback = ReturnType<typeof createFeedback>;

function isSame(row: Row<'ratings'>, { stars, comment, connectionToBlame }: Rating): boolean {
	return row.stars === stars && row.comment === comment && row.connectionToBlame === connectionToBlame;
}
