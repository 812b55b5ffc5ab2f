import type { BoardElement, BoardStanding, LastBoard } from '../../shared/board.ts';
import type { DrawInput, DrawMessage, SentInk } from '../../shared/boardInk.ts';
import {
	BOARD_DRAWS_AT_ONCE,
	BOARD_DRAWS_PER_SECOND,
	BOARD_FRAME_MAX_BYTES,
	BOARD_PUTS_AT_ONCE,
	BOARD_PUTS_PER_SECOND
} from '../../shared/boardLimits.ts';
import { fitsInPut } from '../../shared/boardSchemas.ts';
import { Refusal } from '../../shared/refusals.ts';
import { createAllowances } from '../allowances.ts';
import { boardTopic, type Bus } from '../bus/bus.ts';
import type { Row, Store } from '../db/store.ts';
import type { Presence } from '../presence/presenceService.ts';
import type { Cursor } from '../roomLog/cursor.ts';
import { followLog } from '../roomLog/followLog.ts';
import { createGroupCommit } from '../roomLog/groupCommit.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import type { RoomRef } from '../roomLog/roomMessages.ts';
import type { Membership } from '../sessions/admissions.ts';
import {
	lockBoard,
	readBoard,
	readPlace,
	saveBoard,
	selectChanges,
	toChange,
	type Change
} from './boardQueries.ts';
import { continueBoard, selectLast } from './continueBoard.ts';
import { putElements, refuseUnlessLive, type Put } from './putElements.ts';

type Session = Row<'sessions'>;

/** The durable board of each session, and what shows on it while somebody draws. */
export interface Board {
	/**
	 * Resolves after the commit, with what stands on the board for each element. Repeating is harmless.
	 * Refusals: `too-large`, `too-many`, and those of `putElements`.
	 */
	put(session: RoomRef, by: Put['by'], elements: BoardElement[]): Promise<BoardStanding[]>;
	/**
	 * Every element that changed after `after`, in the order of its last change, then each new change until `signal`
	 * aborts; an empty batch once everything from before has come. From the beginning without what was deleted, but for pages.
	 */
	follow(session: RoomRef, after: number, signal: AbortSignal): AsyncGenerator<Change[], void, undefined>;
	/** Whether this board can go on from where a reader is. It cannot when a backup was restored meanwhile. */
	holds(sessionId: string, cursor: Cursor): Promise<boolean>;
	/** Lets learners write, or not; an entry of the room log. Refusals: `not-live`, `session-over`, `id-conflict`. */
	lock(session: RoomRef, by: string, clientId: string, locked: boolean): Promise<void>;
	/** The board `continueLast` would bring. */
	last(session: Session): Promise<LastBoard | null>;
	/** Once; again does nothing. Refusals: `not-found`, `not-live`, `session-over`, `board-in-use`. */
	continueLast(session: Session, by: string): Promise<void>;
	/** To all others in the room, at once or not at all. Refusals: `not-live`, `session-over`, `no-seat`, `too-many`, `board-locked`. */
	draw(of: Membership, input: DrawInput<SentInk>): Promise<void>;
	/** Writes what is still gathered. */
	close(): Promise<void>;
}

/** Puts in one transaction: 500 elements hold the event loop for about 10 ms. */
const COMMIT_MAX = 10;
/** Room for what tRPC and the socket wrap around the elements of one message, bytes. */
const WRAPPING = 400;

