import type { Database, Row, Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import type { MailRecipient } from '../mail/mailKinds.ts';
import { recipientOf } from '../mail/mailLesson.ts';
import { readInvitations } from './invitationQueries.ts';
import { findPeople, readLearners, readPerson } from './planningQueries.ts';

type Person = Pick<Row<'users'>, 'id' | 'name' | 'email' | 'language' | 'timeZone'>;

/** Somebody who is asked to a lesson and has not said no. */
export interface Addressee {
	email: string;
	/** Null without an account. */
	person: Person | null;
}

export function addressed({ email, person }: Addressee): MailRecipient {
	const nobody = { userId: null, name: null, language: null, timeZone: null };
	return { ...(person ? recipientOf(person) : nobody), address: email };
}

/** Lessons of one mentor as one person is told of them: the first by itself, the others beside it. */
export interface Share<T> {
	addressee: Addressee;
	mine: [T, ...T[]];
}

/** The lesson's mentor: a session without one cannot be. */
export function* readMentor(tables: Tables, tx: Database, session: Row<'sessions'>): Steps<Row<'users'>> {
	const mentor = yield* readPerson(tables, tx, session.mentorId);
	if (!mentor) throw new Error(`The mentor of session ${session.id} is gone`);
	return mentor;
}

/** Everybody who is asked to any of these lessons, with and without an account; those who declined or were taken back are not. */
function* addresseesOf(tables: Tables, tx: Database, sessionIds: string[]): Steps<Addressee[]> {
	const learners = yield* readLearners(tables, tx, sessionIds);
	const addressees = new Map<string, Addressee>();
	for (const { user } of learners) addressees.set(user.id, { email: user.email, person: user });
	const invitations = yield* readInvitations(tables, tx, sessionIds);
	const open = invitations.filter(
		({ userId, declinedAt, withdrawnAt }) => userId === null && declinedAt === null && withdrawnAt === null
	);
	// An account may have come since, without having answered: told as soon as the address is known to be theirs.
	const people = yield* findPeople(
		tables,
		tx,
		open.map(({ email }) => email)
	);
	for (const { email } of open) {
		const owner = people.find((one) => one.email === email && one.emailVerifiedAt !== null) ?? null;
		if (owner === null || !addressees.has(owner.id)) addressees.set(email, { email, person: owner });
	}
	return [...addressees.values()];
}

/** Everybody asked to any of these lessons, each with those that are theirs, in the order given. */
export function* sharesOf<T>(
	tables: Tables,
	tx: Database,
	lessons: readonly T[],
	idOf: (lesson: T) => string
): Steps<Share<T>[]> {
	const shares = new Map<string, Share<T>>();
	for (const lesson of lessons)
		for (const addressee of yield* addresseesOf(tables, tx, [idOf(lesson)]))
			putShare(shares, addressee, lesson);
	return [...shares.values()];
}

/** Adds a lesson to what somebody is told. */
export function putShare<T>(shares: Map<string, Share<T>>, addressee: Addressee, lesson: T): void {
	const known = shares.get(addressee.email);
	if (known) known.mine.push(lesson);
	else shares.set(addressee.email, { addressee, mine: [lesson] });
}
