import type { Rating } from './formSchemas.ts';
import type { Member } from './roomState.ts';

/**
 * Whom this member rates: a learner the mentor, the mentor each learner (spec F3), of those who met while the lesson was live.
 * Whoever was not there rates nobody and is rated by nobody. `taught`: user ids.
 */
export function rateableBy(
	me: Pick<Member, 'userId' | 'role'>,
	members: readonly Member[],
	taught: ReadonlySet<string>
): Member[] {
	if (!taught.has(me.userId)) return [];
	return members.filter(({ userId, role }) => role !== me.role && taught.has(userId));
}

/** What a person said about another one, and whether that may still be changed. */
export interface GivenRating extends Omit<Rating, 'rateeId'> {
	/** The other one may read it; from then on it stays as it is (spec F4). */
	revealed: boolean;
}

/** What somebody said about this person. Whether the connection was to blame is no part of it. */
export interface ReceivedRating {
	stars: number;
	comment: string;
}

/** What a member may know of what they and another member said about each other. Instants are ms since the epoch. */
export interface PairFeedback {
	/** The other one. */
	person: Member;
	/** Null until something was said. */
	mine: GivenRating | null;
	/** Null until it is revealed: nothing tells before whether the other one has said something. */
	theirs: ReceivedRating | null;
	/** From then on what is said is shown without waiting for the other one; null when that time has come. */
	revealsAt: number | null;
}

/** What is said about a person by their revealed ratings. */
export interface Standing {
	ratings: number;
	/** One to five; null under three ratings, where single people could be told from it. */
	average: number | null;
}
