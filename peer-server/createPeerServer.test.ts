import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { createPeerServer, type PeerServerOptions } from './createPeerServer.ts';
import { CHECK_ONLY, makeTicket, verifyTicket } from './ticket.ts';

const SECRET = 'a secret of at least thirty-two characters';
const ORIGIN = 'http://lesson.test';
const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((run) => run()));

async function start(options: Partial<PeerServerOptions> = {}) {
	const peerServer = createPeerServer({
		verifyTicket: (token) => verifyTicket(SECRET, token, Date.now()),
		originAllowed: (request) => request.headers.origin === ORIGIN,
		...options
	});
	const http = createServer().listen(0, '127.0.0.1');
	http.on('upgrade', peerServer.handleUpgrade);
	await once(http, 'listening');
	cleanUps.push(() => {
		peerServer.close();
		http.close();
	});
	return { peerServer, port: (http.address() as AddressInfo).port };
}

const token = (peerId: string, sessionId = 'lesson', expiresIn = 60_000, userId = `user of ${peerId}`) =>
	makeTicket(SECRET, { peerId, sessionId, userId, expiresAt: Date.now() + expiresIn });

/** A browser's side: messages in order of arrival, and how it ended. */
function connect(port: number, id: string, ticket = token(id), options: ClientOptions = {}) {
	const query = new URLSearchParams({ key: 'peerjs', id, token: ticket, version: '1.5.5' });
	const ws = new WebSocket(`ws://127.0.0.1:${port}/peerjs?${query}`, { origin: ORIGIN, ...options });
	const waiting: ((message: unknown) => void)[] = [];
	const arrived: unknown[] = [];
	ws.on('message', (data) => {
		const message: unknown = JSON.parse(data.toString());
		const next = waiting.shift();
		if (next) next(message);
		else arrived.push(message);
	});
	ws.on('error', () => {});
	cleanUps.push(() => ws.terminate());
	return {
		ws,
		closed: new Promise<number>((done) => ws.on('close', done)),
		next: () =>
			arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((done) => waiting.push(done)),
		say: (message: unknown) => ws.send(typeof message === 'string' ? message : JSON.stringify(message))
	};
}

async function connected(port: number, id: string, ticket = token(id)) {
	const client = connect(port, id, ticket);
	expect(await client.next()).toEqual({ type: 'OPEN' });
	return client;
}

const offer = (dst: string) => ({
	type: 'OFFER',
	dst,
	payload: { type: 'media', connectionId: 'mc_1', sdp: { type: 'offer', sdp: 'v=0' } }
});
/** Everything sent before it has been dealt with once its answer is here. */
async function roundTrip(client: Awaited<ReturnType<typeof connected>>) {
	client.say(offer('nobody at all'));
	expect(await client.next()).toMatchObject({ type: 'EXPIRE', src: 'nobody at all' });
}

test('[S4] members of one session reach each other, with their true source', async () => {
	const { port, peerServer } = await start();
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	a.say({ ...offer('b'), src: 'forged' });
	expect(await b.next()).toEqual({ ...offer('b'), src: 'a' });
	expect(peerServer.stats()).toMatchObject({ connections: 2, relayed: 1 });
});

test('[S4] somebody of another session is answered like somebody who is not there', async () => {
	const { port } = await start();
	const a = await connected(port, 'a');
	const other = await connected(port, 'x', token('x', 'another lesson'));
	a.say(offer('x'));
	expect(await a.next()).toEqual({ type: 'EXPIRE', src: 'x', dst: 'a' });
	a.say({
		type: 'CANDIDATE',
		dst: 'x',
		payload: { type: 'media', connectionId: 'c', candidate: { candidate: '' } }
	});
	a.say(offer('not there'));
	expect(await a.next()).toEqual({ type: 'EXPIRE', src: 'not there', dst: 'a' });
	// The first thing the other one hears is the answer to its own question: nothing of a's came before it.
	await roundTrip(other);
});

