import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { and, asc, eq } from 'drizzle-orm';
import { accountsQueries } from '../../src/lib/server/accounts/accountsQueries.ts';
import { createAccounts, type Login } from '../../src/lib/server/accounts/accountsService.ts';
import { createLogins } from '../../src/lib/server/accounts/loginStore.ts';
import { hashPassword } from '../../src/lib/server/accounts/password.ts';
import { createBus } from '../../src/lib/server/bus/bus.ts';
import { openStore } from '../../src/lib/server/db/openStore.ts';
import type { Row, Store } from '../../src/lib/server/db/store.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { storeLesson } from '../../src/lib/server/sessions/lessonFixture.ts';
import type { Role } from '../../src/lib/shared/sessionStatus.ts';
import { leaksIn, secretsIn } from './leaks.ts';
import { endLeases } from './leases.ts';
import { quietPort } from './quietPort.ts';
import { sampleFolder } from './sampleFolder.ts';
import { startDemo, type DemoServer } from './startDemo.ts';

/** Signs what the server signs, so that people can be signed in without its login form. */
export const SECRET = 'only-for-tests-0123456789-0123456789';
export const PASSWORD = 'correct-horse-battery';
/** Of all people here: to hash it anew for hundreds of them would take half a minute. */
const passwordHash = hashPassword(PASSWORD);

export interface Person {
	id: string;
	name: string;
	email: string;
	role: Role;
	/** `name=value`, as a browser sends it. */
	cookie: string;
	/** The cookie's two parts. */
	login: { name: string; value: string };
	csrf: string;
}

export interface Lesson {
	id: string;
	roomCode: string;
	title: string;
	/** Path of the room page. */
	path: string;
	mentor: Person;
	learners: Person[];
}

export interface LessonPlan {
	mentor: Person;
	learners: Person[];
	/** Seconds from now; negative is in the past. */
	startsIn?: number;
	/** Scheduled length, seconds. */
	lasts?: number;
	title?: string;
	priceMinor?: number;
}

/** A running app with a database of its own, and people and lessons put straight into it. */
export interface World {
	readonly server: DemoServer;
	/** Without a slash at the end. */
	url: string;
	store: Store;
	/** With an account, a proven address, and signed in. Everybody has `PASSWORD`. */
	person(role: Role, name?: string): Promise<Person>;
	lesson(plan: LessonPlan): Promise<Lesson>;
	/** A mentor, their learners and a lesson that may be started. */
	classroom(plan?: Partial<LessonPlan> & { names?: string[] }): Promise<Lesson>;
	session(lesson: Lesson): Promise<Row<'sessions'>>;
	/**
	 * Moves the scheduled end of a lesson to so many seconds from now, and answers with it. For what the clock does to a
	 * lesson that is prepared first, however long that takes. Open pages do not hear of it.
	 */
	endsIn(lesson: Lesson, seconds: number): Promise<Date>;
	/** The log as it stands in the database. */
	log(lesson: Lesson): Promise<Row<'roomLog'>[]>;
	attendance(lesson: Lesson): Promise<Row<'attendance'>[]>;
	ledger(lesson: Lesson): Promise<Row<'ledger'>[]>;
	jobs(lesson: Lesson): Promise<Row<'jobs'>[]>;
	ratings(lesson: Lesson): Promise<Row<'ratings'>[]>;
	/**
	 * Kills the server, lets something happen without it, and starts it again at the same address. Work that it died over
	 * is free then: nobody waits out the minute for which it was claimed.
	 */
	restart(meanwhile: () => Promise<void>): Promise<void>;
	/** Stops the server. @throws Error for anything in its log that must not be there (spec S7) */
	close(): Promise<void>;
}

/** Starts the built app on a port of its own with the sample data and a secret that these tests know. */
export async function startWorld(options: Parameters<typeof startDemo>[0] = {}): Promise<World> {
	// It says all it can, so that what it must never say would be found.
	const env = { PEERLEARN_SECRET: SECRET, LOG_LEVEL: 'debug', ...options.env };
	// It may be restarted, while pages try its port.
	const port = options.port ?? (await quietPort());
	const dataDir = options.dataDir ?? (await sampleFolder());
	return openWorld(await startDemo({ ...options, dataDir, port, env }), { ...options, env });
}

