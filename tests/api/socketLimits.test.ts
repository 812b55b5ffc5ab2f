import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { callRate, SOCKET_LIMITS } from '../../src/lib/server/socketLimits.ts';
import { openClient, outcome } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { startWorld, type Person, type World } from '../support/world.ts';

/** What the server is started with when nothing else is said. */
const CALLS_AT_ONCE = callRate(60).burst;

let world: World;
/** Who does too much, anew for each test, and who must not notice. */
let flooder: Person;
let maya: Person;
const opened: WebSocket[] = [];

beforeAll(async () => {
	world = await startWorld();
	maya = await world.person('mentor');
});
beforeEach(async () => {
	flooder = await world.person('learner');
	return () => opened.splice(0).forEach((socket) => socket.terminate());
});
afterAll(() => world.close());

interface Raw {
	socket: WebSocket;
	/** What came back, the server's own PINGs left out. */
	frames: string[];
	closed: Promise<number>;
}

async function openRaw(): Promise<Raw> {
	const socket = new WebSocket(`${world.url.replace('http', 'ws')}/trpc?connectionParams=1`, {
		headers: { origin: world.url, cookie: flooder.cookie }
	});
	opened.push(socket);
	const frames: string[] = [];
	socket.on('message', (data) => data.toString() !== 'PING' && frames.push(data.toString()));
	const closed = once(socket, 'close').then(([code]) => code as number);
	await once(socket, 'open');
	socket.send(JSON.stringify({ method: 'connectionParams', data: { csrf: flooder.csrf } }));
	return { socket, frames, closed };
}

const clock = (id: number) => ({ id, jsonrpc: '2.0', method: 'query', params: { path: 'room.clock' } });
const follow = (id: number) => ({
	...{ id, jsonrpc: '2.0', method: 'subscription' },
	params: { path: 'notifications.nudges' }
});

/** Somebody else is answered, whatever this one does. */
async function othersAreServed(): Promise<void> {
	const client = openClient(world.url, maya);
	expect(await outcome(client.trpc.room.clock.query())).toBe('ok');
	client.close();
}

test('[S3] a batch of more calls than a page ever makes is refused whole', async () => {
	const { socket, frames } = await openRaw();
	socket.send(JSON.stringify(Array.from({ length: SOCKET_LIMITS.batch + 1 }, (_, id) => clock(id + 1))));
	await until(() => expect(frames.join('')).toContain('bad-input'));
	expect(frames.join('')).not.toContain('"result"');
	socket.send(JSON.stringify(clock(1_000)));
	await until(() => expect(frames.at(-1)).toContain('"result"'));
});

test('[S3] one subscription too many is refused, and one that was stopped makes room', async () => {
	const { socket, frames } = await openRaw();
	for (let id = 1; id <= SOCKET_LIMITS.subscriptions + 1; id += 1) socket.send(JSON.stringify(follow(id)));
	const refused = () => frames.filter((frame) => frame.includes('too-many'));
	await until(() => expect(refused()).toHaveLength(1));
	socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription.stop' }));
	await until(() =>
		expect(frames.some((frame) => frame.includes('"id":1,') && frame.includes('stopped'))).toBe(true)
	);
	socket.send(JSON.stringify(follow(900)));
	await until(() => expect(frames.some((frame) => frame.includes('"id":900'))).toBe(true));
	expect(refused()).toHaveLength(1);
});

test('[S3] [B6] a flood of frames ends its own socket with 1008, and nobody else’s', async () => {
	const { socket, closed } = await openRaw();
	for (let sent = 0; sent < SOCKET_LIMITS.frames.burst * 3; sent += 1) socket.send('{}');
	expect(await closed).toBe(1008);
	await othersAreServed();
});

test('[S3] [B1] binary frames end the socket with 1003', async () => {
	const { socket, closed } = await openRaw();
	socket.send(Buffer.from(JSON.stringify(clock(1))));
	expect(await closed).toBe(1003);
});

test('[S3] [B6] one procedure, called again and again over several sockets, is refused after a while', async () => {
	const clients = [openClient(world.url, flooder), openClient(world.url, flooder)];
	const outcomes: string[] = [];
	// What is called in one go travels as one batch, which has a limit of its own.
	for (let left = CALLS_AT_ONCE * 2; left > 0; left -= 20)
		outcomes.push(
			...(await Promise.all(
				Array.from({ length: 20 }, (_, nth) => outcome(clients[nth % 2]!.trpc.room.clock.query()))
			))
		);
	expect(outcomes.filter((each) => each === 'ok').length).toBeGreaterThanOrEqual(CALLS_AT_ONCE);
	expect(outcomes).toContain('too-many');
	expect(await outcome(clients[0]!.trpc.notifications.page.query({}))).toBe('ok');
	await othersAreServed();
	clients.forEach((client) => client.close());
});

test('[S3] [B6] more sockets than one person has use for are refused at the door with 429', async () => {
	const open = () => {
		const socket = new WebSocket(`${world.url.replace('http', 'ws')}/trpc?connectionParams=1`, {
			headers: { origin: world.url, cookie: flooder.cookie }
		});
		opened.push(socket);
		return new Promise<number>((done) => {
			socket.on('open', () => done(101));
			socket.on('unexpected-response', (_request, response) => done(response.statusCode ?? 0));
			socket.on('error', () => done(0));
		});
	};
	const answers: number[] = [];
	for (let nth = 0; nth < SOCKET_LIMITS.socketsPerPerson + 1; nth += 1) answers.push(await open());
	expect(answers.filter((status) => status === 101)).toHaveLength(SOCKET_LIMITS.socketsPerPerson);
	expect(answers.at(-1)).toBe(429);
	await othersAreServed();
	opened[0]!.terminate();
	await until(async () => expect(await open()).toBe(101));
});
