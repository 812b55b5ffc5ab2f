import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from '../../src/lib/server/trpc/appRouter.ts';
import { metricsOf, TIDY } from '../support/figures.ts';
import { brokenFrames, hostileMessages, type HostileFrame } from '../support/hostileFrames.ts';
import { openNeighbours, type Neighbours } from '../support/neighbours.ts';
import { openRawSocket, rawFrame, upgradeRequest, type RawSocket } from '../support/rawSocket.ts';
import { ATTACKS, measured, rounds } from '../support/rounds.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

/** Malformed frames in all: what the fault list asks for. */
const FRAMES = rounds(2_000, 100_000);
/** Of them those that end their connection. */
const BROKEN = FRAMES / 10;
/** On one socket, so that it is not ended for their number. */
const ON_ONE_SOCKET = 250;
/** Of 75,000 frames in the soak not even 400 bytes each. */
const GROWTH_MAX_MB = 30;
const PATHS = Object.keys(appRouter._def.procedures);

let world: World;
let neighbours: Neighbours;
let lesson: Lesson;
let attacker: Person;

beforeAll(async () => {
	// What one person may send is not what is tried here.
	world = await startWorld({ env: { ...TIDY, CALLS_PER_SECOND: '100000' } });
	lesson = await world.classroom({ lasts: 8 * 3_600 });
	attacker = lesson.mentor;
	neighbours = await openNeighbours(world);
});
afterAll(async () => {
	neighbours.close();
	await world.close();
});

const clock = (id: string) =>
	rawFrame({ payload: JSON.stringify({ id, method: 'query', params: { path: 'room.clock' } }) });

/** Of somebody who may: what is malformed before that ends it at once. */
async function open(): Promise<RawSocket> {
	const socket = await openRawSocket(world.url, '/trpc?connectionParams=1', { Cookie: attacker.cookie });
	socket.write(
		rawFrame({ payload: JSON.stringify({ method: 'connectionParams', data: { csrf: attacker.csrf } }) })
	);
	socket.write(clock('first'));
	await socket.text((text) => text.includes('first'));
	return socket;
}

/** Sends all of them and resolves when the server has dealt with the last. */
async function sendAll(frames: HostileFrame[], nth: number): Promise<void> {
	const socket = await open();
	for (const { bytes } of frames) socket.write(bytes);
	const last = `last of ${nth}`;
	socket.write(clock(last));
	const ended = socket.closed.then((code) => {
		throw new Error(`The server ended it with ${code} after ${socket.texts.length} answers.`);
	});
	await Promise.race([socket.text((text) => text.includes(last)), ended]);
	ended.catch(() => undefined);
	const refused = socket.texts.filter((text) => text.includes('"error"')).length;
	expect(refused).toBeGreaterThanOrEqual(frames.filter(({ expects }) => expects === 'error').length);
	// What went wrong on our side would be said to be that.
	expect(socket.texts.filter((text) => text.includes('"reason":"internal"'))).toEqual([]);
	socket.reset();
}

/** Each on a connection of its own, as it does not outlive it. */
async function sendBroken({ bytes, codes }: HostileFrame): Promise<void> {
	const socket = await open();
	socket.write(bytes);
	expect(codes).toContain(await socket.closed);
}

/** So many at a time, in the order given. */
async function inLanes<T>(
	all: readonly T[],
	lanes: number,
	work: (each: T, nth: number) => Promise<void>
): Promise<void> {
	let next = 0;
	await Promise.all(
		Array.from({ length: lanes }, async () => {
			while (next < all.length) {
				const nth = next;
				next += 1;
				await work(all[nth]!, nth);
			}
		})
	);
}

