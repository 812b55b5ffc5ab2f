import type { Departure, LeaveReason, RoomEventOf } from '../../shared/roomEvents.ts';
import type { DeviceTrouble } from '../../shared/deviceTrouble.ts';
import type { Member } from '../../shared/roomState.ts';
import { isOver, type Role } from '../../shared/sessionStatus.ts';
import { Refusal } from '../../shared/refusals.ts';
import { type Database, type Row, type Steps, type Store } from '../db/store.ts';
import type { RoomRef } from '../roomLog/roomMessages.ts';
import type { LogInTransaction, RoomLog } from '../roomLog/roomLogService.ts';
import {
	closeStay,
	isRemoved,
	insertStay,
	membersPresentBetween,
	openStaysOf,
	readOpenStays,
	readSeatIds,
	readStays,
	readTaught,
	setDeviceTrouble,
	setHeartbeats,
	type OpenStay
} from './attendanceQueries.ts';

/** An open stay whose heartbeat is older than this belongs to a server that was killed, ms. */
const HEARTBEAT_STALE_MS = 30_000;
const HEARTBEATS_AT_ONCE = 500;
/** A departure that is written within this time was seen when it happened, ms. */
const KNOWN_AT_ONCE_MS = 1_000;

/** One stay of one person, as presence holds it. */
export interface StayRef {
	id: string;
	member: Member;
}

/**
 * Who was there, and when, as rows: one for each seat a person took. Coming and going is one transaction of the
 * row and its entry in the room log; moving to another tab or device makes a new row and no entry.
 */
export interface Attendance {
	/** Refusals: `session-over`, `removed`. Instants are ms since the epoch. */
	join(session: RoomRef, stay: StayRef, seatId: string, at: number): Promise<void>;
	/**
	 * Ends one stay at `leftAt` and begins the next at `at`, with the same trouble until the new page knows better.
	 * Refusals: `session-over`, `removed`.
	 */
	move(
		session: RoomRef,
		from: { id: string; leftAt: number; deviceTrouble: DeviceTrouble | null },
		stay: StayRef,
		seatId: string,
		at: number
	): Promise<void>;
	/** Nothing happens when the stay is closed already. */
	leave(session: RoomRef, stay: StayRef, leftAt: number, reason: LeaveReason): Promise<void>;
	/** One statement for all stays of this server. */
	heartbeat(stayIds: string[], at: number): Promise<void>;
	/** What is wrong with the person's devices in this stay; the last thing written is what remains of it. */
	setDeviceTrouble(stayId: string, trouble: DeviceTrouble | null): Promise<void>;
	/** Inside the transaction that ends a session: everybody leaves at `endedAt`, or when they were last seen. */
	endAll(tx: Database, log: LogInTransaction, session: RoomRef, endedAt: number, now: number): Steps<void>;
	/** Inside the transaction that removes somebody: they leave at `at`, or when they were last seen. */
	removeFrom(tx: Database, log: LogInTransaction, session: RoomRef, userId: string, at: number): Steps<void>;
	/** Inside a transaction, after `endAll`: who was there at any time between the two instants. */
	presentBetween(
		tx: Database,
		sessionId: string,
		from: number,
		to: number
	): Steps<{ userId: string; role: Role }[]>;
	/** Who was there while these sessions were live, by session id: user ids. Sessions in which nobody was are not named. */
	taught(sessionIds: string[]): Promise<Map<string, ReadonlySet<string>>>;
	/** For the start of a server: what is open of sessions that may go on. Open stays of others are closed. */
	recover(): Promise<{ stay: Row<'attendance'>; session: RoomRef; member: Member }[]>;
	/** Every seat a person ever had in a session, this one included. */
	seatIds(sessionId: string, userId: string): Promise<string[]>;
	/** All stays of a session, oldest first. */
	list(sessionId: string): Promise<Row<'attendance'>[]>;
}

