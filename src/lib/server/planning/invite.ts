import { createHash, randomBytes } from 'node:crypto';
import { WrongLearners, type LearnerProblem } from '../../shared/planning.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Database, Row, Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { createId } from '../ids.ts';
import { knownLearners } from '../sessions/knownLearners.ts';
import { countAddresses, countMails, insertInvitations, setInvitation } from './invitationQueries.ts';
import { mailLessonOf } from '../mail/mailLesson.ts';
import { addressed, type Addressee } from './lessonMail.ts';
import type { Change, PlanningDeps } from './planChange.ts';
import { findPeople } from './planningQueries.ts';

type Session = Row<'sessions'>;
type User = Row<'users'>;

const DAY = 86_400_000;
/** Addresses a mentor may ask in a day that have never answered them: two full classes and some mistyped ones. */
export const NEW_ADDRESSES_A_DAY = 50;
/** Mails one address gets in a day before changes of plans have to wait. */
export const MAILS_A_DAY = 40;

/** 128 random bits, URL-safe. */
export function createToken(): string {
	return randomBytes(16).toString('base64url');
}

export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}

/**
 * Who these addresses are; refuses those that cannot be learners, with why. Where mails leave the server an account whose
 * address is not verified is nobody's: else one could sign up with somebody else's address and get their invitations.
 */
export function* readInvited(
	tables: Tables,
	tx: Database,
	mentor: Pick<User, 'id' | 'email'>,
	emails: string[],
	mailsLeave: boolean
): Steps<Addressee[]> {
	const people = yield* findPeople(tables, tx, emails);
	const problems: Record<string, LearnerProblem> = {};
	for (const email of emails) {
		if (email === mentor.email) problems[email] = 'self';
		else if (people.some((person) => person.email === email && person.role === 'mentor'))
			problems[email] = 'mentor';
	}
	if (Object.keys(problems).length > 0) throw new WrongLearners(problems);
	const owners = people.filter(({ emailVerifiedAt }) => !mailsLeave || emailVerifiedAt !== null);
	return emails.map((email) => ({ email, person: owners.find((one) => one.email === email) ?? null }));
}

/** Nobody floods strangers from here: refusals `unverified`, `too-many-invitations`, `too-many-mails`. */
export function* refuseFlood(
	tables: Tables,
	{ tx, at }: Pick<Change, 'tx' | 'at'>,
	mentor: User,
	invited: Addressee[],
	mailsLeave: boolean
): Steps<void> {
	if (invited.length === 0) return;
	if (mailsLeave && mentor.emailVerifiedAt === null) throw new Refusal('unverified');
	const ids = invited.flatMap(({ person }) => person?.id ?? []);
	const known = yield* knownLearners(tables, tx, mentor.id, ids);
	const strangers = invited.filter(({ person }) => person === null || !known.has(person.id));
	const since = new Date(at.getTime() - DAY);
	const asked = strangers.length > 0 ? yield* countAddresses(tables, tx, mentor.id, since) : 0;
	if (asked + strangers.length > NEW_ADDRESSES_A_DAY) throw new Refusal('too-many-invitations');
	yield* refuseManyMails(
		tables,
		{ tx, at },
		invited.map(({ email }) => email)
	);
}

/** Also changes of plans are mails. Refusal `too-many-mails`. */
export function* refuseManyMails(
	tables: Tables,
	{ tx, at }: Pick<Change, 'tx' | 'at'>,
	addresses: string[]
): Steps<void> {
	const sent = yield* countMails(tables, tx, addresses, new Date(at.getTime() - DAY));
	if (sent.some(({ mails }) => mails >= MAILS_A_DAY)) throw new Refusal('too-many-mails');
}

/**
 * Asks these people to come to these lessons, the first one first: one invitation for each lesson and one mail with one
 * link for all. `earlier`: rows of people who had been taken back before. Memberships are the caller's.
 */
export function* invite(
	{ store, currency }: Pick<PlanningDeps, 'store' | 'currency'>,
	{ tx, news, at }: Change,
	mentor: User,
	sessions: Session[],
	invited: Addressee[],
	earlier: Row<'invitations'>[] = []
): Steps<void> {
	const rows: Row<'invitations'>[] = [];
	const first = sessions[0]!;
	const weeks = sessions.length;
	for (const addressee of invited) {
		const { email, person } = addressee;
		const token = createToken();
		for (const session of sessions) {
			// Each row has a hash; that of the first belongs to the link, the others to none.
			const fresh = {
				userId: person?.id ?? null,
				tokenHash: hashToken(session === first ? token : createToken()),
				...{ createdAt: at, acceptedAt: null, declinedAt: null, withdrawnAt: null }
			};
			const known = earlier.find((row) => row.sessionId === session.id && row.email === email);
			if (known) yield* setInvitation(store.tables, tx, known.id, fresh);
			else rows.push({ id: createId(), sessionId: session.id, email, ...fresh });
		}
		const key = hashToken(token);
		news.mail({
			kind: 'invitation',
			uniqueKey: `invitation:${key}`,
			to: addressed(addressee),
			payload: {
				lesson: mailLessonOf(first, mentor, currency),
				others: sessions.slice(1).map((other) => mailLessonOf(other, mentor, currency)),
				token
			},
			dropAt: sessions.at(-1)!.endsAt.getTime()
		});
		if (!person) continue;
		const { roomCode, title, startsAt } = first;
		news.notify({
			userId: person.id,
			kind: 'session-planned',
			uniqueKey: `session-planned:${key}`,
			payload: { roomCode, title, mentorName: mentor.name, startsAt: startsAt.getTime(), weeks }
		});
		news.concerns([person.id]);
	}
	yield* insertInvitations(store.tables, tx, rows);
}
