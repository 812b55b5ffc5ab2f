import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Config } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/openStore.ts';
import { run } from '../../src/lib/server/db/store.ts';
import { openPage } from '../../tests/support/nodePage.ts';
import { openDefaultPage } from './defaultPage.ts';
import { figure, type Report } from './figures.ts';
import { atDesk, type Desk, type Person } from './people.ts';
import { startProduct, type Product } from './product.ts';
import { median, p95 } from './statistics.ts';

/** Pages of each kind, all of them in one room; they come back from the same outages. */
const PAGES = 3;
const OUTAGES = [
	{ name: 'stopped and started at once', signal: 'SIGTERM', ms: 0, rounds: 8 },
	{ name: 'killed, away for 1 s', signal: 'SIGKILL', ms: 1_000, rounds: 8 },
	{ name: 'killed, away for 20 s', signal: 'SIGKILL', ms: 20_000, rounds: 2 }
] as const;
type Outage = (typeof OUTAGES)[number];
/** A page that is not back by then never will be: tRPC's longest delay and as much again, ms. */
const PATIENCE_MS = 60_000;

interface Room {
	roomCode: string;
	people: Person[];
}
/** Something that follows the room's log. */
interface Reader {
	lastSeq(): number;
	close(): void;
}
/** For one page and outage, ms. */
interface Return {
	sinceOpen: number;
	sinceSignal: number;
}

/** Port open again → socket live and log caught up, against tRPC's own client in the same outages. */
export async function measureRestart(): Promise<Report> {
	const product = await startProduct((config) => atDesk(config, planRoom));
	const { roomCode, people } = product.prepared;
	const logins = people.map((person) => ({
		...person,
		cookie: `${person.cookie.name}=${person.cookie.value}`
	}));
	const ours: Reader[] = logins.map((person) => {
		const { entries, close } = openPage(product.origin, person, roomCode, { seated: false });
		return { lastSeq: () => entries.at(-1)?.seq ?? 0, close };
	});
	const plain: Reader[] = logins.map((person) => openDefaultPage(product.origin, person, roomCode));
	const measured = new Map<Outage, { ours: Return[]; baseline: Return[] }>();
	try {
		await sayAside(product.config, roomCode);
		for (const outage of OUTAGES) {
			const returns = { ours: [] as Return[], baseline: [] as Return[] };
			measured.set(outage, returns);
			for (let round = 0; round < outage.rounds; round += 1) {
				const [mine, theirs] = await breakOnce(product, outage, [ours, plain], roomCode);
				returns.ours.push(...mine!);
				returns.baseline.push(...theirs!);
			}
		}
	} finally {
		for (const reader of [...ours, ...plain]) reader.close();
		await product.stop();
	}
	return report(measured);
}

async function planRoom(desk: Desk): Promise<Room> {
	const mentor = await desk.signIn('Mentor', 'mentor');
	const people = [mentor];
	while (people.length < PAGES) people.push(await desk.signIn(`Learner ${people.length}`, 'learner'));
	return { roomCode: await desk.plan('live', mentor, people.slice(1)), people };
}

/** One outage, in which something is said that everybody has to catch up with. */
async function breakOnce(
	product: Product,
	{ signal, ms }: Outage,
	groups: Reader[][],
	roomCode: string
): Promise<Return[][]> {
	const signalledAt = Date.now();
	await product.end(signal);
	const awaySince = Date.now();
	const seq = await sayAside(product.config, roomCode);
	await delay(Math.max(0, awaySince + ms - Date.now()));
	const openedAt = await product.startAgain();
	const returned = async (reader: Reader) => {
		while (reader.lastSeq() < seq) {
			if (Date.now() - openedAt > PATIENCE_MS) throw new Error('A page did not come back.');
			await delay(2);
		}
		return { sinceOpen: Math.max(0, Date.now() - openedAt), sinceSignal: Date.now() - signalledAt };
	};
	return Promise.all(groups.map((group) => Promise.all(group.map(returned))));
}

/** Written straight into the database, because no server is there to take it. */
async function sayAside({ database }: Config, roomCode: string): Promise<number> {
	const store = openStore(database);
	const { sessions, roomLog } = store.tables;
	try {
		const [session] = await store.db.select().from(sessions).where(eq(sessions.roomCode, roomCode));
		const { id: sessionId, mentorId: actorId, lastSeq } = session!;
		const seq = lastSeq + 1;
		const said = { type: 'chat.message' as const, payload: { text: `Said meanwhile ${seq}` } };
		const row = { ...said, sessionId, seq, actorId, clientId: `aside-${seq}`, at: new Date() };
		await store.transact(function* (tx) {
			yield* run(tx.insert(roomLog).values(row).returning({ seq: roomLog.seq }));
			yield* run(
				tx
					.update(sessions)
					.set({ lastSeq: seq })
					.where(eq(sessions.id, sessionId))
					.returning({ id: sessions.id })
			);
		});
		return seq;
	} finally {
		await store.close();
	}
}

function report(measured: Map<Outage, { ours: Return[]; baseline: Return[] }>): Report {
	const figures = [...measured].flatMap(([{ name, signal }, { ours, baseline }]) => {
		const [mine, theirs] = [ours, baseline].map((returns) => returns.map(({ sinceOpen }) => sinceOpen));
		const late = p95(mine!);
		const rows = [
			figure(`${name}: median`, 'ms', median(mine!), median(theirs!)),
			figure(`${name}: p95`, 'ms', late, p95(theirs!), { words: '≤ 1,000 ms', met: late <= 1_000 })
		];
		if (signal === 'SIGKILL') return rows;
		const whole = [ours, baseline].map((returns) => median(returns.map(({ sinceSignal }) => sinceSignal)));
		return [...rows, figure(`${name}: from SIGTERM on, median`, 'ms', whole[0]!, whole[1]!)];
	});
	return {
		title: `Server socket after a restart (${PAGES} pages of each kind; port open again → socket live and log caught up)`,
		ours: 'PeerLearn',
		baseline: 'tRPC’s default',
		figures,
		notes: [
			'Both kinds of pages come back from the same outages of the same server; the time it takes to start counts only “from SIGTERM on”.',
			OUTAGES.map(({ name, rounds }) => `${name}: ${rounds} times`).join(', ') + '.'
		],
		raw: Object.fromEntries([...measured].map(([{ name }, returns]) => [name, returns]))
	};
}
