import { LEARNER_PROBLEMS, type InvitationKey, type Planner } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { Row, Steps } from '../db/store.ts';
import { createAllowances } from '../allowances.ts';
import { createId } from '../ids.ts';
import { memberIdsOf } from '../sessions/sessionsQueries.ts';
import {
	findByToken,
	findOwn,
	insertInvitations,
	readWithSeries,
	setInvitation
} from './invitationQueries.ts';
import { createToken, hashToken } from './invite.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { readMentor, addressed } from './lessonMail.ts';
import { refuseUnlessPlanned } from './ownLesson.ts';
import type { Change, ChangePlans, PlanningDeps } from './planChange.ts';
import {
	deleteMember,
	findPeople,
	findSession,
	insertMember,
	readPerson,
	setVerified
} from './planningQueries.ts';
import { readInTransaction } from '../sessions/statusQueries.ts';

type Session = Row<'sessions'>;
type Invitation = Row<'invitations'>;
type User = Row<'users'>;
interface Asked {
	invitation: Invitation;
	session: Session;
}

/** A mentor is written to about one answer at most once in this time, however often a learner changes their mind, ms. */
const ANSWER_MAIL_MS = 3_600_000;

/** Changing one's mind is told each time: twenty answers at once, then one a minute. */
const ANSWER_RATE = { burst: 20, perSecond: 1 / 60 };