export function createAttendance({ store, roomLog }: { store: Store; roomLog: RoomLog }): Attendance {
	const { tables, db } = store;

	function newStay(session: RoomRef, stay: StayRef, seatId: string, at: number): Row<'attendance'> {
		const joinedAt = new Date(at);
		const userId = stay.member.userId;
		return {
			id: stay.id,
			sessionId: session.id,
			userId,
			seatId,
			joinedAt,
			heartbeatAt: joinedAt,
			leftAt: null,
			deviceTrouble: null
		};
	}

	function* closeAll(
		tx: Database,
		log: LogInTransaction,
		session: RoomRef,
		{ open, reason, at, now }: { open: OpenStay[]; reason: LeaveReason; at: number; now: number }
	): Steps<void> {
		for (const { stay, role } of open) {
			const lastSeen = stay.heartbeatAt.getTime();
			const seen = lastSeen < now - HEARTBEAT_STALE_MS ? lastSeen : at;
			const leftAt = Math.max(seen, stay.joinedAt.getTime());
			yield* closeStay(tables, tx, stay.id, new Date(leftAt));
			yield* log.append(session, leaveEntry(stay.id, stay.userId, role, departed(reason, leftAt, at)));
		}
	}

	return {
		join: (session, stay, seatId, at) =>
			roomLog.transact(function* (tx, log) {
				yield* log.append(session, {
					clientId: `join:${stay.id}`,
					type: `${stay.member.role}.join`,
					actorId: stay.member.userId,
					payload: {}
				});
				// Under the session's lock, as the removal: whichever comes second sees the other.
				if (yield* isRemoved(tables, tx, session.id, stay.member.userId)) throw new Refusal('removed');
				yield* insertStay(tables, tx, newStay(session, stay, seatId, at));
			}),

		move: (session, from, stay, seatId, at) =>
			roomLog.transact(function* (tx, log) {
				const current = yield* log.lock(session.id);
				if (!current || isOver(current.status)) throw new Refusal('session-over');
				if (yield* isRemoved(tables, tx, session.id, stay.member.userId)) throw new Refusal('removed');
				yield* closeStay(tables, tx, from.id, new Date(from.leftAt));
				const { deviceTrouble } = from;
				yield* insertStay(tables, tx, { ...newStay(session, stay, seatId, at), deviceTrouble });
			}),

		leave: (session, stay, leftAt, reason) =>
			roomLog.transact(function* (tx, log) {
				// Before the stay, as in the transaction that ends the session: else the two could wait for each other.
				yield* log.lock(session.id);
				if (!(yield* closeStay(tables, tx, stay.id, new Date(leftAt)))) return;
				const departure = departed(reason, leftAt, log.at);
				yield* log.append(session, leaveEntry(stay.id, stay.member.userId, stay.member.role, departure));
			}),

		async heartbeat(stayIds, at) {
			for (let i = 0; i < stayIds.length; i += HEARTBEATS_AT_ONCE) {
				const some = stayIds.slice(i, i + HEARTBEATS_AT_ONCE);
				await store.transact((tx) => setHeartbeats(tables, tx, some, new Date(at)));
			}
		},

		setDeviceTrouble: (stayId, trouble) =>
			store.transact((tx) => setDeviceTrouble(tables, tx, stayId, trouble)),

		*endAll(tx, log, session, endedAt, now) {
			const open = yield* openStaysOf(tables, tx, session.id);
			yield* closeAll(tx, log, session, { open, reason: 'session-end', at: endedAt, now });
		},

		*removeFrom(tx, log, session, userId, at) {
			const open = (yield* openStaysOf(tables, tx, session.id)).filter(({ stay }) => stay.userId === userId);
			yield* closeAll(tx, log, session, { open, reason: 'removed', at, now: at });
		},

		presentBetween: (tx, sessionId, from, to) =>
			membersPresentBetween(tables, tx, sessionId, new Date(from), new Date(to)),

		taught: (sessionIds) => readTaught(tables, db, sessionIds),

		async recover() {
			const open = await readOpenStays(tables, db);
			const goingOn = open.filter(({ session }) => !isOver(session.status));
			const stale = open.filter(({ session }) => isOver(session.status));
			if (stale.length > 0) {
				await store.transact(function* (tx) {
					for (const { stay } of stale) yield* closeStay(tables, tx, stay.id, stay.heartbeatAt);
				});
			}
			return goingOn.map(({ stay, session, role, name }) => ({
				stay,
				session: { id: session.id, roomCode: session.roomCode },
				member: { userId: stay.userId, name, role }
			}));
		},

		seatIds: (sessionId, userId) => readSeatIds(tables, db, sessionId, userId),

		list: (sessionId) => readStays(tables, db, sessionId)
	};
}

function leaveEntry(stayId: string, userId: string, role: Role, payload: Departure) {
	const type: RoomEventOf<'mentor.leave' | 'learner.leave'>['type'] = `${role}.leave`;
	return { clientId: `leave:${stayId}`, type, actorId: userId, payload };
}

/** The log says when somebody was last there, where that is not what its entry says anyway. */
function departed(reason: LeaveReason, leftAt: number, saidAt: number): Departure {
	return saidAt - leftAt < KNOWN_AT_ONCE_MS ? { reason } : { reason, since: leftAt };
}