test('[B1] [S3] malformed frames on the app’s socket: refused or closed, nothing else happens, nothing is kept', async () => {
	process.stdout.write(`PEERLEARN_ATTACKS=${ATTACKS}\n`);
	const before = await metricsOf(world);
	let warm = 0;
	let sent = 0;
	const attack = (async () => {
		for (let part = 0; sent < FRAMES; part += 1) {
			// Somebody else each time: long lists cost as many calls as they have entries, and nobody has them without an end.
			if (part > 0) attacker = (lesson = await world.classroom({ lasts: 8 * 3_600 })).mentor;
			const count = Math.min(2_000, FRAMES - sent);
			const messages = fc.sample(hostileMessages(PATHS, lesson.roomCode), {
				...{ seed: ATTACKS + part, numRuns: Math.round(count * (1 - BROKEN / FRAMES)) }
			});
			const broken = fc.sample(brokenFrames, { seed: ATTACKS + part, numRuns: count - messages.length });
			const chunks = Array.from({ length: Math.ceil(messages.length / ON_ONE_SOCKET) }, (_, i) =>
				messages.slice(i * ON_ONE_SOCKET, (i + 1) * ON_ONE_SOCKET)
			);
			await inLanes(chunks, 2, (frames, nth) => sendAll(frames, nth));
			await inLanes(broken, 10, sendBroken);
			sent += count;
			// A server that is busy for the first time grows by itself.
			if (sent <= Math.max(2_000, FRAMES / 4)) warm = (await metricsOf(world)).process_resident_memory_bytes!;
		}
	})();
	const [taken] = await Promise.all([neighbours.chatWhile(attack, 20), attack]);
	expect(neighbours.wasCut()).toBe(false);
	await until(async () => expect((await metricsOf(world)).peerlearn_sockets).toBe(before.peerlearn_sockets));
	const after = (await metricsOf(world)).process_resident_memory_bytes!;
	measured('[B1] malformed frames sent to the app’s socket', '', sent, 'none accepted');
	measured('[B1] memory of the server before', 'MB', before.process_resident_memory_bytes! / 1e6, '');
	measured('[B1] the same after the first quarter of them', 'MB', warm / 1e6, '');
	measured('[B1] the same after all', 'MB', after / 1e6, '');
	measured('[B1] say to arrival in another room meanwhile', 'ms', taken, '');
	expect((after - warm) / 1e6).toBeLessThan(GROWTH_MAX_MB);
	// Nothing of it was worth a line in the log, and nothing was written into the room.
	expect(world.server.output()).toBe('');
	expect(await world.log(lesson)).toEqual([]);
});

test('[B1] a handshake that never ends, is cut off or is none at all harms nobody', async () => {
	const port = Number(new URL(world.url).port);
	const head = upgradeRequest(world.url, '/trpc?connectionParams=1', { Cookie: attacker.cookie });
	const hangUp = async (sent: string, pauseMs: number) => {
		const socket = connect(port, '127.0.0.1').on('error', () => undefined);
		await new Promise((done) => socket.once('connect', done));
		socket.write(sent);
		// At another moment each time: before, while and after the server looks at it.
		await new Promise((done) => (pauseMs === 0 ? setImmediate(done) : setTimeout(done, pauseMs)));
		socket.resetAndDestroy();
	};
	const refused = upgradeRequest(world.url, '/trpc', { Origin: 'http://elsewhere.test' });
	const peer = upgradeRequest(world.url, '/peerjs?id=x&token=y');
	const elsewhere = upgradeRequest(world.url, '/elsewhere');
	for (let round = 0; round < rounds(25, 250); round += 1)
		await Promise.all([head, refused, peer, elsewhere].map((sent) => hangUp(sent, round % 4)));
	for (const cut of [0, 1, 20, head.length - 2]) await hangUp(head.slice(0, cut), 1);
	await neighbours.say();

	// Only the two addresses that there are, spelled as they are.
	for (const path of ['/./trpc', '//trpc', '/trpc/', '/%74rpc', '/peerjs/../trpc', 'http://[::1/trpc'])
		await expect(openRawSocket(world.url, path, { Cookie: attacker.cookie })).rejects.toThrow('refused');
	const wrongHeads: Record<string, string>[] = [
		{ 'Sec-WebSocket-Version': '12' },
		{ 'Sec-WebSocket-Key': 'short' },
		{ Upgrade: 'h2c' }
	];
	for (const headers of wrongHeads)
		await expect(openRawSocket(world.url, '/trpc', headers)).rejects.toThrow('refused');
	// Upgraded, and then nothing, or something else than who asks.
	const silent = await openRawSocket(world.url, '/trpc?connectionParams=1', { Cookie: attacker.cookie });
	const wrong = await openRawSocket(world.url, '/trpc?connectionParams=1', { Cookie: attacker.cookie });
	wrong.write(rawFrame({ payload: '{"method":"connectionParams","data":{"csrf":["x"]}}' }));
	expect(await wrong.closed).toBe(4403);
	// Silence is noticed by the keep-alive before it is for the handshake's length.
	expect([4403, null]).toContain(await silent.closed);
	expect(neighbours.wasCut()).toBe(false);
	expect(world.server.output()).toBe('');
});

test('[B1] [S3] a flood of pings and a message in very many pieces end their own socket', async () => {
	const pings = await open();
	for (let i = 0; i < 2_000; i += 1) pings.write(rawFrame({ opcode: 9, payload: 'ping' }));
	// So many at once the library ends without a word.
	expect([1008, null]).toContain(await pings.closed);
	const pieces = await open();
	pieces.write(rawFrame({ payload: '[', isLast: false }));
	for (let i = 0; i < 2_000; i += 1) pieces.write(rawFrame({ opcode: 0, payload: ' ', isLast: false }));
	expect(await pieces.closed).toBe(1008);
	await neighbours.say();
	expect(neighbours.wasCut()).toBe(false);
});
