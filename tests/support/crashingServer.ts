import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { portOpens } from '../../scripts/bench/child.ts';
import { atDesk, type Desk } from '../../scripts/bench/people.ts';
import { readConfig, type Config } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/openStore.ts';
import { run, type Row, type Store } from '../../src/lib/server/db/store.ts';
import type { RoomEvent } from '../../src/lib/shared/roomEvents.ts';
import type { Role } from '../../src/lib/shared/sessionStatus.ts';
import { metricsOf } from './figures.ts';
import { mishapEnv, type Mishap } from './mishap.ts';
import { quietPort } from './quietPort.ts';
import { NotStarted, startDemo, type DemoServer } from './startDemo.ts';

/** Somebody who is signed in, with the cookie as a browser sends it. */
export interface Visitor {
	id: string;
	name: string;
	role: Role;
	cookie: string;
	csrf: string;
}

/**
 * The built server as a process of its own that is killed and started again on one port over one folder. Nothing else
 * holds its database open, so that a kill leaves exactly what a crash leaves.
 */
export interface CrashingServer {
	readonly url: string;
	/** May be set to another folder before the next start. */
	dataDir: string;
	/** Where its mails go from the next start on; null: they stay in the outbox. */
	mail: { url: string; from: string } | null;
	/** Answers with the instant (ms since the epoch) at which the port took its first connection. */
	start(mishap?: Mishap): Promise<number>;
	/** kill -9. */
	kill(): Promise<void>;
	/** Starts it and resolves when it has killed itself, be it before or after it listened. */
	startAndDie(mishap: Mishap): Promise<void>;
	/** Resolves when it has killed itself, see `Mishap`. */
	died(): Promise<void>;
	/** Of the running process. */
	pid(): number;
	/** SIGTERM. */
	stop(): Promise<{ code: number | null; ms: number }>;
	/** What the running process wrote. */
	output(): string;
	/** Figures of /metrics by name. */
	metrics(): Promise<Record<string, number>>;
	/** With the database open as long as `work` runs; only while no kill is to be tested. */
	atStore<T>(work: (store: Store) => Promise<T>): Promise<T>;
	/** A room's log as it stands in the database. */
	log(roomCode: string): Promise<RoomEvent[]>;
	attendance(roomCode: string): Promise<Row<'attendance'>[]>;
	close(): Promise<void>;
}

/** Prepares a database of its own with `plan`, then starts the server. */
export async function startCrashing<T>(
	plan: (desk: PlanningDesk) => Promise<T>
): Promise<CrashingServer & { planned: T }> {
	const root = mkdtempSync(join(tmpdir(), 'peerlearn-faults-'));
	const dataDir = join(root, 'data');
	const planned = await atDesk(configOf(dataDir), (desk) => plan(planning(desk)));
	let server: DemoServer | null = await startDemo({ dataDir, port: await quietPort() });
	const port = Number(new URL(server.url).port);
	const { url } = server;

	async function atStore<R>(work: (store: Store) => Promise<R>): Promise<R> {
		const store = openStore(configOf(self.dataDir).database);
		try {
			return await work(store);
		} finally {
			await store.close();
		}
	}

	const self: CrashingServer & { planned: T } = {
		url,
		dataDir,
		mail: null,
		planned,
		async start(mishap) {
			const env = mishap && mishapEnv(mishap);
			const started = startDemo({ dataDir: self.dataDir, port, env, mail: self.mail });
			const [opened] = await Promise.all([portOpens(port), started]);
			server = await started;
			return opened;
		},
		async kill() {
			await server?.kill();
			server = null;
		},
		async startAndDie(mishap) {
			const env = mishapEnv(mishap);
			await startDemo({ dataDir: self.dataDir, port, env, mail: self.mail }).then(
				({ ended }) => ended,
				endedEarly
			);
		},
		async died() {
			await server?.ended;
			server = null;
		},
		pid: () => server!.pid,
		async stop() {
			const at = Date.now();
			const code = (await server?.stop()) ?? null;
			server = null;
			return { code, ms: Date.now() - at };
		},
		output: () => server?.output() ?? '',
		metrics: () => metricsOf({ url }),
		atStore,
		log: (roomCode) =>
			atStore(async ({ db, tables: { sessions, roomLog } }) => {
				const rows = await db
					.select({ entry: roomLog })
					.from(roomLog)
					.innerJoin(sessions, eq(sessions.id, roomLog.sessionId))
					.where(eq(sessions.roomCode, roomCode))
					.orderBy(asc(roomLog.seq));
				return rows.map(
					({ entry: { seq, clientId, at, actorId, type, payload } }) =>
						({ seq, clientId, at: at.getTime(), actorId, type, payload }) as unknown as RoomEvent
				);
			}),
		attendance: (roomCode) =>
			atStore(async ({ db, tables: { sessions, attendance } }) => {
				const rows = await db
					.select({ stay: attendance })
					.from(attendance)
					.innerJoin(sessions, eq(sessions.id, attendance.sessionId))
					.where(eq(sessions.roomCode, roomCode))
					.orderBy(asc(attendance.joinedAt));
				return rows.map(({ stay }) => stay);
			}),
		async close() {
			await self.kill();
			rmSync(root, { recursive: true, force: true });
		}
	};
	return self;
}

