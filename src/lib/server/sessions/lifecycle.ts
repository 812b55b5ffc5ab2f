import type { Bus } from '../bus/bus.ts';
import { EXTENSION_MINUTES } from '../../shared/limits.ts';
import { OverlapsNext } from '../../shared/nextSession.ts';
import { Refusal } from '../../shared/refusals.ts';
import { isOver, type EndReason, type SessionStatus } from '../../shared/sessionStatus.ts';
import type { Database, Row, Steps, Store } from '../db/store.ts';
import type { Earnings } from '../earnings/earningsService.ts';
import { enqueueJobs, type NewJob } from '../jobs/jobsService.ts';
import { tellMembers } from '../notifications/personMessages.ts';
import type { Attendance } from '../presence/attendanceService.ts';
import { publishToRoom } from '../roomLog/roomMessages.ts';
import { CLIENT_ID, type RoomLog } from '../roomLog/roomLogService.ts';
import { knownLearners } from './knownLearners.ts';
import { sessionsBetween } from './nextSessions.ts';
import { memberIdsOf, placesOf } from './sessionsQueries.ts';
import { readInTransaction, setCompleted, setEndsAt, setLive, setMissed } from './statusQueries.ts';

type Session = Row<'sessions'>;

/**
 * The moves of a session: each one transaction of the status, its log entry and its consequences. After the commit the
 * members' open pages hear that their lists of sessions changed.
 */
export interface Lifecycle {
	/** By the mentor. Nothing happens when it is live already. Refusals: `too-early`, `too-late`, `session-over`, `session-cancelled`. */
	start(session: Session): Promise<void>;
	/**
	 * By the mentor; repeated with the same client id it counts once. Refusals: `bad-input`, `not-live`, `session-over`,
	 * `id-conflict`, and `overlaps-next` (an `OverlapsNext`) where the time that is added runs into another session of a
	 * member, unless that is accepted.
	 */
	extend(session: Session, clientId: string, minutes: number, overlapAccepted?: boolean): Promise<void>;
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

	/**
	 * What has to be asked first: who else is expected elsewhere while this session goes on. Not of those whom the mentor
	 * took out, and of an address that has not answered nobody hears when it is busy.
	 */
	function* refuseOverlap(tx: Database, { id, mentorId, endsAt }: Session, until: Date): Steps<void> {
		const learnerIds = (yield* placesOf(tables, tx, id)).filter((userId) => userId !== mentorId);
		const userIds = [mentorId, ...(yield* knownLearners(tables, tx, mentorId, learnerIds))];
		const next = yield* sessionsBetween(tables, tx, { exceptId: id, userIds, from: endsAt, to: until });
		if (next.length > 0) throw new OverlapsNext(next);
	}

	return {
		async start(session) {
			const concerned = await roomLog.transact(function* (tx, log) {
				const at = new Date(log.at);
				const startsBy = new Date(log.at + startEarlyMs);
				if (yield* setLive(tables, tx, session.id, at, startsBy)) {
					yield* log.append(session, {
						clientId: 'session:start',
						type: 'session.start',
						actorId: session.mentorId,
						payload: {}
					});
					return yield* memberIdsOf(tables, tx, session.id);
				}
				const current = yield* readInTransaction(tables, tx, session.id);
				if (!current) throw new Refusal('not-found');
				if (current.status === 'live') return [];
				refuseIfOver(current.status);
				throw new Refusal(current.endsAt <= at ? 'too-late' : 'too-early');
			});
			tellMembers(bus, concerned);
		},

		async extend(session, clientId, minutes, overlapAccepted = false) {
			if (!CLIENT_ID.test(clientId) || !EXTENSION_MINUTES.some((allowed) => allowed === minutes))
				throw new Refusal('bad-input');
			const concerned = await roomLog.transact(function* (tx, log) {
				const current = yield* log.lock(session.id);
				if (!current) throw new Refusal('not-found');
				const earlier = yield* log.find(session.id, clientId);
				if (earlier) {
					if (earlier.type === 'session.extend' && earlier.payload.minutes === minutes) return [];
					throw new Refusal('id-conflict');
				}
				refuseIfOver(current.status);
				if (current.status !== 'live') throw new Refusal('not-live');
				const endsAt = new Date(current.endsAt.getTime() + minutes * 60_000);
				const memberIds = yield* memberIdsOf(tables, tx, session.id);
				if (!overlapAccepted) yield* refuseOverlap(tx, current, endsAt);
				if (!(yield* setEndsAt(tables, tx, session.id, current.endsAt, endsAt)))
					throw new Refusal('not-live');
				yield* log.append(session, {
					clientId,
					type: 'session.extend',
					actorId: session.mentorId,
					payload: { minutes, endsAt: endsAt.getTime() }
				});
				return memberIds;
			});
			tellMembers(bus, concerned);
		},

		async end({ id }, reason) {
			const concerned = await roomLog.transact(function* (tx, log) {
				const current = yield* readInTransaction(tables, tx, id);
				if (!current) throw new Refusal('not-found');
				if (current.status === 'scheduled') throw new Refusal('not-live');
				if (current.status !== 'live') return null;
				// A server that was down over the scheduled end does not make the lesson longer.
				const endedAt = reason === 'time' ? current.endsAt.getTime() : log.at;
				const startedAt = current.startedAt?.getTime() ?? endedAt;
				const durationSeconds = Math.max(0, Math.round((endedAt - startedAt) / 1000));
				const end = { endedAt: new Date(endedAt), endReason: reason, durationSeconds };
				const overdue = reason === 'time' ? { seen: current.endsAt, at: new Date(log.at) } : null;
				const ended = yield* setCompleted(tables, tx, id, end, overdue);
				if (!ended) return null;

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
				return yield* memberIdsOf(tables, tx, id);
			});
			tellMembers(bus, concerned ?? []);
			return concerned !== null;
		},

		async miss({ id }) {
			const missed = await roomLog.transact(function* (tx, log) {
				const session = yield* setMissed(tables, tx, id, new Date(log.at));
				if (!session) return null;
				yield* attendance.endAll(tx, log, session, session.endsAt.getTime(), log.at);
				yield* enqueueJobs(store, tx, [
					{
						kind: 'notify-missed',
						uniqueKey: `notify-missed:${id}`,
						payload: { sessionId: id },
						dueAt: session.endsAt.getTime()
					}
				]);
				return { session, memberIds: yield* memberIdsOf(tables, tx, id) };
			});
			if (!missed) return false;
			// No entry of the log says so: the seats are given back, and pages ask for the state when the end has come.
			publishToRoom(bus, missed.session.roomCode, { type: 'over' });
			tellMembers(bus, missed.memberIds);
			return true;
		}
	};
}

function refuseIfOver(status: SessionStatus): void {
	if (isOver(status)) throw new Refusal(status === 'cancelled' ? 'session-cancelled' : 'session-over');
}
