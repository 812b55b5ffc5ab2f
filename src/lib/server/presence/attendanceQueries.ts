import { and, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import { run, type Database, type Row, type Steps } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';

type Stay = Row<'attendance'>;

export function* insertStay({ attendance }: Tables, tx: Database, stay: Stay): Steps<void> {
	yield* run(tx.insert(attendance).values(stay).returning({ id: attendance.id }));
}

/** Closes a stay that is open; answers whether it was. */
export function* closeStay({ attendance }: Tables, tx: Database, id: string, leftAt: Date): Steps<boolean> {
	const rows = yield* run(
		tx
			.update(attendance)
			.set({ leftAt })
			.where(and(eq(attendance.id, id), isNull(attendance.leftAt)))
			.returning({ id: attendance.id })
	);
	return rows.length > 0;
}

export interface OpenStay {
	stay: Stay;
	role: Role;
}

/** Whether the mentor has removed this person from the running session, or they are no member of it (any more). */
export function* isRemoved(
	{ sessionMembers }: Tables,
	tx: Database,
	sessionId: string,
	userId: string
): Steps<boolean> {
	const rows = yield* run(
		tx
			.select({ removedAt: sessionMembers.removedAt })
			.from(sessionMembers)
			.where(and(eq(sessionMembers.sessionId, sessionId), eq(sessionMembers.userId, userId)))
	);
	return rows[0]?.removedAt !== null;
}

export function* openStaysOf(
	{ attendance, sessionMembers }: Tables,
	tx: Database,
	sessionId: string
): Steps<OpenStay[]> {
	return yield* run(
		tx
			.select({ stay: attendance, role: sessionMembers.role })
			.from(attendance)
			.innerJoin(
				sessionMembers,
				and(eq(sessionMembers.sessionId, attendance.sessionId), eq(sessionMembers.userId, attendance.userId))
			)
			.where(and(eq(attendance.sessionId, sessionId), isNull(attendance.leftAt)))
			.orderBy(attendance.joinedAt)
	);
}

/** Members with a closed stay that overlaps the time between the two instants. */
export function* membersPresentBetween(
	{ attendance, sessionMembers }: Tables,
	tx: Database,
	sessionId: string,
	from: Date,
	to: Date
): Steps<{ userId: string; role: Role }[]> {
	return yield* run(
		tx
			.selectDistinct({ userId: sessionMembers.userId, role: sessionMembers.role })
			.from(attendance)
			.innerJoin(
				sessionMembers,
				and(eq(sessionMembers.sessionId, attendance.sessionId), eq(sessionMembers.userId, attendance.userId))
			)
			.where(
				and(eq(attendance.sessionId, sessionId), lt(attendance.joinedAt, to), gt(attendance.leftAt, from))
			)
	);
}

/** The same for sessions that are over, by session id. */
export async function readTaught(
	{ attendance, sessions }: Tables,
	db: Database,
	sessionIds: string[]
): Promise<Map<string, ReadonlySet<string>>> {
	const taught = new Map<string, Set<string>>();
	if (sessionIds.length === 0) return taught;
	const rows = await db
		.selectDistinct({ sessionId: attendance.sessionId, userId: attendance.userId })
		.from(attendance)
		.innerJoin(sessions, eq(sessions.id, attendance.sessionId))
		.where(
			and(
				inArray(attendance.sessionId, sessionIds),
				lt(attendance.joinedAt, sessions.endedAt),
				or(isNull(attendance.leftAt), gt(attendance.leftAt, sessions.startedAt))
			)
		);
	for (const { sessionId, userId } of rows)
		taught.set(sessionId, (taught.get(sessionId) ?? new Set()).add(userId));
	return taught;
}

export function* setHeartbeats(
	{ attendance }: Tables,
	tx: Database,
	ids: string[],
	heartbeatAt: Date
): Steps<void> {
	yield* run(
		tx
			.update(attendance)
			.set({ heartbeatAt })
			.where(and(inArray(attendance.id, ids), isNull(attendance.leftAt)))
			.returning({ id: attendance.id })
	);
}

/** Only while the stay is open: afterwards it is evidence. */
export function* setDeviceTrouble(
	{ attendance }: Tables,
	tx: Database,
	id: string,
	deviceTrouble: DeviceTrouble | null
): Steps<void> {
	yield* run(
		tx
			.update(attendance)
			.set({ deviceTrouble })
			.where(and(eq(attendance.id, id), isNull(attendance.leftAt)))
			.returning({ id: attendance.id })
	);
}

/** Every stay nobody closed, with its session and person, oldest first. */
export function readOpenStays(
	{ attendance, sessions, sessionMembers, users }: Tables,
	db: Database
): Promise<{ stay: Stay; session: Row<'sessions'>; role: Role; name: string }[]> {
	return db
		.select({ stay: attendance, session: sessions, role: sessionMembers.role, name: users.name })
		.from(attendance)
		.innerJoin(sessions, eq(sessions.id, attendance.sessionId))
		.innerJoin(users, eq(users.id, attendance.userId))
		.innerJoin(
			sessionMembers,
			and(eq(sessionMembers.sessionId, attendance.sessionId), eq(sessionMembers.userId, attendance.userId))
		)
		.where(isNull(attendance.leftAt))
		.orderBy(attendance.joinedAt)
		.then((rows) => rows);
}

/** The seats a person ever had in a session. */
export async function readSeatIds(
	{ attendance }: Tables,
	db: Database,
	sessionId: string,
	userId: string
): Promise<string[]> {
	const rows = await db
		.selectDistinct({ seatId: attendance.seatId })
		.from(attendance)
		.where(and(eq(attendance.sessionId, sessionId), eq(attendance.userId, userId)));
	return rows.map((row) => row.seatId);
}

/** All stays of a session, oldest first. */
export function readStays({ attendance }: Tables, db: Database, sessionId: string): Promise<Stay[]> {
	return db
		.select()
		.from(attendance)
		.where(eq(attendance.sessionId, sessionId))
		.orderBy(attendance.joinedAt)
		.then((rows) => rows);
}
