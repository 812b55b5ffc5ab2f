import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { makeTicket } from './ticket.ts';

const SECRET = 'a secret of at least thirty-two characters';

function run(env: Record<string, string>) {
	const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
		env: { PATH: process.env.PATH, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let text = '';
	child.stderr.on('data', (data: Buffer) => (text += data.toString()));
	return { child, said: () => text };
}

test('[C1] runs as a process of its own, knowing sessions from tickets only', async () => {
	const { child } = run({
		PEER_PORT: '0',
		PEER_HOST: '127.0.0.1',
		ORIGIN: 'http://app.test',
		PEERLEARN_SECRET: SECRET
	});
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	const port = /:(\d+)\n/.exec(line.toString())?.[1];
	const token = makeTicket(SECRET, {
		peerId: 'a',
		sessionId: 's',
		userId: 'u',
		expiresAt: Date.now() + 60_000
	});
	const ws = new WebSocket(`ws://127.0.0.1:${port}/peerjs?key=peerjs&id=a&token=${token}`, {
		origin: 'http://app.test'
	});
	const [opened] = (await once(ws, 'message')) as [Buffer];
	expect(JSON.parse(opened.toString())).toEqual({ type: 'OPEN' });
	expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
	expect((await fetch(`http://127.0.0.1:${port}/peerjs/id`)).status).toBe(404);
	child.kill('SIGTERM');
	const [[closeCode], [exitCode]] = await Promise.all([once(ws, 'close'), once(child, 'exit')]);
	expect([closeCode, exitCode]).toEqual([1001, 0]);
});

test.each([
	[{}, 'ORIGIN is missing: it is the address of the app, such as https://learn.example.org.\n'],
	[
		{ ORIGIN: 'http://a.test', PEERLEARN_SECRET: 'short' },
		'PEERLEARN_SECRET must have at least 32 characters.\n'
	],
	[{ ORIGIN: 'http://a.test', PEER_PORT: 'x' }, 'PEER_PORT must be a port number.\n']
])('[O3] wrong configuration %j is refused in one sentence', async (env, sentence) => {
	const { child, said } = run(env);
	const [code] = await once(child, 'close');
	expect([code, said()]).toEqual([1, sentence]);
});