function openWorld(started: DemoServer, options: Parameters<typeof startDemo>[0]): World {
	let server = started;
	const store = openStore(join(server.dataDir, 'peerlearn.sqlite'));
	const { tables, db } = store;
	const accounts = createAccounts({
		store,
		bus: createBus(() => undefined),
		now: Date.now,
		secret: SECRET,
		secureCookies: false
	});
	const queries = accountsQueries(store);
	const logins = createLogins(queries, Date.now, false);
	let people = 0;
	/** Of servers before this one. */
	let said = '';
	/** What the database does not hold as it is sent. */
	const sent = new Set([
		SECRET,
		PASSWORD,
		'learn-together',
		...(options?.env?.TURN_SECRET ? [options.env.TURN_SECRET] : [])
	]);

	async function person(role: Role, name?: string): Promise<Person> {
		people += 1;
		const user = {
			id: createId(),
			name: name ?? `${role === 'mentor' ? 'Mentor' : 'Learner'} ${people}`,
			email: `${role}-${people}-${createId().toLowerCase()}@people.test`,
			role,
			timeZone: 'Europe/Berlin'
		};
		const now = new Date();
		const proven = { passwordHash: await passwordHash, createdAt: now, emailVerifiedAt: now };
		await queries.addUser({ ...user, ...proven });
		const { id } = await logins.createSession(user.id, { device: null });
		const cookie = logins.createSessionCookie(id);
		const header = `${cookie.name}=${cookie.value}`;
		const login = (await accounts.readLogin(header)) as Login;
		sent.add(cookie.value).add(login.csrf);
		return {
			...user,
			cookie: header,
			login: { name: cookie.name, value: cookie.value },
			csrf: login.csrf
		};
	}

	async function lesson(plan: LessonPlan): Promise<Lesson> {
		const { mentor, learners, startsIn = 60, lasts = 3_600, priceMinor = 3_500 } = plan;
		const title = plan.title ?? `Lesson ${createId()}`;
		const stored = {
			title,
			learnerEmails: learners.map((learner) => learner.email),
			startsAt: Date.now() + Math.round(startsIn * 1_000),
			minutes: lasts / 60,
			priceMinor
		};
		const { roomCode } = await storeLesson(store, mentor.id, stored, Date.now());
		const [row] = await db.select().from(tables.sessions).where(eq(tables.sessions.roomCode, roomCode));
		return { id: row!.id, roomCode, title, path: `/session/${roomCode}`, mentor, learners };
	}

	return {
		get server() {
			return server;
		},
		url: server.url,
		store,
		person,
		lesson,
		async classroom({ names, ...plan } = {}) {
			const [mentorName, ...learnerNames] = names ?? ['Grace Hopper', 'Alan Turing'];
			const mentor = plan.mentor ?? (await person('mentor', mentorName));
			const learners =
				plan.learners ?? (await Promise.all(learnerNames.map((name) => person('learner', name))));
			return lesson({ ...plan, mentor, learners });
		},
		async session({ id }) {
			const rows = await db.select().from(tables.sessions).where(eq(tables.sessions.id, id));
			return rows[0]!;
		},
		async endsIn({ id }, seconds) {
			const endsAt = new Date(Date.now() + Math.round(seconds * 1_000));
			await store.transact(function* (tx) {
				const change = tx.update(tables.sessions).set({ endsAt });
				yield change.where(eq(tables.sessions.id, id)).returning({ id: tables.sessions.id });
			});
			return endsAt;
		},
		log: ({ id }) =>
			db
				.select()
				.from(tables.roomLog)
				.where(eq(tables.roomLog.sessionId, id))
				.orderBy(asc(tables.roomLog.seq)),
		attendance: ({ id }) =>
			db
				.select()
				.from(tables.attendance)
				.where(eq(tables.attendance.sessionId, id))
				.orderBy(asc(tables.attendance.joinedAt)),
		ledger: ({ id }) => db.select().from(tables.ledger).where(eq(tables.ledger.sessionId, id)),
		async jobs({ id }) {
			const rows = await db.select().from(tables.jobs).orderBy(asc(tables.jobs.kind));
			return rows.filter((job) => job.payload.sessionId === id);
		},
		ratings: ({ id }) =>
			db
				.select()
				.from(tables.ratings)
				.where(and(eq(tables.ratings.sessionId, id))),
		async restart(meanwhile) {
			const { dataDir, url } = server;
			await server.kill();
			said += server.said();
			try {
				await meanwhile();
				await endLeases(store);
			} finally {
				server = await startDemo({ ...options, dataDir, port: Number(new URL(url).port) });
			}
		},
		async close() {
			const secrets = await secretsIn(store);
			await store.close();
			await server.stop();
			await rm(server.dataDir, { recursive: true, force: true });
			const leaks = leaksIn(said + server.said(), secrets.union(sent));
			if (leaks.length > 0) throw new Error(`A server said what it must never say:\n${leaks.join('\n')}`);
		}
	};
}
