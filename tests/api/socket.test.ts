import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openClient, outcome } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Person, type World } from '../support/world.ts';

let world: World;
let maya: Person;

beforeAll(async () => {
	world = await startWorld();
	maya = await world.person('mentor');
});
afterAll(() => world.close());

/** HTTP status of a refused handshake, 101 for an accepted one, 0 when the connection was simply closed. */
async function handshake(path: string, headers: Record<string, string>): Promise<number> {
	const socket = new WebSocket(`${world.url.replace('http', 'ws')}${path}`, { headers });
	const status = await new Promise<number>((done) => {
		socket.on('open', () => done(101));
		socket.on('unexpected-response', (_request, response) => done(response.statusCode ?? 0));
		socket.on('error', () => done(0));
	});
	socket.terminate();
	return status;
}

/** What a socket hears before it is closed, and the code it is closed with. */
async function hear(cookie: string | null, params: object) {
	const socket = new WebSocket(`${world.url.replace('http', 'ws')}/trpc?connectionParams=1`, {
		headers: { origin: world.url, ...(cookie ? { cookie } : {}) }
	});
	const frames: string[] = [];
	socket.on('message', (data) => frames.push(data.toString()));
	await once(socket, 'open');
	socket.send(JSON.stringify({ method: 'connectionParams', data: params }));
	// A call sent along with the handshake must not be answered.
	socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'query', params: { path: 'room.clock' } }));
	const [code] = (await once(socket, 'close')) as [number];
	return { frames, code };
}

describe('handshake', () => {
	test.each(['http://evil.example', 'null', 'http://localhost.evil.example', 'https://localhost'])(
		'[S2] a foreign Origin %s gets 403',
		async (origin) => {
			expect(await handshake('/trpc', { origin, cookie: maya.cookie })).toBe(403);
			expect(await handshake('/peerjs?key=peerjs&id=x&token=y', { origin, cookie: maya.cookie })).toBe(403);
		}
	);

	test('[S2] a missing Origin gets 403', async () => {
		expect(await handshake('/trpc', { cookie: maya.cookie })).toBe(403);
		expect(await handshake('/peerjs', { cookie: maya.cookie })).toBe(403);
	});

	test('[S2] our own Origin is let in; other paths are closed', async () => {
		expect(await handshake('/trpc', { origin: world.url, cookie: maya.cookie })).toBe(101);
		expect(await handshake('/other', { origin: world.url, cookie: maya.cookie })).toBe(0);
	});

	test('[S1] procedures are not to be had over plain HTTP', async () => {
		const answer = await request(world.url, '/trpc/room.clock', maya);
		expect(answer.status).toBe(404);
	});
});

describe('login', () => {
	test('[S2] signed out: one readable refusal, then 4401, and nothing is run', async () => {
		for (const cookie of [null, 'peerlearn_login=stolen', 'peerlearn_login=']) {
			const { frames, code } = await hear(cookie, { csrf: maya.csrf });
			expect(code).toBe(4401);
			expect(frames).toHaveLength(1);
			expect(frames[0]).toContain('Please sign in');
			expect(frames[0]).toContain('signed-out');
		}
	});

	test('[S2] a wrong, missing or foreign CSRF token: one readable refusal, then 4403', async () => {
		const other = await world.person('mentor');
		for (const params of [{}, { csrf: '' }, { csrf: 'wrong' }, { csrf: other.csrf }]) {
			const { frames, code } = await hear(maya.cookie, params);
			expect(code).toBe(4403);
			expect(frames).toHaveLength(1);
			expect(frames[0]).toContain('bad-csrf');
		}
	});

	test('[S2] malformed connection parameters: one readable refusal, then 4403, and nothing is run', async () => {
		for (const params of [{ csrf: 7 }, { csrf: { toString: maya.csrf } }, [maya.csrf]]) {
			const { frames, code } = await hear(maya.cookie, params);
			expect(code).toBe(4403);
			expect(frames).toHaveLength(1);
			expect(frames[0]).toContain('bad-input');
		}
	});

	test('[S2] signing out closes the sockets of this login within 1 s, and of this one only', async () => {
		const leaving = await world.person('learner');
		const client = openClient(world.url, leaving);
		const staying = openClient(world.url, maya);
		expect(await outcome(client.trpc.room.clock.query())).toBe('ok');
		expect(await outcome(staying.trpc.room.clock.query())).toBe('ok');

		const answer = await request(world.url, '/logout', leaving, { method: 'POST' });
		expect(answer.status).toBe(303);
		// From then on nobody is signed in.
		await until(() => expect(client.closes[0]?.code).toBe(4401), 1_000);
		expect(staying.closes).toEqual([]);

		// Its next try is refused in words.
		const { code } = await hear(leaving.cookie, { csrf: leaving.csrf });
		expect(code).toBe(4401);
		await client.close();
		await staying.close();
	});
});

describe('bad frames', () => {
	test('[S3] a frame that is too large closes only its own socket, with 1009', async () => {
		const staying = openClient(world.url, maya);
		expect(await outcome(staying.trpc.room.clock.query())).toBe('ok');
		const socket = new WebSocket(`${world.url.replace('http', 'ws')}/trpc?connectionParams=1`, {
			headers: { origin: world.url, cookie: maya.cookie }
		});
		await once(socket, 'open');
		socket.send('x'.repeat(200_000));
		const [code] = (await once(socket, 'close')) as [number];
		expect(code).toBe(1009);
		expect(await outcome(staying.trpc.room.clock.query())).toBe('ok');
		expect(staying.closes).toEqual([]);
		await staying.close();
	});

	test('[S3] what is not JSON or names no procedure ends no process', async () => {
		for (const frame of ['', 'nonsense', '[]', '{}', '[[[[]]]]', '{"id":1,"method":"query"}', 'null']) {
			const socket = new WebSocket(`${world.url.replace('http', 'ws')}/trpc`, {
				headers: { origin: world.url, cookie: maya.cookie }
			});
			await once(socket, 'open');
			socket.send(frame);
			socket.close();
			await once(socket, 'close');
		}
		const client = openClient(world.url, maya);
		expect(await outcome(client.trpc.room.clock.query())).toBe('ok');
		await client.close();
	});
});
