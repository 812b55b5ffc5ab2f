import { createThrottle } from '../accounts/throttle.ts';
import type { Bus } from '../bus/bus.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { Member, RoomState } from '../../shared/roomState.ts';
import type { Row, Store } from '../db/store.ts';
import { createEarnings } from '../earnings/earningsService.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import { createAdmissions, isRemoved, type Membership } from './admissions.ts';
import { readShownMembers } from './knownLearners.ts';
import { createLifecycle } from './lifecycle.ts';
import { readNextStart } from './nextSessions.ts';
import { readMembers, readMembership, readOverdueIds, readSession } from './sessionsQueries.ts';
import { toView } from './sessionViews.ts';

export interface SessionSettings {
	/** How long before the scheduled start the mentor may start. */
	startEarlyMinutes: number;
	/** People with video at once. */
	capacity: number;
	/** ISO 4217. */
	currency: string;
	/** Of each price, for the platform; nothing by default. */
	platformFeePercent?: number;
	/** How long after the end a missing rating is asked for. */
	ratingReminderMinutes: number;
}

/**
 * Room codes of others, or of nobody, that one person may ask for: more than anybody mistypes, and so few that to try them out is
 * hopeless. Members are never among them.
 */
const GUESSES = { tries: 300, within: 10 * 60_000 };

/** Overdue sessions taken up at once; the next tick comes in a second. */
const OVERDUE_BATCH = 200;

export function createSessions(deps: {
	store: Store;
	roomLog: RoomLog;
	bus: Bus;
	now: () => number;
	settings: SessionSettings;
}) {
	const { store, roomLog, bus, now, settings } = deps;
	const { tables, db } = store;
	const startEarlyMs = settings.startEarlyMinutes * 60_000;
	const admissions = createAdmissions({ store, bus });
	const lifecycle = createLifecycle({
		store,
		roomLog,
		attendance: createAttendance({ store, roomLog }),
		earnings: createEarnings({
			store,
			currency: settings.currency,
			feePercent: settings.platformFeePercent
		}),
		bus,
		startEarlyMs,
		ratingReminderMs: settings.ratingReminderMinutes * 60_000
	});

	async function membersOf(sessionId: string): Promise<Member[]> {
		const rows = await readMembers(tables, db, [sessionId]);
		return rows.map(({ userId, name, role }) => ({ userId, name, role }));
	}

	const guesses = createThrottle(GUESSES, now);

	async function place(roomCode: string, user: { id: string }): Promise<Membership & { removed: boolean }> {
		const found = await readMembership(tables, db, roomCode, user.id);
		if (!found) throw new Refusal(guesses.take(user.id) ? 'not-found' : 'too-many');
		const { session, role, removedAt } = found;
		return { session, member: { userId: user.id, role }, removed: isRemoved(removedAt, session.status) };
	}

	async function membership(roomCode: string, user: { id: string }): Promise<Membership> {
		const { removed, ...found } = await place(roomCode, user);
		if (removed) throw new Refusal('removed');
		return found;
	}

	/** One session's trouble does not keep the others waiting; all troubles are told at the end. */
	async function forEachOverdue(
		status: 'live' | 'scheduled',
		move: (id: string) => Promise<boolean>
	): Promise<number> {
		let moved = 0;
		const errors: unknown[] = [];
		for (const id of await readOverdueIds(tables, db, status, new Date(now()), OVERDUE_BATCH)) {
			try {
				if (await move(id)) moved += 1;
			} catch (error) {
				errors.push(error);
			}
		}
		if (errors.length > 0)
			throw new AggregateError(errors, `${errors.length} overdue sessions were not moved on`);
		return moved;
	}

	return {
		start: lifecycle.start,
		extend: lifecycle.extend,
		end: lifecycle.end,

		/**
		 * For pages, which answer strangers and unknown rooms with different status codes of the same shape, until somebody has
		 * tried too many codes.
		 */
		async access(
			roomCode: string,
			user: { id: string } | null
		): Promise<'member' | 'stranger' | 'unknown' | 'guessing'> {
			if (user && (await readMembership(tables, db, roomCode, user.id))) return 'member';
			if (user && !guesses.take(user.id)) return 'guessing';
			return (await readSession(tables, db, { roomCode })) ? 'stranger' : 'unknown';
		},

		/** Refusals: `not-found`, for strangers and unknown rooms alike; `too-many` of those; `removed`. */
		membership,

		/** The same, also for whom the mentor has removed; refusal `not-found`. */
		place,

		/** As `createAdmissions` says. */
		admit: admissions.admit,
		recheckAdmissions: admissions.recheck,

		/** The mentor first, then by name. */
		membersOf,
		byId: (sessionId: string): Promise<Row<'sessions'> | null> => readSession(tables, db, { id: sessionId }),

		/** Refusal `not-found`. */
		async roomState(roomCode: string, user: { id: string }): Promise<RoomState> {
			const { session, removed } = await place(roomCode, user);
			const shown = await readShownMembers(tables, db, [session.id], user.id);
			const members = shown.map(({ userId, name, role }) => ({ userId, name, role }));
			const me = members.find((member) => member.userId === user.id);
			if (!me) throw new Refusal('not-found');
			// A learner has no say in how long a lesson goes on.
			const next = me.role === 'mentor' ? await readNextStart(tables, db, user.id, session) : null;
			return {
				session: toView(session, members, startEarlyMs),
				me,
				serverNow: now(),
				capacity: settings.capacity,
				removed,
				nextStartsAt: next?.getTime() ?? null
			};
		},

		/** Ends all live sessions whose scheduled end has come; answers how many. */
		endOverdue: (): Promise<number> => forEachOverdue('live', (id) => lifecycle.end({ id }, 'time')),
		/** Marks all sessions missed that were never started; answers how many. */
		markMissed: (): Promise<number> => forEachOverdue('scheduled', (id) => lifecycle.miss({ id }))
	};
}

export type Sessions = ReturnType<typeof createSessions>;
