import { feedbackSchema, type Rating } from '../../shared/formSchemas.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Member } from '../../shared/roomState.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { Row, Store } from '../db/store.ts';
import type { Sessions } from '../sessions/sessionsService.ts';
import { feedbackQueries } from './feedbackQueries.ts';

const RATINGS_FOR_AVERAGE = 3;

/** Whom this member rates: a learner the mentor, the mentor each learner (spec F3). */
export function rateableBy(me: { userId: string; role: Member['role'] }, members: Member[]): Member[] {
	return members.filter((member) => member.userId !== me.userId && member.role !== me.role);
}

export function createFeedback(deps: { store: Store; sessions: Sessions; now: () => number }) {
	const queries = feedbackQueries(deps.store);
	return {
		/** @throws Refusal `not-found` for strangers, `not-over` before the end, `bad-input` for somebody one does not rate */
		async save(roomCode: string, user: SignedInUser, given: Rating[]): Promise<void> {
			const { session, member } = await deps.sessions.membership(roomCode, user);
			if (session.status !== 'completed') throw new Refusal('not-over');
			const parsed = feedbackSchema.safeParse({ ratings: given });
			if (!parsed.success) throw new Refusal('bad-input');
			const rateable = new Set(
				rateableBy(member, await deps.sessions.membersOf(session.id)).map((other) => other.userId)
			);
			if (!parsed.data.ratings.every((rating) => rateable.has(rating.rateeId)))
				throw new Refusal('bad-input');
			const at = new Date(deps.now());
			await queries.save(
				parsed.data.ratings.map((rating) => ({
					...rating,
					sessionId: session.id,
					raterId: user.id,
					connectionToBlame: null,
					createdAt: at,
					updatedAt: at,
					revealedAt: null
				}))
			);
		},

		/** Whether this person has rated everybody they can rate in this session. */
		async hasRatedAll(session: Pick<Row<'sessions'>, 'id'>, userId: string): Promise<boolean> {
			const members = await deps.sessions.membersOf(session.id);
			const me = members.find((member) => member.userId === userId);
			if (!me) return true;
			const rated = new Set((await queries.by(session.id, userId)).map((rating) => rating.rateeId));
			return rateableBy(me, members).every((other) => rated.has(other.userId));
		},

		/** One's own ratings of this session. */
		async mine(roomCode: string, user: SignedInUser): Promise<Rating[]> {
			const { session } = await deps.sessions.membership(roomCode, user);
			const rows = await queries.by(session.id, user.id);
			return rows.map(({ rateeId, stars, comment }) => ({ rateeId, stars, comment }));
		},

		/** What revealed ratings say about a person; no average below three, which would tell who said what. */
		async standingOf(userId: string): Promise<{ ratings: number; average: number | null }> {
			const { ratings, stars } = await queries.totalsOf(userId);
			return { ratings, average: ratings < RATINGS_FOR_AVERAGE ? null : stars / ratings };
		}
	};
}

export type Feedback = ReturnType<typeof createFeedback>;
