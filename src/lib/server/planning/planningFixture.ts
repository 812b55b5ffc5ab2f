import { asc, eq } from 'drizzle-orm';
import type { LessonDraft, Planner, Planning } from '../../shared/planning.ts';
import type { Role } from '../../shared/sessionStatus.ts';
import { createBus, type Bus } from '../bus/bus.ts';
import { openSqliteStore } from '../db/sqliteStore.ts';
import { run, type NewRow, type Row, type Store } from '../db/store.ts';
import { createLog } from '../log.ts';
import type { NewMail } from '../mail/mailKinds.ts';
import { createMails } from '../mail/mailsService.ts';
import { enqueueReminders } from '../mail/reminders.ts';
import { createNotifications } from '../notifications/notificationsService.ts';
import { listenToPerson } from '../notifications/personMessages.ts';
import { createAttendance, type Attendance } from '../presence/attendanceService.ts';
import { createFakeTimers, type FakeTimers } from '../presence/fakeTimers.ts';
import { createRoomLog, type RoomLog } from '../roomLog/roomLogService.ts';
import { createSessions, type Sessions } from '../sessions/sessionsService.ts';
import type { PlanningDeps } from './planChange.ts';
import { createPlanning } from './planningService.ts';

/** For tests: noon of a Monday in Berlin, two weeks before its clocks go forward. */
export const NOW = Date.UTC(2026, 2, 16, 11);
export const MINUTE = 60_000;
export const DAY = 1_440 * MINUTE;
const ZONE = 'Europe/Berlin';

/** Two mentors and three learners in a real database, with real mails that stay in it. */
export interface Planners {
	store: Store;
	bus: Bus;
	time: FakeTimers;
	roomLog: RoomLog;
	sessions: Sessions;
	attendance: Attendance;
	/** What planning is made of, for its neighbours. */
	deps: PlanningDeps;
	planning: Planning;
	maya: Planner;
	ines: Planner;
	liam: Planner;
	aisha: Planner;
	omar: Planner;
	/** What was enqueued so far, oldest first. */
	mails: NewMail[];
	/** Whose lists were said to have changed so far. */
	nudged: string[];
	/** Signs somebody up. */
	addPerson(id: string, role: Role, more?: Partial<NewRow<'users'>>): Promise<Planner>;
	/** Maya's lesson with Liam tomorrow at the same hour; each call is another form. */
	draft(changes?: Partial<LessonDraft>): LessonDraft;
	planned(changes?: Partial<LessonDraft>): Promise<Row<'sessions'>>;
	session(roomCode: string): Promise<Row<'sessions'>>;
	/** All lessons, by start. */
	lessons(): Promise<Row<'sessions'>[]>;
	invitations(roomCode: string): Promise<Row<'invitations'>[]>;
	members(roomCode: string): Promise<string[]>;
	/** `who kind`, in order. */
	told(): Promise<string[]>;
	/** The link's token in the newest invitation to an address. */
	tokenOf(address: string): string;
	/** Mails since the last look, as `kind address`, sorted. */
	newMails(): string[];
	close(): Promise<void>;
}

export async function openPlanning({ leave = false } = {}): Promise<Planners> {
	const store = openSqliteStore(':memory:');
	await store.migrate('drizzle');
	const { tables, db } = store;
	const time = createFakeTimers(NOW);
	const bus = createBus((error) => {
		throw error;
	});
	const { now } = time;
	const roomLog = createRoomLog({ store, bus, now });
	const attendance = createAttendance({ store, roomLog });
	const config = { ORIGIN: 'https://learn.example.org', PORT: 3000, mail: null };
	const desk = createMails({
		...{ store, config, post: null, now, log: createLog('silent') },
		origin: () => config.ORIGIN
	});
	const mails: NewMail[] = [];
	const nudged: string[] = [];
	const deps: PlanningDeps = {
		...{ store, roomLog, bus, now, attendance, currency: 'EUR' },
		notifications: createNotifications({ store, bus, now }),
		remind: (tx, session) => enqueueReminders(store, tx, session, now()),
		mails: {
			leave,
			*enqueue(tx, given) {
				yield* desk.enqueue(tx, given);
				mails.push(...given);
			}
		}
	};
	const planning = createPlanning(deps);
	const sessions = createSessions({
		...{ store, roomLog, bus, now },
		settings: { startEarlyMinutes: 15, capacity: 4, currency: 'EUR', ratingReminderMinutes: 5 }
	});

	async function addPerson(id: string, role: Role, more: Partial<NewRow<'users'>> = {}): Promise<Planner> {
		const name = id[0]!.toUpperCase() + id.slice(1);
		const row = {
			...{ id, name, role, email: `${id}@x.test`, passwordHash: '-', timeZone: ZONE },
			...{ createdAt: new Date(0), emailVerifiedAt: new Date(0), ...more }
		};
		await store.transact(function* (tx) {
			yield* run(tx.insert(tables.users).values(row).returning({ id: tables.users.id }));
		});
		listenToPerson(bus, id, (message) => message.type === 'sessions' && nudged.push(id));
		return { id, role, name: row.name, email: row.email, timeZone: ZONE };
	}
	const maya = await addPerson('maya', 'mentor');
	const ines = await addPerson('ines', 'mentor');
	const liam = await addPerson('liam', 'learner');
	const aisha = await addPerson('aisha', 'learner');
	const omar = await addPerson('omar', 'learner');

	let forms = 0;
	let looked = 0;
	function draft(changes: Partial<LessonDraft> = {}): LessonDraft {
		forms += 1;
		return {
			...{ clientId: `form-${forms}`, title: 'Fractions', description: '', learnerEmails: [liam.email] },
			...{ startsAt: NOW + DAY, minutes: 60, priceMinor: 3_500, weeks: 1, ...changes }
		};
	}
	async function session(roomCode: string): Promise<Row<'sessions'>> {
		const rows = await db.select().from(tables.sessions).where(eq(tables.sessions.roomCode, roomCode));
		return rows[0]!;
	}

	return {
		...{ store, bus, time, roomLog, sessions, attendance, deps, planning, mails, nudged },
		...{ maya, ines, liam, aisha, omar, addPerson, draft, session },
		async planned(changes) {
			const { roomCode } = await planning.plan(maya, draft(changes));
			return session(roomCode);
		},
		lessons: async () => db.select().from(tables.sessions).orderBy(asc(tables.sessions.startsAt)),
		async invitations(roomCode) {
			const { id } = await session(roomCode);
			const { invitations } = tables;
			return db
				.select()
				.from(invitations)
				.where(eq(invitations.sessionId, id))
				.orderBy(asc(invitations.email));
		},
		async members(roomCode) {
			const { id } = await session(roomCode);
			return (await sessions.membersOf(id)).map(({ userId }) => userId).sort();
		},
		async told() {
			const rows = await db.select().from(tables.notifications).orderBy(asc(tables.notifications.createdAt));
			return rows.map(({ userId, kind }) => `${userId} ${kind}`);
		},
		tokenOf(address) {
			const mail = mails.findLast(({ kind, to }) => kind === 'invitation' && to.address === address);
			if (mail?.kind !== 'invitation') throw new Error(`Nobody invited ${address}`);
			return mail.payload.token;
		},
		newMails() {
			const since = mails.slice(looked);
			looked = mails.length;
			return since.map(({ kind, to }) => `${kind} ${to.address}`).sort();
		},
		async close() {
			await roomLog.close();
			await store.close();
		}
	};
}
