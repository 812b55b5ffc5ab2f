import { once } from 'node:events';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createId } from '../../src/lib/server/ids.ts';
import type { CallTicket } from '../../src/lib/shared/roomState.ts';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { peerServerProcess, type PeerServerProcess } from '../support/peerServerProcess.ts';
import { quietPort } from '../support/quietPort.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { SECRET, startWorld, type Lesson, type Person, type World } from '../support/world.ts';

/** So soon a right that is lost ends what it allowed (spec S2), ms. */
const AT_ONCE = 1_000;

/** The PeerServer within, and one that is a process of its own and knows only what the app tells it. */
const PLACES = ['within', 'apart'] as const;
type Where = (typeof PLACES)[number];
const worlds = {} as Record<Where, { world: World; peers: string; origin: string }>;
let apart: PeerServerProcess;
const clients: LiveClient[] = [];

beforeAll(async () => {
	const port = await quietPort();
	const peers = `http://127.0.0.1:${port}`;
	const [world, other] = await Promise.all([startWorld(), startWorld({ peerServerUrl: peers })]);
	apart = peerServerProcess({ port, origin: other.url, secret: SECRET });
	await apart.start();
	worlds.within = { world, peers: world.url, origin: world.url };
	worlds.apart = { world: other, peers, origin: other.url };
});
afterAll(async () => {
	await Promise.all(clients.map((client) => client.close()));
	await apart.kill();
	await Promise.all(PLACES.map((where) => worlds[where].world.close()));
});

/** What came, and whether it is still open. */
async function connect(where: Where, { peerId, token }: CallTicket) {
	const { peers, origin } = worlds[where];
	const query = new URLSearchParams({ key: 'peerjs', id: peerId, token, version: '1.5.5' });
	const socket = new WebSocket(`${peers.replace('http', 'ws')}/peerjs?${query}`, { headers: { origin } });
	const heard: string[] = [];
	socket.on('message', (data: Buffer) => heard.push((JSON.parse(data.toString()) as { type: string }).type));
	await once(socket, 'message');
	const offer = (dst: string) => {
		const payload = { type: 'media', connectionId: 'mc_1', sdp: { type: 'offer', sdp: 'v=0' } };
		socket.send(JSON.stringify({ type: 'OFFER', dst, payload }));
	};
	return { heard, offer, isOpen: () => socket.readyState === WebSocket.OPEN };
}

function seat(where: Where, person: Person, { roomCode }: Lesson) {
	const client = openClient(worlds[where].world.url, person);
	clients.push(client);
	const followed = client.followLive({ roomCode });
	return {
		client,
		async ticket(): Promise<CallTicket> {
			const { seatId } = followed;
			await until(() => expect(followed.people().map((one) => one.seatId)).toContain(seatId));
			return client.trpc.room.callTicket.query({ roomCode, seatId });
		}
	};
}

/** A running lesson, in which both are connected and reach each other. */
async function lessonOn(where: Where) {
	const { world } = worlds[where];
	const lesson = await world.classroom();
	const [mentor, learner] = [seat(where, lesson.mentor, lesson), seat(where, lesson.learners[0]!, lesson)];
	await mentor.client.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	const [hers, his] = await Promise.all([mentor.ticket(), learner.ticket()]);
	const [there, here] = await Promise.all([connect(where, hers), connect(where, his)]);
	here.offer(hers.peerId);
	await until(() => expect(there.heard).toEqual(['OPEN', 'OFFER']));
	return { world, lesson, mentor: mentor.client, his, hers, here, there };
}

type On = Awaited<ReturnType<typeof lessonOn>>;
const ENDS: Record<string, (on: On) => Promise<unknown>> = {
	'somebody signs out': ({ world, lesson }) =>
		request(world.url, '/logout', lesson.learners[0]!, { method: 'POST' }),
	'the mentor removes somebody': ({ mentor, lesson: { roomCode, learners } }) =>
		mentor.trpc.company.remove.mutate({ roomCode, clientId: createId(), userId: learners[0]!.id }),
	'another server takes somebody off the list': async ({ world, lesson }) => {
		const { sessionMembers } = world.store.tables;
		const { id, learners } = lesson;
		const isTheirs = and(eq(sessionMembers.sessionId, id), eq(sessionMembers.userId, learners[0]!.id));
		await world.store.transact(function* (tx) {
			yield tx.delete(sessionMembers).where(isTheirs).returning();
		});
	},
	'the session ends': ({ mentor, lesson: { roomCode } }) => mentor.trpc.room.end.mutate({ roomCode })
};

test.each(PLACES.flatMap((where) => Object.keys(ENDS).map((what) => [where, what] as const)))(
	'[S4] [S2] %s: a ticket ends when %s, with its connection',
	async (where, what) => {
		const on = await lessonOn(where);
		await ENDS[what]!(on);
		await until(() => expect(on.here.isOpen()).toBe(false), AT_ONCE);
		// It is signed, and not too old.
		expect((await connect(where, on.his)).heard).toEqual(['ERROR']);
	}
);

test.each(PLACES)('[S4] %s: a seat has one connection: the newest', async (where) => {
	const { here, his, hers, there } = await lessonOn(where);
	const again = await connect(where, his);
	await until(() => expect(here.isOpen()).toBe(false));
	again.offer(hers.peerId);
	await until(() => expect(there.heard).toEqual(['OPEN', 'OFFER', 'OFFER']));
});

test.each(PLACES)(
	'[S4] %s: nobody is listed and no id is given out: only sockets are opened',
	async (where) => {
		const { peers } = worlds[where];
		const { there, hers } = await lessonOn(where);
		for (const path of [
			'/peerjs',
			'/peerjs/',
			'/peerjs/id',
			'/peerjs/peers',
			'/peerjs/peerjs/id',
			'/peerjs/peerjs/peers',
			'/peers'
		])
			for (const method of ['GET', 'POST']) {
				const answer = await request(peers, path, null, { method });
				const text = await answer.text();
				expect([404, 405], `${method} ${path}`).toContain(answer.status);
				expect(text).not.toContain(hers.peerId);
			}
		expect(there.isOpen()).toBe(true);
	}
);

test('[S4] the app tells what tickets are worth to nobody who does not hold them', async () => {
	const ask = (where: Where, body: string) =>
		request(worlds[where].world.url, '/peerjs/standings', null, {
			...{ method: 'POST', body, headers: { 'content-type': 'application/json' } }
		});
	const { his } = await lessonOn('apart');
	const forged = `${his.token.slice(0, -1)}${his.token.endsWith('A') ? 'B' : 'A'}`;
	const answer = await ask('apart', JSON.stringify({ tickets: [his.token, forged, createId()] }));
	expect(await answer.json()).toEqual({ standings: ['seated', 'over', 'over'] });
	for (const body of ['', '{', '[]', '{"tickets":[1]}', JSON.stringify({ tickets: ['x'.repeat(3_000)] })])
		expect((await ask('apart', body)).status).toBe(400);
	expect((await ask('apart', 'x'.repeat(300_000))).status).toBe(413);
	// Where the PeerServer is within there is nothing to ask.
	expect((await ask('within', '{"tickets":[]}')).status).toBe(404);
});
