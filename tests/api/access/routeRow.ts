import type { Lesson, Person } from '../../support/world.ts';

/**
 * Who asks. `removed`: by the mentor, from the running session. `over…`: after the end of the session. The others ask about a
 * running one; with `planned` about one that is to come.
 */
export const CALLERS = [
	'signedOut',
	'stranger',
	'otherMentor',
	'removed',
	'learner',
	'mentor',
	'overLearner',
	'overMentor'
] as const;
export type Caller = (typeof CALLERS)[number];

/** What comes of it: the status, and for redirects where to, `303 /login`. */
export type Outcome = number | `303 ${string}`;
export type Outcomes = Record<Caller, Outcome>;

/** What somebody asks about. */
export interface Place {
	caller: Caller;
	who: Person | null;
	lesson: Lesson;
	/** Whatever stands in brackets in the path of a route. */
	params: Record<string, string>;
	/** Of a page on the lesson's board. */
	boardPage: string;
	/** Ids of somebody's own that nobody else has. */
	freshId(): string;
}

export interface Row {
	expected: Outcomes;
	/** A lesson of its own for this row, which lies ahead. Not for `removed` and `over…`. */
	planned?: true;
	/** Whoever asks is signed out by it: somebody else of the same role asks each time. */
	endsLogins?: true;
	/** Behind the path. */
	search?(place: Place): string;
	/** Other values for what stands in brackets. */
	params?(place: Place): Record<string, string>;
	form?(place: Place): Record<string, string>;
	/** Instead of a form. */
	body?(place: Place): BodyInit;
	headers?: Record<string, string>;
	/** False where a room that does not exist gets another status than one that is somebody else’s, as for pages (spec E2). */
	hidesRooms?: false;
}

const all = (outcome: Outcome): Outcomes =>
	Object.fromEntries(CALLERS.map((caller) => [caller, outcome])) as Outcomes;

export const LOGIN: Outcome = '303 /login';

/** The same for everybody, signed in or not. */
export const everybody = all;

/** Whoever is signed in; the others are led to the login page, or get `signedOut`. */
export function signedIn(outcome: Outcome, signedOut: Outcome = LOGIN): Outcomes {
	return { ...all(outcome), signedOut };
}

/** For accounts of mentors, whatever session. */
export function mentors(outcome: Outcome, learners: Outcome = 403, signedOut: Outcome = LOGIN): Outcomes {
	return {
		...all(outcome),
		...{ signedOut, stranger: learners, removed: learners, learner: learners, overLearner: learners }
	};
}

/** For accounts of learners. */
export function learners(outcome: Outcome, others: Outcome, signedOut: Outcome): Outcomes {
	return { ...mentors(others, outcome, signedOut) };
}

/** For members of the session; what strangers get tells nothing. */
export function members(
	outcomes: Partial<Outcomes> & { inside: Outcome; outside: Outcome; signedOut: Outcome }
): Outcomes {
	const { inside, outside, ...others } = outcomes;
	return { ...all(inside), stranger: outside, otherMentor: outside, ...others };
}