export function createBoard(deps: {
	store: Store;
	bus: Bus;
	roomLog: RoomLog;
	presence: Pick<Presence, 'holdsSeat' | 'draw'>;
	now: () => number;
	/** How long puts wait for others to share a commit, ms. */
	gatherMs?: number;
	pageSize?: number;
	/** Live changes kept in memory for one reader. */
	bufferSize?: number;
}): Board {
	const { store, bus, roomLog, presence, now, gatherMs = 2, pageSize = 200, bufferSize = 256 } = deps;
	const { tables, db } = store;
	const mayPut = createAllowances({ perSecond: BOARD_PUTS_PER_SECOND, burst: BOARD_PUTS_AT_ONCE }, now);
	const mayDraw = createAllowances({ perSecond: BOARD_DRAWS_PER_SECOND, burst: BOARD_DRAWS_AT_ONCE }, now);

	function publish({ roomCode }: RoomRef, change: Change): void {
		bus.publish(boardTopic(roomCode), change);
	}
	const commits = createGroupCommit({
		store,
		gatherMs,
		batchMax: COMMIT_MAX,
		write: (tx, session, put: Put) => putElements(tables, tx, session.id, put, now()),
		publish: (session, { changes }) => changes.forEach((change) => publish(session, change))
	});

	return {
		async put(session, by, elements) {
			if (!fitsInPut(elements)) throw new Refusal('too-large');
			if (!mayPut(`${session.id} ${by.userId}`)) throw new Refusal('too-many');
			return (await commits.add(session, { by, elements })).standings;
		},

		follow(session, after, signal) {
			/**
			 * Up to here what was deleted is nothing to a reader who begins now. What is deleted while the board is read may
			 * have been handed on already.
			 */
			let skipDeletedUpTo: number | null = after === 0 ? null : 0;
			return followLog(
				{
					listen: (listener) =>
						bus.subscribe(boardTopic(session.roomCode), (message) => listener(message as Change)),
					async read(last, limit) {
						skipDeletedUpTo ??= (await readBoard(tables, db, session.id))?.lastSeq ?? 0;
						const rows = await selectChanges(tables, db, session.id, { after: last, limit, skipDeletedUpTo });
						return rows.map(toChange);
					},
					pageSize,
					bufferSize,
					batchSize: countForFrame,
					sayWhenCaughtUp: true
				},
				after,
				signal
			);
		},

		async holds(sessionId, { seq, at }) {
			if (seq === 0) return true;
			const { lastSeq, standing } = await readPlace(tables, db, sessionId, seq);
			if (seq > lastSeq) return false;
			if (at === null || !standing) return true;
			const standsSince = standing.changedAt.getTime();
			return standing.seq === seq ? standsSince === at : standsSince <= at;
		},

		async lock(session, by, clientId, locked) {
			await roomLog.transact(function* (tx, log) {
				const current = yield* log.lock(session.id);
				if (!current) throw new Refusal('not-found');
				const repeated = yield* log.find(session.id, clientId);
				if (!repeated) refuseUnlessLive(current.status);
				yield* log.append(session, {
					clientId,
					type: 'board.lock',
					actorId: by,
					payload: { locked }
				});
				// A repeated call that comes late does not undo what was decided after it.
				if (repeated) return;
				yield* lockBoard(tables, tx, session.id);
				yield* saveBoard(tables, tx, { sessionId: session.id, locked });
			});
		},

		async last(session) {
			const [last] = await selectLast(tables, db, session);
			if (!last?.endedAt) return null;
			return { title: last.title, endedAt: last.endedAt.getTime(), objects: last.objects };
		},

		async continueLast(session, by) {
			const newest = await store.transact((tx) => continueBoard(store, tx, session, by, now()));
			// One is enough: readers notice the gap before it and read the rest from the database.
			if (newest) publish(session, newest);
		},

		async draw({ session, member }, { seatId, ink, cursor, view }) {
			refuseUnlessLive(session.status);
			if (!presence.holdsSeat(session.roomCode, member.userId, seatId)) throw new Refusal('no-seat');
			if (!mayDraw(`${session.id} ${seatId}`)) throw new Refusal('too-many');
			const leavesTraces = ink?.kind === 'pen' || ink?.kind === 'highlighter';
			if (leavesTraces && member.role !== 'mentor' && (await readBoard(tables, db, session.id))?.locked)
				throw new Refusal('board-locked');
			const from = { fromUserId: member.userId, fromSeatId: seatId };
			const messages: DrawMessage<SentInk>[] = [];
			if (ink) messages.push({ ...from, type: 'ink', ink });
			if (cursor !== undefined) messages.push({ ...from, type: 'cursor', cursor });
			if (view) messages.push({ ...from, type: 'boardView', view });
			presence.draw(session.roomCode, member.userId, seatId, messages);
		},

		close: () => commits.drain()
	};
}

/** How many of the first changes fit into one message. */
function countForFrame(changes: readonly Change[]): number {
	let left = BOARD_FRAME_MAX_BYTES - WRAPPING;
	let count = 0;
	for (const { bytes } of changes) {
		left -= bytes + 1;
		if (left < 0) break;
		count += 1;
	}
	return Math.max(1, count);
}
