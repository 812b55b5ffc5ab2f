import { Refusal } from '../../shared/refusals.ts';
import { isOver } from '../../shared/sessionStatus.ts';
import type { Database, Steps, Store } from '../db/store.ts';
import type { Attendance } from '../presence/attendanceService.ts';
import { CLIENT_ID, type LogInTransaction, type RoomLog } from '../roomLog/roomLogService.ts';
import type { RoomRef } from '../roomLog/roomMessages.ts';
import { readRole, setRemoved } from './sessionsQueries.ts';

/** Who acts on whom; `clientId` is made by whoever asks, so that a repeated call is the same one. */
export interface Removal {
	clientId: string;
	by: string;
	userId: string;
}

/**
 * Taking a learner out of a running session and letting them in again: one transaction of their membership, their stay
 * and the log. Open sockets hear of it from the log. What remains of the session stays theirs.
 */
export interface Removals {
	/** Refusals: `bad-input`, `not-found` (no learner of this session), `not-live`, `session-over`, `id-conflict`. */
	remove(session: RoomRef, removal: Removal): Promise<void>;
	/** Refusals as above. */
	readmit(session: RoomRef, removal: Removal): Promise<void>;
}

export function createRemovals(deps: {
	store: Store;
	roomLog: RoomLog;
	attendance: Pick<Attendance, 'removeFrom'>;
}): Removals {
	const { store, roomLog, attendance } = deps;
	const { tables } = store;

	/** Under the session's lock; answers whether there was anything to do. */
	function* change(
		tx: Database,
		log: LogInTransaction,
		session: RoomRef,
		{ clientId, by, userId }: Removal,
		type: 'learner.removed' | 'learner.readmitted'
	): Steps<boolean> {
		if (!CLIENT_ID.test(clientId)) throw new Refusal('bad-input');
		const current = yield* log.lock(session.id);
		if (!current) throw new Refusal('not-found');
		const entry = { clientId, type, actorId: by, payload: { userId } } as const;
		if (yield* log.find(session.id, clientId)) {
			// The same one, or a refusal: nothing happens twice.
			yield* log.append(session, entry);
			return false;
		}
		if (isOver(current.status)) throw new Refusal('session-over');
		if (current.status !== 'live') throw new Refusal('not-live');
		if ((yield* readRole(tables, tx, session.id, userId)) !== 'learner') throw new Refusal('not-found');
		const at = type === 'learner.removed' ? new Date(log.at) : null;
		if (!(yield* setRemoved(tables, tx, session.id, userId, at))) return false;
		yield* log.append(session, entry);
		return true;
	}

	return {
		async remove(session, removal) {
			await roomLog.transact(function* (tx, log) {
				if (yield* change(tx, log, session, removal, 'learner.removed'))
					yield* attendance.removeFrom(tx, log, session, removal.userId, log.at);
			});
		},
		async readmit(session, removal) {
			await roomLog.transact((tx, log) => change(tx, log, session, removal, 'learner.readmitted'));
		}
	};
}
