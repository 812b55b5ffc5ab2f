import { inArray } from 'drizzle-orm';
import { createBus, type Bus } from '../bus/bus.ts';
import type { Member } from '../../shared/roomState.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import { openSqliteStore } from '../db/sqliteStore.ts';
import { run, type Row, type Store } from '../db/store.ts';
import { createFakeTimers, type FakeTimers } from '../presence/fakeTimers.ts';
import { createRoomLog, type RoomLog } from '../roomLog/roomLogService.ts';
import { createId, createRoomCode } from '../ids.ts';
import { AS_PLANNED } from './asPlanned.ts';
import { insertSession } from './sessionsQueries.ts';
import { createSessions, type Sessions } from './sessionsService.ts';

/** For tests: when the planned lesson starts, ms since the epoch. It lasts an hour. */
export const STARTS_AT = Date.UTC(2026, 2, 2, 10);
export const ENDS_AT = STARTS_AT + 3_600_000;

export const MAYA: Member = { userId: 'maya', name: 'Maya', role: 'mentor' };
export const LIAM: Member = { userId: 'liam', name: 'Liam', role: 'learner' };
export const AISHA: Member = { userId: 'aisha', name: 'Aisha', role: 'learner' };
export const OMAR: Member = { userId: 'omar', name: 'Omar', role: 'learner' };

/** A planned lesson of Maya, Liam and Aisha in a real database, five minutes before its start. Omar is a stranger. */
export interface Lesson {
	store: Store;
	bus: Bus;
	time: FakeTimers;
	roomLog: RoomLog;
	sessions: Sessions;
	/** As it is in the database now. */
	session(): Promise<Row<'sessions'>>;
	/** A lesson of Maya that is there already: how one comes about is `planning/`. */
	plan(lesson: StoredLesson): Promise<{ roomCode: string }>;
	/** A second lesson of the same people. */
	planAnother(): Promise<Row<'sessions'>>;
	close(): Promise<void>;
}

export async function planLesson(
	options: { file?: string; gatherMs?: number; bufferSize?: number; pageSize?: number } = {}
): Promise<Lesson> {
	const { file = ':memory:', ...logOptions } = options;
	const store = openSqliteStore(file);
	await store.migrate('drizzle');
	const time = createFakeTimers(STARTS_AT - 5 * 60_000);
	const bus = createBus((error) => {
		throw error;
	});
	const roomLog = createRoomLog({ store, bus, now: time.now, ...logOptions });
	const sessions = createSessions({
		store,
		roomLog,
		bus,
		now: time.now,
		settings: { startEarlyMinutes: 15, capacity: 4, currency: 'EUR', ratingReminderMinutes: 5 }
	});
	for (const person of [MAYA, LIAM, AISHA, OMAR])
		await addUser(store, person.userId, person.name, person.role);

	const plan = (stored: StoredLesson) => storeLesson(store, 'maya', stored, time.now());
	async function planAnother(): Promise<Row<'sessions'>> {
		const { roomCode } = await plan({
			title: 'Fractions',
			learnerEmails: ['liam@x.test', 'aisha@x.test'],
			// Where a test has played for hours the next lesson is still to come.
			startsAt: Math.max(STARTS_AT, time.now()),
			minutes: 60,
			priceMinor: 4_500
		});
		return (await sessions.membership(roomCode, { id: 'maya' })).session;
	}
	const { id } = await planAnother();

	return {
		store,
		bus,
		time,
		roomLog,
		sessions,
		async session() {
			const session = await sessions.byId(id);
			if (!session) throw new Error('The lesson is gone');
			return session;
		},
		plan,
		planAnother,
		async close() {
			await roomLog.close();
			await store.close();
		}
	};
}

/** A lesson for tests; instants in ms since the epoch, money in minor units. */
export interface StoredLesson {
	title: string;
	/** Of learners with an account. */
	learnerEmails: string[];
	startsAt: number;
	minutes: number;
	priceMinor: number;
}

/** Stores a planned lesson whose learners were not asked, for tests of what comes afterwards. */
export async function storeLesson(
	store: Store,
	mentorId: string,
	{ title, learnerEmails, startsAt, minutes, priceMinor }: StoredLesson,
	now: number
): Promise<{ roomCode: string }> {
	const session: Row<'sessions'> = {
		...AS_PLANNED,
		...{ id: createId(), roomCode: createRoomCode(), mentorId, title, status: 'scheduled', priceMinor },
		...{ startsAt: new Date(startsAt), endsAt: new Date(startsAt + Math.round(minutes * 60_000)) },
		...{ startedAt: null, endedAt: null, endReason: null, durationSeconds: null, lastSeq: 0 },
		createdAt: new Date(now)
	};
	const { users } = store.tables;
	await store.transact(function* (tx) {
		const people = yield* run(
			tx.select({ id: users.id }).from(users).where(inArray(users.email, learnerEmails))
		);
		if (people.length !== learnerEmails.length) throw new Error('Some of the learners have no account');
		yield* insertSession(store.tables, tx, session, [
			{ userId: mentorId, role: 'mentor' },
			...people.map(({ id }) => ({ userId: id, role: 'learner' as const }))
		]);
	});
	return { roomCode: session.roomCode };
}

async function addUser(store: Store, id: string, name: string, role: Role): Promise<void> {
	const { users } = store.tables;
	const row = {
		id,
		name,
		role,
		email: `${id}@x.test`,
		passwordHash: '-',
		timeZone: 'UTC',
		createdAt: new Date(0)
	};
	await store.transact(function* (tx) {
		yield* run(tx.insert(users).values(row).returning({ id: users.id }));
	});
}
