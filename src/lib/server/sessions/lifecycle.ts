import type { Bus } from '../bus/bus.ts';
import { EXTENSION_MINUTES } from '../../shared/limits.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver, type EndReason, type SessionStatus } from '../../shared/sessionStatus.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import type { Earnings } from '../earnings/earningsService.ts';
import { enqueueJobs, type NewJob } from '../jobs/jobsService.ts';
import type { Attendance } from '../presence/attendanceService.ts';
import { publishToRoom } from '../roomLog/roomMessages.ts';
import { CLIENT_ID, type RoomLog } from '../roomLog/roomLogService.ts';
import { readInTransaction, setCompleted, setEndsAt, setLive, setMissed } from './statusQueries.ts';

type Session = Row<'sessions'>;

/** The moves of a session: each one transaction of the status, its log entry and its consequences. */
export interface Lifecycle {
	/** By the mentor. Nothing happens when it is live already. Refusals: `too-early`, `too-late`, `session-over`, `session-cancelled`. */
	start(session: Session): Promise<void>;
	/** By the mentor; repeated with the same client id it counts once. Refusals: `bad-input`, `not-live`, `session-over`, `id-conflict`. */
	extend(session: Session, clientId: string, minutes: number): Promise<void>;
	/**
	 * The one end of a live session; answers whether it was this call that ended it. `time` ends it only if its
	 * scheduled end has come. Whoever comes second has nothing left to do. Refusal `not-live` before the start.
	 */
	end(session: Pick<Session, 'id'>, reason: EndReason): Promise<boolean>;
	/** A scheduled session whose end passed without a start (spec F9); answers whether it was this call. */
	miss(session: Pick<Session, 'id'>): Promise<boolean>;
}

export function createLifecycle(deps: {
	store: Store;
	roomLog: RoomLog;
	attendance: Attendance;
	earnings: Earnings;
	bus: Bus;
	startEarlyMs: number;
	ratingReminderMs: number;
}): Lifecycle {
	const { store, roomLog, attendance, earnings, bus, startEarlyMs, ratingReminderMs } = deps;
	const { tables } = store;

	/** What follows the end. Whoever was not there cannot rate, and nobody rates a lesson without a learner. */
	function* queueFollowUp(tx: Database, session: Session, endedAt: number, present: string[]): Steps<void> {
		const sessionId = session.id;
		const reminders: NewJob[] = present.map((userId) => ({
			kind: 'rating-reminder',
			uniqueKey: `rating-reminder:${sessionId}:${userId}`,
			payload: { sessionId, userId },
			dueAt: endedAt + ratingReminderMs
		}));
		yield* enqueueJobs(store, tx, [
			{ kind: 'analytics', uniqueKey: `analytics:${sessionId}`, payload: { sessionId }, dueAt: endedAt },
			{ kind: 'notify-end', uniqueKey: `notify-end:${sessionId}`, payload: { sessionId }, dueAt: endedAt },
			...reminders
		]);
	}

	return {
		start: (session) =>
			roomLog.transact(function* (tx, log) {
				const at = new Date(log.at);
				const startsBy = new Date(log.at + startEarlyMs);
				if (yield* setLive(tables, tx, session.id, at, startsBy)) {
					yield* log.append(session, {
						clientId: 'session:start',
						type: 'session.start',
						actorId: session.mentorId,
						payload: {}
					});
					return;
				}
				const current = yield* readInTransaction(tables, tx, session.id);
				if (!current) throw new Refusal('not-found');
				if (current.status === 'live') return;
				refuseIfOver(current.status);
				throw new Refusal(current.endsAt <= at ? 'too-late' : 'too-early');
			}),

		async extend(session, clientId, minutes) {
			if (!CLIENT_ID.test(clientId) || !EXTENSION_MINUTES.some((allowed) => allowed === minutes))
				throw new Refusal('bad-input');
			await roomLog.transact(function* (tx, log) {
				const current = yield* log.lock(session.id);
				if (!current) throw new Refusal('not-found');
				const earlier = yield* log.find(session.id, clientId);
				if (earlier) {
					if (earlier.type === 'session.extend' && earlier.payload.minutes === minutes) return;
					throw new Refusal('id-conflict');
				}
				refuseIfOver(current.status);
				const endsAt = current.endsAt.getTime() + minutes * 60_000;
				if (!(yield* setEndsAt(tables, tx, session.id, current.endsAt, new Date(endsAt))))
					throw new Refusal('not-live');
				yield* log.append(session, {
					clientId,
					type: 'session.extend',
					actorId: session.mentorId,
					payload: { minutes, endsAt }
				});
			});
		},

		end: ({ id }, reason) =>
			roomLog.transact(function* (tx, log) {
				const current = yield* readInTransaction(tables, tx, id);
				if (!current) throw new Refusal('not-found');
				if (current.status === 'scheduled') throw new Refusal('not-live');
				if (current.status !== 'live') return false;
				// A server that was down over the scheduled end does not make the lesson longer.
				const endedAt = reason === 'time' ? current.endsAt.getTime() : log.at;
				const startedAt = current.startedAt?.getTime() ?? endedAt;
				const durationSeconds = Math.max(0, Math.round((endedAt - startedAt) / 1000));
				const end = { endedAt: new Date(endedAt), endReason: reason, durationSeconds };
				const overdue = reason === 'time' ? { seen: current.endsAt, at: new Date(log.at) } : null;
				const ended = yield* setCompleted(tables, tx, id, end, overdue);
				if (!ended) return false;

				yield* attendance.endAll(tx, log, ended, endedAt, log.at);
				yield* log.append(ended, {
					clientId: 'session:end',
					type: 'session.end',
					actorId: reason === 'mentor' ? ended.mentorId : null,
					payload: { reason, durationSeconds }
				});
				const present = yield* attendance.presentBetween(tx, id, startedAt, endedAt);
				const taught = present.some((person) => person.role === 'learner');
				yield* earnings.book(tx, ended, taught ? ended.priceMinor : 0, endedAt);
				yield* queueFollowUp(tx, ended, endedAt, taught ? present.map((person) => person.userId) : []);
				return true;
			}),

		async miss({ id }) {
			const missed = await roomLog.transact(function* (tx, log) {
				const session = yield* setMissed(tables, tx, id, new Date(log.at));
				if (session) yield* attendance.endAll(tx, log, session, session.endsAt.getTime(), log.at);
				return session;
			});
			// No entry of the log says so: the seats are given back, and pages ask for the state when the end has come.
			if (missed) publishToRoom(bus, missed.roomCode, { type: 'over' });
			return missed !== null;
		}
	};
}

function refuseIfOver(status: SessionStatus): void {
	if (isOver(status)) throw new Refusal(status === 'cancelled' ? 'session-cancelled' : 'session-over');
}
