import { Refusal } from './refusals.ts';
import type { Role, SessionStatus } from './sessionStatus.ts';

/** What planning a lesson is made of, on both sides. Instants are ms since the epoch, money is integer minor units. */

export const DESCRIPTION_MAX_CHARACTERS = 2_000;
export const CANCEL_REASON_MAX_CHARACTERS = 500;
/** Lessons of one weekly series: half a year. */
export const WEEKS_MAX = 26;

/** The page of a planned lesson: its mentor changes it there, its learners answer, both see what became of it. */
export function lessonPagePath(roomCode: string): string {
	return `/sessions/${encodeURIComponent(roomCode)}`;
}

/** The page to which the link in an invitation leads. */
export function invitationPath(token: string): string {
	return `/invitation/${encodeURIComponent(token)}`;
}

/** A lesson as a mentor plans it. */
export interface LessonDraft {
	/** Made by the form, once: a form that is sent again plans nothing new. */
	clientId: string;
	title: string;
	/** Several lines; may be empty. */
	description: string;
	learnerEmails: string[];
	startsAt: number;
	minutes: number;
	priceMinor: number;
	/** How many lessons, a week apart; 1: once. */
	weeks: number;
}

/** What the mentor can change about a planned lesson beside its time. The list of learners is the whole one. */
export interface LessonChanges {
	title: string;
	description: string;
	priceMinor: number;
	learnerEmails: string[];
}

export interface Planned {
	roomCode: string;
	/** Null for a lesson that is planned once. */
	seriesId: string | null;
	/** All of them, in order; more than one in a series. */
	occurrences: Occurrence[];
}

/** Of a lesson in a series: only it, or it and all later ones that have not begun. */
export type SeriesScope = 'this' | 'following';

/**
 * One lesson of a series, at the mentor's wall-clock time. `skipped`: that time does not exist on that day (the clocks go
 * forward), the lesson is as much later as the clocks jump. `twice`: it comes twice (they go back), the first one is meant.
 */
export interface Occurrence {
	startsAt: number;
	endsAt: number;
	clock: 'once' | 'twice' | 'skipped';
}

/** What is in the way of a time. It warns and forbids nothing. */
export interface ConflictQuery {
	startsAt: number;
	minutes: number;
	weeks: number;
	learnerEmails: string[];
	/** The lesson that is being moved, which is not in its own way; with `following` neither is the rest of its series. */
	except: { roomCode: string; scope: SeriesScope } | null;
}

export type Conflict =
	/** One's own lesson, by its title; `with` is its time. */
	| {
			kind: 'own';
			at: Occurrence;
			title: string;
			roomCode: string;
			with: { startsAt: number; endsAt: number };
	  }
	/** A learner has something else then; what it is, is nobody's business. */
	| { kind: 'learner'; at: Occurrence; email: string; name: string };

export interface Conflicts {
	/** When the lesson or the series would be, so that clock changes can be told before. */
	occurrences: Occurrence[];
	conflicts: Conflict[];
}

export type InvitationAnswer = 'open' | 'accepted' | 'declined';

/** Somebody the mentor asked to come. */
export interface Invitee {
	email: string;
	/** Null until they answered or had a lesson with this mentor before: whether an address has an account is no one's business. */
	name: string | null;
	/** Null as long as the name is. */
	userId: string | null;
	answer: InvitationAnswer;
	/** When it was given; null while it is open. */
	answeredAt: number | null;
}

/** A planned lesson as its page shows it. */
export interface LessonDetails {
	roomCode: string;
	title: string;
	description: string;
	status: SessionStatus;
	startsAt: number;
	endsAt: number;
	priceMinor: number;
	/** ISO 4217. */
	currency: string;
	mentor: { id: string; name: string; /** IANA name. */ timeZone: string };
	/** What this person is in it. */
	role: 'mentor' | 'learner';
	/** Null where it was planned once; else its place in the series, in order of time, from 1. */
	series: {
		id: string;
		place: number;
		count: number;
		/** Later ones that can still be changed. */ following: number;
	} | null;
	/** For the mentor: everybody asked, without those taken back. Empty for learners. */
	invitees: Invitee[];
	/** For a learner: their own answer; null for the mentor, and where nobody was asked (a booked lesson). */
	answer: InvitationAnswer | null;
	/** Learners as this person may know them, by name or address; `id` is null where they are not known. */
	learners: { id: string | null; name: string }[];
	/** It was picked on the booking page by a learner. */
	booked: boolean;
	cancelled: { at: number; reason: string } | null;
	/** The mentor may change it: it is still `scheduled`. */
	changeable: boolean;
	serverNow: number;
}

