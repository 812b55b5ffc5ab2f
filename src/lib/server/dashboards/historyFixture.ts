import { run, type Database, type Row, type Steps, type Store } from '../db/store.ts';
import type { Tables } from '../db/tables.ts';
import { AS_PLANNED } from '../sessions/asPlanned.ts';

/** For tests and measurements: lessons that were taught long ago, as their ends and follow-up jobs leave them. */
export interface History {
	mentorId: string;
	learnerId: string;
	lessons: number;
	/** Scheduled start of the latest one, ms since the epoch, and the time between one and the next. */
	latest: number;
	everyMs: number;
	priceMinor: number;
	/** ISO 4217. */
	currency: string;
}

/** SQLite takes so many values at once. */
const AT_ONCE = 500;
const LESSON_MS = 3_000_000;

export async function writeHistory(store: Store, history: History): Promise<void> {
	const { mentorId, learnerId, lessons, currency, priceMinor } = history;
	for (let from = 0; from < lessons; from += AT_ONCE) {
		const some = Array.from({ length: Math.min(AT_ONCE, lessons - from) }, (_, nth) =>
			taught(history, from + nth)
		);
		await store.transact(function* (tx) {
			yield* insert(
				store,
				tx,
				'sessions',
				some.map(({ session }) => session)
			);
			yield* insert(
				store,
				tx,
				'sessionMembers',
				some.flatMap(({ members }) => members)
			);
			yield* insert(
				store,
				tx,
				'attendance',
				some.flatMap(({ stays }) => stays)
			);
			yield* insert(
				store,
				tx,
				'ledger',
				some.map(({ entry }) => entry)
			);
			yield* insert(
				store,
				tx,
				'lessonFigures',
				some.map(({ figures }) => figures)
			);
			yield* insert(
				store,
				tx,
				'ratings',
				some.map(({ rating }) => rating)
			);
			yield* insert(
				store,
				tx,
				'resources',
				some.map(({ file }) => file)
			);
		});
	}
	const lessonSeconds = (lessons * LESSON_MS) / 1_000;
	const totals = { sessions: lessons, lessonSeconds, interruptedSeconds: lessons * 30 };
	await store.transact(function* (tx) {
		const money = { currency, amountMinor: lessons * priceMinor, feeMinor: 0 };
		yield* insert(store, tx, 'mentorTotals', [{ mentorId, ...totals, ...money }]);
		const pair = { mentorId, learnerId, sessions: lessons, lastAt: new Date(history.latest) };
		yield* insert(store, tx, 'mentorLearners', [pair]);
		yield* insert(store, tx, 'ratingTotals', [{ userId: mentorId, ratings: lessons, stars: lessons * 5 }]);
	});
}

function taught({ mentorId, learnerId, latest, everyMs, priceMinor, currency }: History, nth: number) {
	const startsAt = new Date(latest - nth * everyMs);
	const endedAt = new Date(startsAt.getTime() + LESSON_MS);
	const id = `${mentorId}-${nth}`;
	const session: Row<'sessions'> = {
		...AS_PLANNED,
		...{ id, mentorId, startsAt, endedAt, priceMinor, endsAt: endedAt, startedAt: startsAt },
		roomCode: `room-${id}`,
		title: `Lesson ${nth}`,
		status: 'completed',
		endReason: 'time',
		durationSeconds: LESSON_MS / 1_000,
		lastSeq: 0,
		createdAt: startsAt
	};
	const members: Row<'sessionMembers'>[] = [
		{ sessionId: id, userId: mentorId, role: 'mentor', startsAt, removedAt: null },
		{ sessionId: id, userId: learnerId, role: 'learner', startsAt, removedAt: null }
	];
	const stays: Row<'attendance'>[] = [mentorId, learnerId].map((userId) => ({
		...{ id: `${userId}-in-${id}`, sessionId: id, userId, seatId: `seat-${userId}`, deviceTrouble: null },
		...{ joinedAt: startsAt, heartbeatAt: endedAt, leftAt: endedAt }
	}));
	const money = { amountMinor: priceMinor, feeMinor: 0, currency };
	const entry: Row<'ledger'> = { id: `entry-${id}`, sessionId: id, mentorId, ...money, bookedAt: endedAt };
	const times = { endedAt, lessonSeconds: LESSON_MS / 1_000, interruptedSeconds: 30 };
	const figures: Row<'lessonFigures'> = { sessionId: id, mentorId, ...times, learners: 1 };
	const rating: Row<'ratings'> = {
		...{ sessionId: id, raterId: learnerId, rateeId: mentorId, stars: 5, comment: '' },
		...{ connectionToBlame: null, createdAt: endedAt, updatedAt: endedAt, revealedAt: endedAt }
	};
	const file: Row<'resources'> = {
		...{ id: `file-${id}`, sessionId: id, uploadedBy: mentorId, name: 'notes.txt', type: 'text/plain' },
		...{ size: 1, sha256: '', storageKey: id, uploadedAt: endedAt, removedAt: null }
	};
	return { session, members, stays, entry, figures, rating, file };
}

function* insert<K extends keyof Tables>(store: Store, tx: Database, table: K, rows: Row<K>[]): Steps<void> {
	yield* run(tx.insert(store.tables[table]).values(rows).returning());
}
