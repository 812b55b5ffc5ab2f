import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Bus } from '../bus/bus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import type { MailRecipient, Mails } from '../mail/mailKinds.ts';
import { mailLessonOf, recipientOf } from '../mail/mailLesson.ts';
import { tellMembers } from '../notifications/personMessages.ts';
import { publishToRoom } from '../roomLog/roomMessages.ts';

const REASON = 'The mentor has left PeerLearn.';

/**
 * Calls off the lessons that this person would teach, by mail too, and takes them off the list of those they would learn in.
 * Answers with what is to be told to open pages after the commit.
 */
export function* leaveSessions(
	deps: { tables: Tables; bus: Bus; mails: Mails; currency: string },
	tx: Database,
	person: Row<'users'>,
	at: Date
): Steps<() => void> {
	const { tables, bus } = deps;
	const { sessions, sessionMembers } = tables;
	const planned = yield* run(
		tx
			.select({ session: sessions })
			.from(sessions)
			.innerJoin(sessionMembers, eq(sessionMembers.sessionId, sessions.id))
			.where(and(eq(sessionMembers.userId, person.id), eq(sessions.status, 'scheduled')))
	);
	const toTell = new Set<string>();
	const calledOff: string[] = [];
	for (const { session } of planned) {
		const members = yield* readOthers(tables, tx, session.id, person.id);
		members.forEach(({ id }) => toTell.add(id));
		if (session.mentorId === person.id) {
			yield* callOff(deps, tx, { session, mentor: person, members, at });
			calledOff.push(session.roomCode);
		} else {
			const own = and(eq(sessionMembers.sessionId, session.id), eq(sessionMembers.userId, person.id));
			yield* run(tx.delete(sessionMembers).where(own).returning({ userId: sessionMembers.userId }));
		}
	}
	return () => {
		for (const roomCode of calledOff) publishToRoom(bus, roomCode, { type: 'over' });
		tellMembers(bus, [...toTell]);
	};
}

function* callOff(
	{ tables, mails, currency }: { tables: Tables; mails: Mails; currency: string },
	tx: Database,
	of: { session: Row<'sessions'>; mentor: Row<'users'>; members: Row<'users'>[]; at: Date }
): Steps<void> {
	const { session, mentor, members, at } = of;
	const { sessions, invitations } = tables;
	const change = {
		...{ status: 'cancelled' as const, cancelledAt: at, cancelReason: REASON },
		calendarSequence: session.calendarSequence + 1
	};
	const moved = yield* run(
		tx
			.update(sessions)
			.set(change)
			.where(and(eq(sessions.id, session.id), eq(sessions.status, 'scheduled')))
			.returning()
	);
	if (!moved[0]) return;
	// Who was asked and has not answered may have no account yet.
	const asked = yield* run(
		tx
			.select({ email: invitations.email })
			.from(invitations)
			.where(
				and(
					eq(invitations.sessionId, session.id),
					isNull(invitations.declinedAt),
					isNull(invitations.withdrawnAt)
				)
			)
	);
	const known = new Set(members.map(({ email }) => email));
	const strangers = asked.filter(({ email }) => !known.has(email)).map(({ email }) => byAddress(email));
	const lesson = mailLessonOf(moved[0], mentor, currency);
	yield* mails.enqueue(
		tx,
		[...members.map(recipientOf), ...strangers].map((to) => ({
			kind: 'lesson-cancelled' as const,
			uniqueKey: `lesson-cancelled:${session.id}:${lesson.sequence}:${to.address}`,
			to,
			payload: { lesson, reason: REASON },
			dropAt: lesson.endsAt
		}))
	);
}

function* readOthers(
	{ users, sessionMembers }: Tables,
	tx: Database,
	sessionId: string,
	userId: string
): Steps<Row<'users'>[]> {
	const ids = yield* run(
		tx
			.select({ userId: sessionMembers.userId })
			.from(sessionMembers)
			.where(eq(sessionMembers.sessionId, sessionId))
	);
	const others = ids.map((member) => member.userId).filter((id) => id !== userId);
	if (others.length === 0) return [];
	return yield* run(
		tx
			.select()
			.from(users)
			.where(and(inArray(users.id, others), isNull(users.deletedAt)))
	);
}

function byAddress(address: string): MailRecipient {
	return { userId: null, address, name: null, language: null, timeZone: null };
}