export function createAnswers(deps: PlanningDeps, changePlans: ChangePlans) {
	const { store, mails, attendance, currency, now } = deps;
	const { tables } = store;
	const mayAnswer = createAllowances(ANSWER_RATE, now);

	/** What a link stands for, or this person's own invitation to a lesson. */
	function* find(change: Change, key: InvitationKey, user: User | null): Steps<Asked | null> {
		const { tx } = change;
		if ('token' in key) {
			const invitation = yield* findByToken(tables, tx, hashToken(key.token));
			const session = invitation && (yield* readInTransaction(tables, tx, invitation.sessionId));
			return invitation && session ? { invitation, session } : null;
		}
		const session = yield* findSession(tables, tx, key.roomCode);
		const invitation = session && user && (yield* findOwn(tables, tx, session.id, user));
		if (!session || !user || !invitation) return null;
		// An address that nobody has proved to be theirs opens nothing.
		const isProved = invitation.userId === user.id || !mails.leave || user.emailVerifiedAt !== null;
		return isProved ? { invitation, session } : null;
	}

	/** The lessons one answer is about: a link's are all of its series that were answered like the first one, or not at all. */
	function* allOf({ tx }: Change, key: InvitationKey, asked: Asked): Steps<Asked[]> {
		const { invitation, session } = asked;
		if (!('token' in key) || session.seriesId === null) return [asked];
		const series = yield* readWithSeries(tables, tx, session.seriesId, invitation.email);
		const sameAnswer = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime();
		return series.filter(
			(one) =>
				one.invitation.withdrawnAt === null &&
				(isOpen(one.invitation) ||
					(sameAnswer(one.invitation.acceptedAt, invitation.acceptedAt) &&
						sameAnswer(one.invitation.declinedAt, invitation.declinedAt)))
		);
	}

	/** Their present rows, locked in one order, earliest first; only what `isWanted` is left. */
	function* lockAll(
		{ tx, log }: Change,
		all: Asked[],
		isWanted: (session: Session) => boolean
	): Steps<Asked[]> {
		const locked: Asked[] = [];
		for (const { invitation, session } of all.toSorted((a, b) => (a.session.id < b.session.id ? -1 : 1))) {
			const current = yield* log.lock(session.id);
			if (!current || !isWanted(current)) continue;
			const now = yield* findByToken(tables, tx, invitation.tokenHash);
			if (now && now.withdrawnAt === null) locked.push({ invitation: now, session: current });
		}
		return locked.sort((a, b) => a.session.startsAt.getTime() - b.session.startsAt.getTime());
	}

	function* tellMentor(
		{ tx, news, at }: Change,
		{ invitation, session }: Asked,
		name: string,
		answer: 'accepted' | 'declined'
	): Steps<void> {
		const mentor = yield* readMentor(tables, tx, session);
		const hour = Math.floor(at.getTime() / ANSWER_MAIL_MS);
		news.notify({
			userId: mentor.id,
			kind: 'invitation-answered',
			uniqueKey: `invitation-answered:${invitation.id}:${at.getTime()}`,
			payload: { roomCode: session.roomCode, title: session.title, name, answer }
		});
		news.mail({
			kind: 'lesson-answered',
			uniqueKey: `lesson-answered:${invitation.id}:${answer}:${hour}`,
			to: addressed({ email: mentor.email, person: mentor }),
			payload: { lesson: mailLessonOf(session, mentor, currency), name, answer },
			dropAt: session.endsAt.getTime()
		});
	}

	/** Open pages of the room read its people anew. */
	function* tellRoom({ tx, log, news }: Change, session: Session, actorId: string | null): Steps<void> {
		const { title, calendarSequence } = session;
		yield* log.append(session, {
			clientId: `session:changed:${session.lastSeq}`,
			type: 'session.changed',
			actorId,
			payload: { title, sequence: calendarSequence }
		});
		news.concerns(yield* memberIdsOf(tables, tx, session.id));
	}

	async function accept(user: Planner, key: InvitationKey): Promise<{ roomCode: string }> {
		if (!mayAnswer(user.id)) throw new Refusal('too-many');
		return changePlans(function* (change) {
			const { tx, news, at } = change;
			const person = yield* readPerson(tables, tx, user.id);
			if (!person) throw new Refusal('signed-out');
			const asked = yield* find(change, key, person);
			if (!asked || asked.invitation.withdrawnAt !== null) throw new Refusal('not-found');
			const { userId, email } = asked.invitation;
			if (userId !== null ? userId !== person.id : email !== person.email) throw new Refusal('other-address');
			if (person.role !== 'learner') throw new Refusal('not-a-learner', LEARNER_PROBLEMS.mentor);
			if ('token' in key && person.emailVerifiedAt === null && email === person.email)
				yield* setVerified(tables, tx, person.id, at);
			const all = yield* allOf(change, key, asked);
			const open = yield* lockAll(change, all, ({ status }) => !isOver(status));
			if (open.length === 0) return refuseAnswer(asked.session);
			const fresh: Asked[] = [];
			for (const { invitation, session } of open) {
				if (invitation.acceptedAt !== null) continue;
				const values = { acceptedAt: at, declinedAt: null, userId: person.id };
				yield* setInvitation(tables, tx, invitation.id, values);
				if (yield* insertMember(tables, tx, session, person.id))
					news.room(session.roomCode, { type: 'admitted', userId: person.id });
				yield* tellRoom(change, session, person.id);
				fresh.push({ invitation, session });
			}
			if (fresh.length > 0) yield* tellMentor(change, fresh[0]!, person.name, 'accepted');
			return { roomCode: open[0]!.session.roomCode };
		});
	}

	/** Somebody who is in a lesson without having been asked: they booked it. Their no is kept like any other. */
	function* ownPlace({ tx, at }: Change, key: InvitationKey, person: User): Steps<Asked | null> {
		const session = 'roomCode' in key ? yield* findSession(tables, tx, key.roomCode) : null;
		if (!session || person.role !== 'learner') return null;
		if (!(yield* memberIdsOf(tables, tx, session.id)).includes(person.id)) return null;
		const invitation = {
			...{ id: createId(), sessionId: session.id, email: person.email, userId: person.id },
			...{ tokenHash: hashToken(createToken()), createdAt: at },
			...{ acceptedAt: at, declinedAt: null, withdrawnAt: null }
		};
		yield* insertInvitations(tables, tx, [invitation]);
		return { invitation, session };
	}

	async function decline(user: Planner | null, key: InvitationKey): Promise<void> {
		if (!mayAnswer(user?.id ?? JSON.stringify(key))) throw new Refusal('too-many');
		await changePlans(function* (change) {
			const { tx, log, news, at } = change;
			const person = user && (yield* readPerson(tables, tx, user.id));
			const asked = (yield* find(change, key, person)) ?? (person && (yield* ownPlace(change, key, person)));
			if (!asked || asked.invitation.withdrawnAt !== null) throw new Refusal('not-found');
			const { userId, email } = asked.invitation;
			if (person === null) {
				// The link alone speaks for an address as long as no account does.
				const owners = userId === null ? yield* findPeople(tables, tx, [email]) : [];
				if (userId !== null || owners.length > 0) throw new Refusal('signed-out');
			} else if (userId !== null ? userId !== person.id : email !== person.email)
				throw new Refusal('other-address');
			const all = yield* allOf(change, key, asked);
			const planned = yield* lockAll(change, all, ({ status }) => status === 'scheduled');
			if (planned.length === 0) return refuseAnswer(asked.session);
			const fresh: Asked[] = [];
			for (const { invitation, session } of planned) {
				if (invitation.declinedAt !== null) continue;
				const values = { acceptedAt: null, declinedAt: at, userId: person?.id ?? invitation.userId };
				yield* setInvitation(tables, tx, invitation.id, values);
				if (person) {
					yield* attendance.removeFrom(tx, log, session, person.id, log.at);
					if (yield* deleteMember(tables, tx, session.id, person.id))
						news.room(session.roomCode, { type: 'left', userId: person.id });
					news.concerns([person.id]);
				}
				yield* tellRoom(change, session, person?.id ?? null);
				fresh.push({ invitation, session });
			}
			if (fresh.length > 0) yield* tellMentor(change, fresh[0]!, person?.name ?? email, 'declined');
		});
	}

	return { accept, decline };
}

function isOpen({ acceptedAt, declinedAt }: Invitation): boolean {
	return acceptedAt === null && declinedAt === null;
}

function refuseAnswer(session: Session): never {
	refuseUnlessPlanned(session);
	// It was planned when it was found, and is gone from under the link now.
	throw new Refusal('not-found');
}