/** What the holder of an invitation's link sees, signed in or not. */
export interface InvitationView {
	/** `withdrawn`: taken back by the mentor. `cancelled` and `over`: of the lesson, or of all lessons of the series. */
	state: InvitationAnswer | 'withdrawn' | 'cancelled' | 'over';
	title: string;
	description: string;
	startsAt: number;
	endsAt: number;
	/** Lessons still to come, this one included. */
	weeks: number;
	priceMinor: number;
	currency: string;
	mentor: { id: string; name: string; timeZone: string };
	/** The address it was sent to; sign-up fills it in. */
	email: string;
	/** Somebody has an account with that address: sign in; else sign up. */
	hasAccount: boolean;
	/** Whether who is asking is signed in with that address. */
	isMine: boolean;
	/** For whom it is, signed in: the room. Null for everybody else. */
	roomCode: string | null;
	serverNow: number;
}

/** Which invitation is answered: by its link, for all lessons it asked to; or one's own by the room, for that lesson. */
export type InvitationKey = { token: string } | { roomCode: string };

/** A lesson in the week view. */
export interface CalendarLesson {
	roomCode: string;
	title: string;
	status: SessionStatus;
	startsAt: number;
	endsAt: number;
	role: 'mentor' | 'learner';
	/** The mentor of one's lessons as a learner; of one's own lessons as a mentor the learners, by name or address. */
	people: string[];
	seriesId: string | null;
	/** One's own answer, for learners. */
	answer: InvitationAnswer | null;
	/** May be dragged by this person. */
	changeable: boolean;
}

/** An invitation that a learner has not answered yet, for the dashboard. */
export interface OpenInvitation {
	roomCode: string;
	title: string;
	mentorName: string;
	startsAt: number;
	endsAt: number;
	priceMinor: number;
	currency: string;
}

/** Why an address cannot be a learner of this lesson. */
export type LearnerProblem = 'self' | 'mentor';
export const LEARNER_PROBLEMS: Record<LearnerProblem, string> = {
	self: 'This is your own address.',
	mentor: 'This is the address of a mentor. Only learners can be invited.'
};

/** Some of the addresses cannot be learners of a lesson. */
export class WrongLearners extends Refusal {
	readonly problems: Record<string, LearnerProblem>;
	constructor(problems: Record<string, LearnerProblem>) {
		super('not-a-learner');
		this.problems = problems;
	}
}

/** Whoever asks; who they are is known from their login. */
export interface Planner {
	id: string;
	role: Role;
	email: string;
	name: string;
	timeZone: string;
}

/**
 * How a lesson comes about, for pages (`app.planning`). Everything may be repeated: what is so already is not done again.
 * For strangers and unknown lessons every method refuses with `not-found` alike, for a learner where the mentor is asked
 * with `not-mentor`. What is no longer planned refuses changes with `session-live`, `session-over` or `session-cancelled`.
 */
export interface Planning {
	/**
	 * Stores the lessons with everybody's invitation. Further refusals: `bad-input` (also for an end in the past),
	 * `not-a-learner` (a `WrongLearners` that names the addresses), `too-many-invitations`, `unverified`, and `id-conflict`
	 * where the same form was sent before with something else in it.
	 */
	plan(user: Planner, draft: LessonDraft): Promise<Planned>;
	/** What is in the way of a time, for the form to warn. Refusals: `not-mentor`, `bad-input`. */
	conflicts(user: Planner, query: ConflictQuery): Promise<Conflicts>;
	/** Also of a lesson that took place, was missed or cancelled. */
	details(user: { id: string }, roomCode: string): Promise<LessonDetails>;
	/**
	 * Who is new on the list is invited, who is gone from it withdrawn. With `following` the later lessons change where this
	 * one does: what it keeps stays in each as it is there. Further refusals as for `plan`.
	 */
	edit(user: Planner, roomCode: string, changes: LessonChanges, scope: SeriesScope): Promise<void>;
	/** With `following` each later lesson moves as many days and gets the same time on the mentor's clock. `bad-input` for an end in the past. */
	reschedule(
		user: Planner,
		roomCode: string,
		to: { startsAt: number; minutes: number },
		scope: SeriesScope
	): Promise<void>;
	/** The reason may be empty. */
	cancel(user: Planner, roomCode: string, reason: string, scope: SeriesScope): Promise<void>;
	/** What a link shows; null for one that leads nowhere. */
	invitation(token: string, user: { id: string } | null): Promise<InvitationView | null>;
	/**
	 * The link has to belong to this person's address (`other-address` else), which is verified by it. Answers with the
	 * room of the first lesson still to come. A mentor's account is refused with `not-a-learner`.
	 */
	accept(user: Planner, key: InvitationKey): Promise<{ roomCode: string }>;
	/** Also of what was accepted. Signed out a link is enough where nobody has an account with its address, else `signed-out`. */
	decline(user: Planner | null, key: InvitationKey): Promise<void>;
	/** One's lessons between two instants, for the week view; at most a few weeks. Cancelled ones are left out. */
	calendar(user: { id: string }, from: number, to: number): Promise<CalendarLesson[]>;
	/** What a learner has still to answer, by start. */
	openInvitations(user: { id: string }): Promise<OpenInvitation[]>;
}
