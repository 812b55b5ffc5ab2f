import { and, eq, inArray, or } from 'drizzle-orm';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { createId } from '../ids.ts';
import type { MailKind } from '../mail/mailKinds.ts';

type User = Row<'users'>;

/** `.invalid` is nobody's and never will be (RFC 2606). */
export function standInAddress(): string {
	return `${createId().toLowerCase()}@deleted.invalid`;
}

/** What tells of a lesson, and so of its people. */
const OF_LESSONS: MailKind[] = [
	...(['invitation', 'lesson-moved', 'lesson-changed', 'lesson-cancelled'] as const),
	...(['invitation-withdrawn', 'lesson-answered', 'lesson-booked', 'lesson-soon'] as const)
];
/** What names a learner to a mentor. */
const OF_ANSWERS: MailKind[] = ['lesson-answered', 'lesson-booked'];

/**
 * Takes a person's name and addresses out of what others were told: invitations, mails that were kept, notifications. What
 * happened stays. `nobody`: what stands there instead of a name.
 */
export function* deleteTraces(tables: Tables, tx: Database, person: User, nobody: string): Steps<void> {
	const { users, invitations, sessionMembers } = tables;
	const lessons = yield* lessonsOf(tables, tx, person);
	const members = yield* run(
		tx
			.selectDistinct({ id: users.id, email: users.email })
			.from(sessionMembers)
			.innerJoin(users, eq(users.id, sessionMembers.userId))
			.where(inArray(sessionMembers.sessionId, lessons))
	);
	const asked = yield* run(tx.select().from(invitations).where(inArray(invitations.sessionId, lessons)));
	// Who was asked to a lesson is part of what the mentor planned; the address is not.
	for (const { id, userId, email } of asked) {
		if (userId !== person.id && email !== person.email) continue;
		const own = eq(invitations.id, id);
		yield* run(tx.update(invitations).set({ email: standInAddress() }).where(own).returning());
	}
	const addresses = new Set([...members, ...asked].map(({ email }) => email));
	yield* deleteMails(tables, tx, person, [...addresses]);
	const told = new Set([...members.map(({ id }) => id), ...asked.flatMap(({ userId }) => userId ?? [])]);
	for (const userId of told) yield* unnameNotifications(tables, tx, person, userId, nobody);
}

/** Where they were, would have been, or were asked to come. */
function* lessonsOf(tables: Tables, tx: Database, { id, email }: User): Steps<string[]> {
	const { sessions, sessionMembers, invitations } = tables;
	const isMember = eq(sessionMembers.userId, id);
	const joined = yield* run(tx.select({ id: sessionMembers.sessionId }).from(sessionMembers).where(isMember));
	const isAsked = or(eq(invitations.userId, id), eq(invitations.email, email));
	const asked = yield* run(tx.select({ id: invitations.sessionId }).from(invitations).where(isAsked));
	const hasBooked = eq(sessions.bookedById, id);
	const booked = yield* run(tx.select({ id: sessions.id }).from(sessions).where(hasBooked));
	return [...new Set([...joined, ...asked, ...booked].map((lesson) => lesson.id))];
}

/** Those that were sent are history; of those that were not, only what this person alone is the reason of. */
function* deleteMails({ mails }: Tables, tx: Database, person: User, addresses: string[]): Steps<void> {
	const names = wholeWords(person.name);
	for (const address of addresses) {
		const rows = yield* run(
			tx
				.select()
				.from(mails)
				.where(and(eq(mails.toAddress, address), inArray(mails.kind, OF_LESSONS)))
		);
		const naming = rows.filter(({ kind, subject, text, html, calendar, sentAt, droppedAt }) => {
			// RFC 5545, 3.1: long lines of a calendar are folded.
			const all = [subject, text, html, calendar?.replace(/\r?\n[ \t]/g, '') ?? ''].join('\n');
			if (all.includes(person.email)) return true;
			const isOver = sentAt !== null || droppedAt !== null || OF_ANSWERS.includes(kind);
			return isOver && names.test(all);
		});
		const ids = naming.map(({ id }) => id);
		if (ids.length > 0)
			yield* run(tx.delete(mails).where(inArray(mails.id, ids)).returning({ id: mails.id }));
	}
}

function* unnameNotifications(
	{ notifications }: Tables,
	tx: Database,
	person: User,
	userId: string,
	nobody: string
): Steps<void> {
	const rows = yield* run(tx.select().from(notifications).where(eq(notifications.userId, userId)));
	for (const { id, payload } of rows) {
		const named = ['name', 'mentorName', 'raterName'].filter((key) => payload[key] === person.name);
		if (named.length === 0) continue;
		const unnamed = { ...payload, ...Object.fromEntries(named.map((key) => [key, nobody])) };
		yield* run(
			tx
				.update(notifications)
				.set({ payload: unnamed })
				.where(eq(notifications.id, id))
				.returning({ id: notifications.id })
		);
	}
}

/** As it stands in a text and, escaped, in HTML; never inside of a longer word. */
function wholeWords(name: string): RegExp {
	const escaped = name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	const either = [name, escaped].map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
	return new RegExp(`(?<![\\p{L}\\p{N}])(?:${either})(?![\\p{L}\\p{N}])`, 'u');
}
