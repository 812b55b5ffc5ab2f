import type { Row, Store } from '../db/store.ts';
import { enqueueJobs } from '../jobs/jobsService.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { lessonClock } from '../recap/lessonClock.ts';
import type { RoomLog } from '../roomLog/roomLogService.ts';
import type { Member } from '../../shared/roomState.ts';
import {
	addLearner,
	addToTotals,
	countLearners,
	countTaught,
	insertFigures,
	readCompleted,
	readEntry,
	readTotals,
	type EndPlace
} from './figuresQueries.ts';

/** Sums over a mentor's lessons of one currency. Money is minor units. */
export interface MentorTotals {
	currency: string;
	/** With a learner who was there. */
	sessions: number;
	lessonSeconds: number;
	interruptedSeconds: number;
	amountMinor: number;
	feeMinor: number;
}

/**
 * What lessons add up to for their mentor, so that a dashboard costs the same with ten lessons and with ten thousand.
 * The ledger is the truth about money; these sums can be made of it and of the logs again.
 */
export interface Figures {
	/**
	 * Adds a completed session to its mentor's figures, once in its effect however often and from how many servers it is
	 * called; answers with the mentor's id, or null when there is no such session or it is not completed.
	 */
	add(sessionId: string): Promise<string | null>;
	/** One entry a currency. */
	totalsOf(mentorId: string): Promise<MentorTotals[]>;
	/** Lessons with a learner that ended in `[from, to)`, ms since the epoch. */
	taughtIn(mentorId: string, span: { from: number; to: number }): Promise<number>;
	/** Learners who were taught, and those of them who came a second time. */
	learnersOf(mentorId: string): Promise<{ learners: number; cameBack: number }>;
	/**
	 * Looks through some of the completed sessions, from the oldest on, and has the figures added where they are missing
	 * (sessions that ended before there were any); answers how many. Once through them all it looks no further.
	 */
	pickUpMissing(): Promise<number>;
}

/** Looked through at once: short enough that nobody waits for it. */
const LOOKED_AT_ONCE = 200;

export function createFigures(deps: {
	store: Store;
	sessions: {
		byId(sessionId: string): Promise<Row<'sessions'> | null>;
		membersOf(sessionId: string): Promise<Member[]>;
	};
	roomLog: RoomLog;
	now: () => number;
}): Figures {
	const { store, sessions, roomLog, now } = deps;
	const { tables, db } = store;
	const attendance = createAttendance({ store, roomLog });
	let place: EndPlace | null = null;
	let lookedThrough = false;

	return {
		async add(sessionId) {
			const session = await sessions.byId(sessionId);
			if (!session?.endedAt || session.status !== 'completed') return null;
			const { mentorId, endedAt } = session;
			const startedAt = session.startedAt ?? endedAt;
			// After the end nothing is added to the log: it may be read outside of the transaction.
			const [members, entries] = await Promise.all([
				sessions.membersOf(sessionId),
				roomLog.readAll(sessionId)
			]);
			const times = { startedAt: startedAt.getTime(), endedAt: endedAt.getTime() };
			const { lessonSeconds, interruptedSeconds } = lessonClock(times, members, entries);

			await store.transact(function* (tx) {
				const present = yield* attendance.presentBetween(tx, sessionId, times.startedAt, times.endedAt);
				const learners = present.filter(({ role }) => role === 'learner');
				const figures = { sessionId, mentorId, endedAt, lessonSeconds, interruptedSeconds };
				const isNew = yield* insertFigures(tables, tx, { ...figures, learners: learners.length });
				if (!isNew) return;
				const entry = yield* readEntry(tables, tx, sessionId);
				// Waiting for nobody is no teaching; what was booked (nothing) is in the ledger.
				if (learners.length === 0 || !entry) return;
				const { currency, amountMinor, feeMinor } = entry;
				const money = { currency, amountMinor, feeMinor };
				yield* addToTotals(tables, tx, {
					mentorId,
					sessions: 1,
					lessonSeconds,
					interruptedSeconds,
					...money
				});
				for (const { userId } of learners)
					yield* addLearner(tables, tx, { mentorId, learnerId: userId }, endedAt);
			});
			return mentorId;
		},

		async totalsOf(mentorId) {
			const rows = await readTotals(tables, db, mentorId);
			return rows.map(({ mentorId: _, ...totals }) => totals);
		},

		taughtIn: (mentorId, { from, to }) => countTaught(tables, db, mentorId, new Date(from), new Date(to)),
		learnersOf: (mentorId) => countLearners(tables, db, mentorId),

		async pickUpMissing() {
			if (lookedThrough) return 0;
			const page = await readCompleted(tables, db, place, LOOKED_AT_ONCE);
			const missing = page.filter(({ counted }) => counted === null);
			if (missing.length > 0) {
				await store.transact((tx) =>
					enqueueJobs(
						store,
						tx,
						missing.map(({ id }) => ({
							kind: 'analytics' as const,
							// Not the key of its end: that job was done before there were figures to add.
							uniqueKey: `figures:${id}`,
							payload: { sessionId: id },
							dueAt: now()
						}))
					)
				);
			}
			place = page.at(-1) ?? place;
			lookedThrough = page.length < LOOKED_AT_ONCE;
			return missing.length;
		}
	};
}
