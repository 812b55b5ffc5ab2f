import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startDemo, type DemoServer } from '../support/startDemo.ts';
import { cookieOf, postForm, request } from '../support/visitor.ts';
import { startWorld } from '../support/world.ts';

const LIAM = { email: 'liam@peerlearn.test', password: 'learn-together' };

async function demo(options: Parameters<typeof startDemo>[0] = {}): Promise<DemoServer> {
	const server = await startDemo(options);
	onTestFinished(server.kill);
	return server;
}

function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'serving-'));
	onTestFinished(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

async function signIn(url: string): Promise<{ cookie: string }> {
	const cookie = cookieOf(await postForm(url, '/login', LIAM));
	expect(cookie).not.toBeNull();
	return { cookie: cookie ?? '' };
}

/** `npm start` without npm. */
async function start(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
	const child = spawn(process.execPath, ['scripts/start.ts'], {
		env: { PATH: process.env.PATH, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	let output = '';
	child.stderr.on('data', (data: Buffer) => (output += data.toString()));
	const [code] = (await once(child, 'close')) as [number | null];
	return { code, output };
}

test('[O1] the demo serves pages and sockets on one port, under both names of this machine', async () => {
	const { url } = await demo();
	for (const address of [url, url.replace('localhost', '127.0.0.1')]) {
		const person = await signIn(address);
		expect((await request(address, '/session/demo-lesson', person)).status).toBe(200);
		const socket = new WebSocket(`${address.replace('http', 'ws')}/trpc`, {
			headers: { origin: address, cookie: person.cookie }
		});
		await once(socket, 'open');
		socket.terminate();
	}
});

test('[O1] what the demo made is gone after it ended', async () => {
	const server = await demo();
	expect(existsSync(join(server.dataDir, 'peerlearn.sqlite'))).toBe(true);
	expect(await server.stop()).toBe(0);
	expect(existsSync(server.dataDir)).toBe(false);
});

test('[O1] a folder with a database is continued: nothing is seeded or rescheduled', async () => {
	const dataDir = folder();
	const first = await demo({ dataDir, startsIn: 5 });
	const person = await signIn(first.url);
	const room = await (await request(first.url, '/session/demo-lesson/__data.json', person)).text();
	const planned = String(first.startsAt);
	expect(room).toContain(planned);
	await first.kill();

	const second = await demo({ dataDir, startsIn: 30 });
	expect(second.startsAt).toBeNull();
	// The secret was kept too: whoever was signed in still is.
	expect(await (await request(second.url, '/session/demo-lesson/__data.json', person)).text()).toContain(
		planned
	);
	await second.stop();
	expect(existsSync(dataDir)).toBe(true);
});

test('[O3] SIGTERM ends it cleanly and quickly although sockets and requests are open', async () => {
	const world = await startWorld();
	onTestFinished(world.close);
	const { server, url } = world;
	const { cookie, csrf } = await world.person('learner');
	const socket = new WebSocket(`${url.replace('http', 'ws')}/trpc?connectionParams=1`, {
		headers: { origin: url, cookie }
	});
	await once(socket, 'open');
	socket.send(JSON.stringify({ method: 'connectionParams', data: { csrf } }));
	socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'query', params: { path: 'room.clock' } }));
	await once(socket, 'message');
	const since = Date.now();
	const closed = once(socket, 'close') as Promise<[number]>;
	expect(await server.stop()).toBe(0);
	// “Service restart”: come back. A crash would be 1006.
	expect((await closed)[0]).toBe(1012);
	expect(Date.now() - since).toBeLessThan(10_000);
	expect(server.output()).toBe('');
});

test('[O3] a port in use is one sentence', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void other.close());
	await once(other, 'listening');
	const PORT = String((other.address() as AddressInfo).port);
	const env = { ORIGIN: 'http://localhost', HOST: '127.0.0.1', PORT, DATA_DIR: folder() };
	expect(await start(env)).toEqual({
		code: 1,
		output: `Port ${PORT} is already in use. Set PORT to another one.\n`
	});
});

test.each([
	[{}, /^ORIGIN is missing: it is the address people open.*\n$/],
	[{ ORIGIN: 'learn.example.org' }, /^ORIGIN must be one address.*\n$/],
	[{ ORIGIN: 'http://a.test', PORT: 'many' }, /^PORT must be a whole number.*\n$/],
	[
		{ ORIGIN: 'http://a.test', PEERLEARN_SECRET: 'x' },
		/^PEERLEARN_SECRET must have at least 32 characters\.\n$/
	]
])('[O3] %j is refused with one sentence that names the variable', async (env, sentence) => {
	const { code, output } = await start(env);
	expect(code).toBe(1);
	expect(output).toMatch(sentence);
});

test('[O3] a data directory that cannot be is one sentence', async () => {
	const file = join(folder(), 'a-file');
	writeFileSync(file, '');
	const { code, output } = await start({ ORIGIN: 'http://a.test', DATA_DIR: join(file, 'data') });
	expect(code).toBe(1);
	expect(output).toMatch(/^DATA_DIR cannot be written to: .*\n$/);
});
