import { runTask, startServer } from './child.ts';
import type { FanOutResult, FanOutTask } from './fanOutTask.ts';
import { figure, type Figure, type Report } from './figures.ts';
import type { Source } from './followers.ts';
import { atDesk, type Desk, type Person } from './people.ts';
import { startProduct, type Product } from './product.ts';
import { median, p95 } from './statistics.ts';

const ROUNDS = 3;
/** Numbers that take about two seconds each at the most; one socket may send 1,000 frames at a stretch, then 200 a second. */
const SIZES = [
	{ people: 2, calm: { messages: 80, every: 20 }, flood: { messages: 1_600, ahead: 32 } },
	{ people: 50, calm: { messages: 40, every: 40 }, flood: { messages: 1_000, ahead: 32 } },
	{ people: 500, calm: { messages: 15, every: 150 }, flood: { messages: 150, ahead: 16 } }
];

interface Room {
	roomCode: string;
	people: Person[];
}

/** How fast a room-log entry reaches everybody, against a WebSocket server that only passes frames on. */
export async function measureFanOut(): Promise<Report> {
	const product = await startProduct((config) => atDesk(config, planRooms));
	const bare = await startServer('broadcastServer.ts');
	const figures: Figure[] = [];
	const raw: Record<string, { ours: FanOutResult[]; baseline: FanOutResult[] }> = {};
	try {
		for (const [nth, size] of SIZES.entries()) {
			const ours: FanOutResult[] = [];
			const baseline: FanOutResult[] = [];
			for (const room of product.prepared[nth]!) {
				const measured = await run(sourceOf(product, room), product.pid, size);
				ours.push(measured);
				const { frameBytes } = measured;
				baseline.push(
					await run({ kind: 'bare', port: bare.port, people: size.people, frameBytes }, bare.pid, size)
				);
			}
			figures.push(...compare(size.people, ours, baseline));
			raw[size.people] = { ours: ours.map(shorten), baseline: baseline.map(shorten) };
		}
	} finally {
		await product.stop();
		await bare.stop();
	}
	return {
		title: `Room log to everybody in the room (median of ${ROUNDS} alternating rounds, listeners in another process)`,
		ours: 'room log',
		baseline: 'bare ws',
		figures,
		notes: [
			'Every entry of the room log is committed to the database before it is sent; the bare server stores nothing.',
			'Latency: a calm room, from sending to each delivery. Deliveries: as many as the server can.'
		],
		raw
	};
}

/** A room of its own for each round, so that nobody reads what an earlier round said. */
async function planRooms(desk: Desk): Promise<Room[][]> {
	const most = Math.max(...SIZES.map(({ people }) => people));
	const mentor = await desk.signIn('Mentor', 'mentor');
	const learners: Person[] = [];
	for (let nth = 1; nth < most; nth++) learners.push(await desk.signIn(`Learner ${nth}`, 'learner'));
	const rooms: Room[][] = [];
	for (const size of SIZES) {
		const people = [mentor, ...learners.slice(0, size.people - 1)];
		const ofThisSize: Room[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			ofThisSize.push({ roomCode: await desk.plan('live', mentor, people.slice(1)), people });
		}
		rooms.push(ofThisSize);
	}
	return rooms;
}

function sourceOf({ origin }: Product, { roomCode, people }: Room): Source {
	const logins = people.map(({ cookie, csrf }) => ({ cookie: `${cookie.name}=${cookie.value}`, csrf }));
	return { kind: 'room', origin, roomCode, people: logins };
}

function run(
	source: Source,
	serverPid: number,
	{ calm, flood }: (typeof SIZES)[number]
): Promise<FanOutResult> {
	const task: FanOutTask = { source, serverPid, calm, flood };
	return runTask<FanOutResult>('fanOutTask.ts', task);
}

function compare(people: number, ours: FanOutResult[], baseline: FanOutResult[]): Figure[] {
	const middle = (results: FanOutResult[], value: (result: FanOutResult) => number) =>
		median(results.map(value));
	const late = ({ latencies }: FanOutResult) => p95(latencies);
	const typical = ({ latencies }: FanOutResult) => median(latencies);
	const busy = ({ deliveries }: FanOutResult) => deliveries;
	const cpu = ({ cpuPerDelivery }: FanOutResult) => cpuPerDelivery ?? Number.NaN;
	const to = `to ${people}:`;
	const figures = [
		figure(`${to} latency, median`, 'ms', middle(ours, typical), middle(baseline, typical)),
		figure(`${to} latency, p95`, 'ms', middle(ours, late), middle(baseline, late)),
		figure(`${to} deliveries`, '/s', middle(ours, busy), middle(baseline, busy))
	];
	if (ours.every(({ cpuPerDelivery }) => cpuPerDelivery !== null))
		figures.push(figure(`${to} server time a delivery`, 'µs', middle(ours, cpu), middle(baseline, cpu)));
	return figures;
}

/** A summary of the single latencies is enough for the file. */
function shorten(result: FanOutResult): FanOutResult {
	const { latencies } = result;
	return { ...result, latencies: [median(latencies), p95(latencies), Math.max(...latencies)] };
}