test('[S4] [L4] a ticket for a check opens a connection for a moment and reaches nobody, not even oneself', async () => {
	// Long enough for what is asked in it, also on a busy machine.
	const { port, peerServer } = await start({ limits: { checkMs: 2_000 } });
	const check = (id: string) => connected(port, id, token(id, CHECK_ONLY, 60_000, 'the same person'));
	const [a, b] = [await check('a'), await check('b')];
	for (const dst of ['b', 'a']) {
		a.say(offer(dst));
		expect(await a.next()).toEqual({ type: 'EXPIRE', src: dst, dst: 'a' });
	}
	expect(peerServer.stats()).toMatchObject({ relayed: 0, dropped: 2 });
	expect(await Promise.all([a.closed, b.closed])).toEqual([1000, 1000]);
});

test('[S4] a session that is not live relays nothing', async () => {
	let live = true;
	const { port } = await start({ mayRelay: (from, to) => live && from.sessionId === to.sessionId });
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	a.say(offer('b'));
	expect(await b.next()).toMatchObject({ type: 'OFFER', src: 'a' });
	live = false;
	a.say(offer('b'));
	expect(await a.next()).toMatchObject({ type: 'EXPIRE', src: 'b' });
});

test.each([
	['no ticket', 'a', ''],
	['a ticket for another id', 'a', token('b')],
	['an expired ticket', 'a', token('a', 'lesson', -1)],
	[
		'a forged ticket',
		'a',
		makeTicket('some other secret', { peerId: 'a', sessionId: 'lesson', userId: 'u', expiresAt: 1e15 })
	],
	['no id', '', token('a')]
])('[S4] %s is refused in words', async (_, id, ticket) => {
	const { port, peerServer } = await start();
	const client = connect(port, id, ticket);
	expect(await client.next()).toEqual({ type: 'ERROR', payload: { msg: 'The ticket is not valid.' } });
	expect(await client.closed).toBe(1008);
	expect(peerServer.stats()).toMatchObject({ connections: 0, refused: 1 });
});

test('[S2] a foreign origin gets 403 at the handshake', async () => {
	const { port } = await start();
	const client = connect(port, 'a', token('a'), { origin: 'http://elsewhere.test' });
	const [, response] = (await once(client.ws, 'unexpected-response')) as [unknown, { statusCode: number }];
	expect(response.statusCode).toBe(403);
});

test('[S4] nobody takes over the id of somebody else', async () => {
	const { port } = await start();
	const a = await connected(port, 'a');
	const thief = connect(port, 'a', token('a', 'another lesson'));
	expect(await thief.next()).toMatchObject({ type: 'ERROR' });
	expect(await thief.closed).toBe(1008);
	await roundTrip(a);
});

test('[T1] coming back while the old connection is still held opens and replaces it', async () => {
	const { port, peerServer } = await start();
	const [old, b] = [await connected(port, 'a'), await connected(port, 'b')];
	const fresh = await connected(port, 'a', token('a', 'lesson', 90_000));
	expect(await old.closed).toBe(1000);
	b.say(offer('a'));
	expect(await fresh.next()).toMatchObject({ type: 'OFFER', src: 'b' });
	fresh.say(offer('b'));
	expect(await b.next()).toMatchObject({ type: 'OFFER', src: 'a' });
	expect(peerServer.stats().connections).toBe(2);
});

test('[T1] an id can be used again after it was left', async () => {
	const { port, peerServer } = await start();
	const first = await connected(port, 'a');
	first.ws.close();
	await first.closed;
	await expect.poll(() => peerServer.stats().connections).toBe(0);
	await connected(port, 'a');
});

const deep = '['.repeat(20_000) + ']'.repeat(20_000);
test('[S4] [B2] malformed frames are refused in words, end nothing and reach nobody', async () => {
	const { port } = await start();
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	const frames = ['', '{', 'null', '[]', '1', '"x"', '{"type":"OFFER"}', '{"type":{}}', deep];
	frames.push(
		'{"type":"OFFER","dst":"b","payload":' + deep + '}',
		'{"__proto__":{"type":"LEAVE"},"dst":"b"}'
	);
	frames.push(JSON.stringify({ ...offer('b'), dst: ['b'] }), JSON.stringify({ type: 'LEAVE', dst: 'b' }));
	frames.push(JSON.stringify({ type: 'EXPIRE', dst: 'b' }), JSON.stringify({ type: 'OPEN', dst: 'b' }));
	for (const frame of frames) {
		a.say(frame);
		expect(await a.next()).toEqual({ type: 'ERROR', payload: { msg: 'This message is not understood.' } });
	}
	await roundTrip(a);
	await roundTrip(b);
});

