import type { LessonChanges, Planner } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Row, Steps } from '../db/store.ts';
import { invite, readInvited, refuseFlood, refuseManyMails } from './invite.ts';
import { readInvitations, setInvitation } from './invitationQueries.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { addresseesOf, addressed, type Addressee } from './lessonMail.ts';
import { findOwnLesson, lockLessons, refuseUnlessPlanned } from './ownLesson.ts';
import type { Change, ChangePlans, PlanningDeps } from './planChange.ts';
import { changePlanned, deleteMember, insertMember, lockPerson, readLearners } from './planningQueries.ts';
import { changesInput, readInput } from './planInput.ts';

type Session = Row<'sessions'>;
type User = Row<'users'>;
type Invitation = Row<'invitations'>;

/** Somebody on a lesson's list. Who booked it was never asked. */
interface Entry {
	addressee: Addressee;
	invitation: Invitation | null;
}

/** The list of a lesson, by the addresses its mentor knows people by. */
function listOf(rows: Invitation[], learners: { user: User }[]): Entry[] {
	const people = learners.map(({ user }) => user);
	const asked = rows
		.filter(({ withdrawnAt }) => withdrawnAt === null)
		.map((invitation) => {
			const { email, userId } = invitation;
			return { addressee: { email, person: people.find(({ id }) => id === userId) ?? null }, invitation };
		});
	const others = people
		.filter(({ id }) => !asked.some(({ addressee }) => addressee.person?.id === id))
		.map((person) => ({ addressee: { email: person.email, person }, invitation: null }));
	return [...asked, ...others];
}

export function createEdit(deps: PlanningDeps, changePlans: ChangePlans) {
	const { store, attendance, mails, currency } = deps;
	const { tables } = store;

	/** Takes somebody off the list: what they were asked to is not theirs any more. */
	function* withdraw(
		change: Change,
		session: Session,
		mentor: User,
		{ addressee, invitation }: Entry
	): Steps<void> {
		const { tx, log, news, at } = change;
		const { email, person } = addressee;
		if (invitation) yield* setInvitation(tables, tx, invitation.id, { withdrawnAt: at });
		if (person) {
			yield* attendance.removeFrom(tx, log, session, person.id, log.at);
			if (yield* deleteMember(tables, tx, session.id, person.id))
				news.room(session.roomCode, { type: 'left', userId: person.id });
		}
		// Who said no has nothing in their calendar to take out.
		if (invitation?.declinedAt) return;
		const key = `invitation-withdrawn:${session.id}:${email}:${at.getTime()}`;
		news.mail({
			kind: 'invitation-withdrawn',
			uniqueKey: key,
			to: addressed(addressee),
			payload: { lesson: mailLessonOf(session, mentor, currency) },
			dropAt: session.endsAt.getTime()
		});
		if (!person) return;
		const { roomCode, title, startsAt } = session;
		news.concerns([person.id]);
		news.notify({
			userId: person.id,
			kind: 'invitation-withdrawn',
			uniqueKey: key,
			payload: { roomCode, title, mentorName: mentor.name, startsAt: startsAt.getTime() }
		});
	}

	function* tellChanged({ tx, news, at }: Change, session: Session, mentor: User): Steps<void> {
		const addressees = yield* addresseesOf(tables, tx, [session.id]);
		yield* refuseManyMails(
			tables,
			{ tx, at },
			addressees.map(({ email }) => email)
		);
		for (const addressee of addressees) {
			const key = `${session.id}:${session.calendarSequence}:${addressee.email}`;
			news.mail({
				kind: 'lesson-changed',
				uniqueKey: `lesson-changed:${key}`,
				to: addressed(addressee),
				payload: { lesson: mailLessonOf(session, mentor, currency) },
				dropAt: session.endsAt.getTime()
			});
			if (!addressee.person) continue;
			const { roomCode, title } = session;
			news.notify({
				userId: addressee.person.id,
				kind: 'session-changed',
				uniqueKey: `session-changed:${key}`,
				payload: { roomCode, title }
			});
		}
	}

	return async function edit(user: Planner, roomCode: string, changes: LessonChanges): Promise<void> {
		const { title, description, priceMinor, learnerEmails } = readInput(changesInput, changes);
		await changePlans(function* (change) {
			const { tx, log, news } = change;
			const mentor = yield* lockPerson(tables, tx, user.id);
			if (!mentor) throw new Refusal('signed-out');
			const lesson = yield* findOwnLesson(tables, change, user.id, roomCode);
			const [current] = yield* lockLessons(tables, change, lesson, 'this');
			let session = current!;
			refuseUnlessPlanned(session);

			const rows = yield* readInvitations(tables, tx, [session.id]);
			const list = listOf(rows, yield* readLearners(tables, tx, [session.id]));
			for (const entry of list) {
				if (learnerEmails.includes(entry.addressee.email)) continue;
				yield* withdraw(change, session, mentor, entry);
			}
			const added = learnerEmails.filter((email) => !list.some((entry) => entry.addressee.email === email));
			const isShorter = list.length + added.length > learnerEmails.length;
			const isReworded =
				session.title !== title || session.description !== description || session.priceMinor !== priceMinor;
			if (isReworded) {
				const reworded = yield* changePlanned(tables, tx, session.id, {
					...{ title, description, priceMinor },
					calendarSequence: session.calendarSequence + 1
				});
				if (!reworded) throw new Refusal('session-live');
				session = reworded;
				yield* tellChanged(change, session, mentor);
			}
			const invited = yield* readInvited(tables, tx, mentor, added, mails.leave);
			yield* refuseFlood(tables, change, mentor, invited, mails.leave);
			for (const { person } of invited) {
				if (person && (yield* insertMember(tables, tx, session, person.id)))
					news.room(roomCode, { type: 'admitted', userId: person.id });
			}
			yield* invite(deps, change, mentor, [session], invited, rows);
			if (!isReworded && !isShorter && added.length === 0) return;
			const sequence = session.calendarSequence;
			yield* log.append(session, {
				clientId: `session:changed:${session.lastSeq}`,
				type: 'session.changed',
				actorId: user.id,
				payload: { title, sequence }
			});
			const staying = yield* readLearners(tables, tx, [session.id]);
			news.concerns([user.id, ...staying.map((one) => one.user.id)]);
		});
	};
}
