import { LEARNERS_MAX } from '../../shared/formSchemas.ts';
import type { LessonChanges, Planner, SeriesScope } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Row, Steps } from '../db/store.ts';
import { createEditNews } from './editNews.ts';
import { invite, readInvited, refuseFlood } from './invite.ts';
import { readInvitations, setInvitation } from './invitationQueries.ts';
import { listOf, type Entry } from './lessonList.ts';
import { putShare, type Addressee, type Share } from './lessonMail.ts';
import { findOwnLesson, lockLessons, refuseUnlessPlanned } from './ownLesson.ts';
import type { Change, ChangePlans, PlanningDeps } from './planChange.ts';
import { changePlanned, deleteMember, insertMember, lockPerson, readLearners } from './planningQueries.ts';
import { changesInput, readInput } from './planInput.ts';

type Session = Row<'sessions'>;
type User = Row<'users'>;
type Wording = Pick<Session, 'title' | 'description' | 'priceMinor'>;

/** One of the lessons of an edit, as far as it is done. */
interface Edited {
	session: Session;
	list: Entry[];
	isReworded: boolean;
	isListed: boolean;
}

export function createEdit(deps: PlanningDeps, changePlans: ChangePlans) {
	const { store, attendance, mails } = deps;
	const { tables } = store;
	const { tellChanged, tellWithdrawn } = createEditNews(deps);

	/** Takes these addresses off the lists: what they were asked to is not theirs any more. */
	function* withdraw(change: Change, lessons: Edited[], emails: Set<string>, mentor: User): Steps<void> {
		const { tx, log, news, at } = change;
		const shares = new Map<string, Share<Session>>();
		for (const lesson of lessons) {
			const { session } = lesson;
			for (const { addressee, invitation } of lesson.list) {
				const { email, person } = addressee;
				if (!emails.has(email)) continue;
				lesson.isListed = true;
				if (invitation) yield* setInvitation(tables, tx, invitation.id, { withdrawnAt: at });
				if (person) {
					yield* attendance.removeFrom(tx, log, session, person.id, log.at);
					if (yield* deleteMember(tables, tx, session.id, person.id))
						news.room(session.roomCode, { type: 'left', userId: person.id });
				}
				// Who said no has nothing in their calendar to take out.
				if (!invitation?.declinedAt) putShare(shares, addressee, session);
			}
		}
		for (const share of shares.values()) tellWithdrawn(change, share, mentor);
	}

	function* reword({ tx }: Change, lesson: Edited, wording: Partial<Wording>): Steps<void> {
		const { session } = lesson;
		if (Object.entries(wording).every(([part, value]) => session[part as keyof Wording] === value)) return;
		const calendarSequence = session.calendarSequence + 1;
		const reworded = yield* changePlanned(tables, tx, session.id, { ...wording, calendarSequence });
		if (!reworded) throw new Refusal('session-live');
		lesson.session = reworded;
		lesson.isReworded = true;
	}

	/** Puts these people on every list that they are not on; each gets one link for all that is new to them. */
	function* admit(
		change: Change,
		lessons: Edited[],
		invited: Addressee[],
		rows: Row<'invitations'>[],
		mentor: User
	): Steps<void> {
		const { tx, news } = change;
		for (const addressee of invited) {
			const { email, person } = addressee;
			const added = lessons.filter(({ list }) => !list.some((entry) => entry.addressee.email === email));
			for (const lesson of added) {
				lesson.isListed = true;
				const { session } = lesson;
				if (person && (yield* insertMember(tables, tx, session, person.id)))
					news.room(session.roomCode, { type: 'admitted', userId: person.id });
			}
			const sessions = added.map(({ session }) => session);
			yield* invite(deps, change, mentor, sessions, [addressee], rows);
		}
	}

	function* tellRooms({ tx, log, news }: Change, lessons: Edited[], mentorId: string): Steps<void> {
		const touched = lessons.filter(({ isReworded, isListed }) => isReworded || isListed);
		if (touched.length === 0) return;
		for (const { session } of touched) {
			const { title, calendarSequence } = session;
			yield* log.append(session, {
				clientId: `session:changed:${session.lastSeq}`,
				type: 'session.changed',
				actorId: mentorId,
				payload: { title, sequence: calendarSequence }
			});
		}
		const ids = touched.map(({ session }) => session.id);
		const staying = yield* readLearners(tables, tx, ids);
		news.concerns([mentorId, ...staying.map(({ user }) => user.id)]);
	}

	return async function edit(
		user: Planner,
		roomCode: string,
		changes: LessonChanges,
		scope: SeriesScope
	): Promise<void> {
		const { title, description, priceMinor, learnerEmails } = readInput(changesInput, { ...changes, scope });
		await changePlans(function* (change) {
			const { tx } = change;
			const mentor = yield* lockPerson(tables, tx, user.id);
			if (!mentor) throw new Refusal('signed-out');
			const asked = yield* findOwnLesson(tables, change, user.id, roomCode);
			const sessions = yield* lockLessons(tables, change, asked, scope);
			refuseUnlessPlanned(sessions[0]!);
			const ids = sessions.map(({ id }) => id);
			const rows = yield* readInvitations(tables, tx, ids);
			const learners = yield* readLearners(tables, tx, ids);
			const lessons: Edited[] = sessions.map((session) => ({
				...{ session, list: listOf(session.id, rows, learners) },
				...{ isReworded: false, isListed: false }
			}));

			// Only what this lesson changes goes on to the later ones, which may have words and people of their own.
			const { session, list } = lessons[0]!;
			const listed = new Set(list.map(({ addressee }) => addressee.email));
			const gone = new Set([...listed].filter((email) => !learnerEmails.includes(email)));
			const added = learnerEmails.filter((email) => !listed.has(email));
			if (lessons.some((one) => lengthOf(one.list, gone, added) > LEARNERS_MAX))
				throw new Refusal('bad-input', 'One of the later sessions would have too many learners.');
			const wording: Partial<Wording> = {
				...(session.title !== title && { title }),
				...(session.description !== description && { description }),
				...(session.priceMinor !== priceMinor && { priceMinor })
			};

			yield* withdraw(change, lessons, gone, mentor);
			for (const lesson of lessons) yield* reword(change, lesson, wording);
			const reworded = lessons.filter(({ isReworded }) => isReworded).map((lesson) => lesson.session);
			if (reworded.length > 0) yield* tellChanged(change, reworded, mentor);
			const invited = yield* readInvited(tables, tx, mentor, added, mails.leave);
			yield* refuseFlood(tables, change, mentor, invited, mails.leave);
			yield* admit(change, lessons, invited, rows, mentor);
			yield* tellRooms(change, lessons, user.id);
		});
	};
}

/** How many would be on a list. */
function lengthOf(list: Entry[], gone: Set<string>, added: string[]): number {
	const staying = list.map(({ addressee }) => addressee.email).filter((email) => !gone.has(email));
	return new Set([...staying, ...added]).size;
}