/** Without a word: anything else it wrote is why it could not start. */
function endedEarly(error: unknown): void {
	if (!(error instanceof NotStarted) || error.output !== '') throw error;
}

interface PlanningDesk {
	person(role: Role, name: string): Promise<Visitor>;
	/** A lesson that runs: its room code. */
	lesson(mentor: Visitor, learners: Visitor[]): Promise<string>;
}

function planning(desk: Desk): PlanningDesk {
	const known = new Map<string, Awaited<ReturnType<Desk['signIn']>>>();
	const benchPerson = (visitor: Visitor) => known.get(visitor.id)!;
	return {
		async person(role, name) {
			const person = await desk.signIn(name, role);
			known.set(person.id, person);
			return { ...person, cookie: `${person.cookie.name}=${person.cookie.value}` };
		},
		lesson: (mentor, learners) => desk.plan('live', benchPerson(mentor), learners.map(benchPerson))
	};
}

/** A live lesson of a mentor and so many learners. */
export async function planLesson(
	desk: PlanningDesk,
	learners: number
): Promise<{ roomCode: string; mentor: Visitor; learners: Visitor[]; everybody: Visitor[] }> {
	const mentor = await desk.person('mentor', 'Grace Hopper');
	const people: Visitor[] = [];
	for (let i = 1; i <= learners; i += 1) people.push(await desk.person('learner', `Learner ${i}`));
	const roomCode = await desk.lesson(mentor, people);
	return { roomCode, mentor, learners: people, everybody: [mentor, ...people] };
}

/** Puts so many messages of one person into an empty room, as if they had been said. */
export async function fillLog(store: Store, roomCode: string, actorId: string, count: number): Promise<void> {
	const { db, tables } = store;
	const [session] = await db.select().from(tables.sessions).where(eq(tables.sessions.roomCode, roomCode));
	const at = new Date(Date.now() - 60_000);
	for (let first = session!.lastSeq + 1; first <= count; first += 500) {
		const rows = Array.from({ length: Math.min(500, count - first + 1) }, (_, i) => ({
			sessionId: session!.id,
			seq: first + i,
			clientId: `filled-${first + i}`,
			at,
			actorId,
			type: 'chat.message' as const,
			payload: { text: `Message ${first + i}: a line of a usual length, as people write it in a chat.` }
		}));
		await store.transact(function* (tx) {
			yield* run(tx.insert(tables.roomLog).values(rows).returning({ seq: tables.roomLog.seq }));
			yield* run(
				tx
					.update(tables.sessions)
					.set({ lastSeq: rows.at(-1)!.seq })
					.where(eq(tables.sessions.id, session!.id))
					.returning({ id: tables.sessions.id })
			);
		});
	}
}

export function configOf(dataDir: string): Config {
	return readConfig({ DATA_DIR: dataDir });
}