test('[S4] [B2] a binary frame closes its own connection only', async () => {
	const { port } = await start();
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	a.ws.send(Buffer.from(JSON.stringify(offer('b'))));
	expect(await a.closed).toBe(1003);
	await roundTrip(b);
});

test('[S3] [B2] a flood of pings and a message in very many pieces end their own connection', async () => {
	const { port } = await start();
	const [a, b, c] = [await connected(port, 'a'), await connected(port, 'b'), await connected(port, 'c')];
	// One after the other: too many at once the library ends by itself, without a code.
	a.ws.on('pong', () => a.ws.ping());
	a.ws.ping();
	expect(await a.closed).toBe(1008);
	for (let i = 0; i < 500; i += 1) b.ws.send('x', { fin: false });
	expect(await b.closed).toBe(1008);
	await roundTrip(c);
});

test('[S4] a frame over the limit closes its own connection only', async () => {
	const { port } = await start();
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	a.say('x'.repeat(64 * 1024 + 1));
	expect(await a.closed).toBe(1009);
	await roundTrip(b);
});

test('[S3] a flood ends with its own connection', async () => {
	const { port } = await start({ limits: { frames: { burst: 5, perSecond: 0 } } });
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	for (let i = 0; i < 50; i += 1) a.say(offer('b'));
	expect(await a.next()).toEqual({ type: 'ERROR', payload: { msg: 'Too many messages.' } });
	expect(await a.closed).toBe(1008);
	for (let i = 0; i < 5; i += 1) expect(await b.next()).toMatchObject({ type: 'OFFER', src: 'a' });
	await roundTrip(b);
});

test('[S3] [B2] whoever was ended for too many messages has no more of them on the next connection', async () => {
	const { port } = await start({ limits: { personFrames: { burst: 5, perSecond: 0 } } });
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	for (let i = 0; i < 6; i += 1) a.say(offer('nobody'));
	expect(await a.closed).toBe(1008);
	const again = await connected(port, 'a');
	again.say(offer('nobody'));
	expect(await again.closed).toBe(1008);
	await roundTrip(b);
});

test('[S3] of many connections of one person the oldest makes way', async () => {
	const { port, peerServer } = await start({ limits: { connectionsPerPerson: 2 } });
	const mine = (id: string) => connected(port, id, token(id, 'lesson', 60_000, 'me'));
	const first = await mine('tab1');
	await mine('tab2');
	await mine('tab3');
	expect(await first.closed).toBe(1000);
	expect(peerServer.stats().connections).toBe(2);
});

test('[S4] a seat has one connection: a newer one ends it, under whatever id, and those of other seats stay', async () => {
	const { port } = await start();
	const seated = (peerId: string, seatId: string) => {
		const holder = { peerId, seatId, sessionId: 'lesson', userId: 'me' };
		return connected(port, peerId, makeTicket(SECRET, { ...holder, expiresAt: Date.now() + 60_000 }));
	};
	const [before, other] = [await seated('before', 'desk'), await seated('other', 'sofa')];
	await roundTrip(await seated('after', 'desk'));
	expect(await before.closed).toBe(1000);
	await roundTrip(other);
});

test('[S3] a full server says so', async () => {
	const { port } = await start({ limits: { connections: 1 } });
	await connected(port, 'a');
	const client = connect(port, 'b');
	expect(await client.next()).toEqual({ type: 'ERROR', payload: { msg: 'The server is full.' } });
});

test('[S2] the connections of somebody who signed out are closed', async () => {
	const { port, peerServer } = await start();
	const [a, b] = [await connected(port, 'a'), await connected(port, 'b')];
	peerServer.disconnect((ticket) => ticket.userId === 'user of a');
	expect(await a.closed).toBe(1000);
	await roundTrip(b);
});

test('[T8] a connection without a sign of life is closed', async () => {
	const { port, peerServer } = await start({ limits: { keepAliveMs: 30 } });
	// As on a dead link: nothing is answered any more.
	const a = connect(port, 'a', token('a'), { autoPong: false });
	expect(await a.next()).toEqual({ type: 'OPEN' });
	await a.closed;
	await expect.poll(() => peerServer.stats().connections).toBe(0);
});

test('[O3] closing tells everybody', async () => {
	const { port, peerServer } = await start();
	const a = await connected(port, 'a');
	peerServer.close();
	expect(await a.closed).toBe(1001);
});
