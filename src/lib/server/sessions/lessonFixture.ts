import { createBus, type Bus } from '../bus/bus.ts';
import type { Member } from '../../shared/roomState.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import { openSqliteStore } from '../db/sqliteStore.ts';
import { run, type Row, type Store } from '../db/store.ts';
import { createFakeTimers, type FakeTimers } from '../presence/fakeTimers.ts';
import { createRoomLog, type RoomLog } from '../roomLog/roomLogService.ts';
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

	async function plan(): Promise<Row<'sessions'>> {
		const { roomCode } = await sessions.plan(
			{ id: 'maya', role: 'mentor' },
			{
				title: 'Fractions',
				learnerEmails: ['liam@x.test', 'aisha@x.test'],
				// Where a test has played for hours the next lesson is still to come.
				startsAt: Math.max(STARTS_AT, time.now()),
				minutes: 60,
				priceMinor: 4_500
			}
		);
		return (await sessions.membership(roomCode, { id: 'maya' })).session;
	}
	const { id } = await plan();

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
		planAnother: plan,
		async close() {
			await roomLog.close();
			await store.close();
		}
	};
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
