import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Bus } from '../bus/bus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { tellMembers } from '../notifications/personMessages.ts';
import { publishToRoom } from '../roomLog/roomMessages.ts';

/**
 * Calls off the lessons that this person would teach and takes them off the list of those they would learn in. Answers with
 * what is to be told after the commit.
 */
export function* leaveSessions(
	{ tables, bus }: { tables: Tables; bus: Bus },
	tx: Database,
	person: Pick<Row<'users'>, 'id'>,
	at: Date
): Steps<() => void> {
	const { sessions, sessionMembers } = tables;
	const planned = yield* run(
		tx
			.select({ id: sessions.id, mentorId: sessions.mentorId, sequence: sessions.calendarSequence })
			.from(sessions)
			.innerJoin(sessionMembers, eq(sessionMembers.sessionId, sessions.id))
			.where(and(eq(sessionMembers.userId, person.id), eq(sessions.status, 'scheduled')))
	);
	const calledOff: string[] = [];
	for (const { id, mentorId, sequence } of planned) {
		if (mentorId !== person.id) continue;
		const change = {
			...{ status: 'cancelled' as const, cancelledAt: at, cancelReason: 'The mentor has left PeerLearn.' },
			calendarSequence: sequence + 1
		};
		const moved = yield* run(
			tx
				.update(sessions)
				.set(change)
				.where(and(eq(sessions.id, id), eq(sessions.status, 'scheduled')))
				.returning({ roomCode: sessions.roomCode })
		);
		calledOff.push(...moved.map(({ roomCode }) => roomCode));
	}
	const ids = planned.map(({ id }) => id);
	if (ids.length === 0) return () => undefined;
	const others = yield* run(
		tx
			.selectDistinct({ userId: sessionMembers.userId })
			.from(sessionMembers)
			.where(and(inArray(sessionMembers.sessionId, ids), ne(sessionMembers.userId, person.id)))
	);
	yield* run(
		tx
			.delete(sessionMembers)
			.where(
				and(
					inArray(sessionMembers.sessionId, ids),
					eq(sessionMembers.userId, person.id),
					eq(sessionMembers.role, 'learner')
				)
			)
			.returning({ userId: sessionMembers.userId })
	);
	return () => {
		for (const roomCode of calledOff) publishToRoom(bus, roomCode, { type: 'over' });
		const userIds = others.map(({ userId }) => userId);
		tellMembers(bus, userIds);
	};
}
