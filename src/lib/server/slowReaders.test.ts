import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { BACKLOG_MAX, BoundedSocket, caughtUp } from './slowReaders.ts';

/** A reader as `caughtUp` sees one, with so many bytes waiting. */
function reader(bufferedAmount: number) {
	const socket = {
		readyState: WebSocket.OPEN as WebSocket['readyState'],
		bufferedAmount,
		terminate() {
			socket.readyState = WebSocket.CLOSED;
		}
	};
	return socket;
}
const forever = () => new AbortController().signal;

test('[K9] whoever keeps up is not held up', async () => {
	const socket = reader(1_000);
	await caughtUp(socket, forever());
	expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('[K9] a slow reader is waited for as long as it takes something', async () => {
	const socket = reader(900_000);
	let looks = 0;
	await caughtUp(socket, forever(), () => {
		looks += 1;
		socket.bufferedAmount -= 100_000;
		return looks * 15_000;
	});
	expect(looks).toBeGreaterThan(5);
	expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('[K9] a reader that takes nothing is disconnected, one that went away is not waited for', async () => {
	let clock = 0;
	const stuck = reader(900_000);
	await caughtUp(stuck, forever(), () => (clock += 15_000));
	expect(stuck.readyState).toBe(WebSocket.CLOSED);
	await caughtUp(reader(900_000), AbortSignal.abort());
});

test('[K9] what waits for one connection is bounded', async () => {
	const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', WebSocket: BoundedSocket });
	await once(wss, 'listening');
	const client = new WebSocket(`ws://127.0.0.1:${(wss.address() as AddressInfo).port}`);
	const [socket] = (await once(wss, 'connection')) as [WebSocket];
	await once(client, 'open');
	client.pause();
	const message = 'x'.repeat(64 * 1024);
	let most = 0;
	for (let i = 0; i < 1_000 && socket.readyState === WebSocket.OPEN; i++) {
		socket.send(message);
		most = Math.max(most, socket.bufferedAmount);
		if (i % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	expect(socket.readyState).not.toBe(WebSocket.OPEN);
	expect(most).toBeLessThan(BACKLOG_MAX + 2 * message.length);
	client.terminate();
	wss.close();
});

test('[S3] [B1] whoever sends more than one person may, or pings without an end, is closed with 1008', async () => {
	const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', WebSocket: BoundedSocket });
	await once(wss, 'listening');
	const connect = () => new WebSocket(`ws://127.0.0.1:${(wss.address() as AddressInfo).port}`);
	const client = connect();
	const [socket] = (await once(wss, 'connection')) as [BoundedSocket];
	const costs: number[] = [];
	const heard: string[] = [];
	socket.on('message', (data: Buffer) => heard.push(data.toString()));
	socket.countWith((calls) => costs.push(calls) < 3);
	await once(client, 'open');
	for (const text of ['{}', '[1,2]', '{}', '{}']) client.send(text);
	expect((await once(client, 'close'))[0]).toBe(1008);
	expect([costs, heard]).toEqual([
		[1, 2, 1],
		['{}', '[1,2]']
	]);
	const pinging = connect();
	await once(pinging, 'open');
	// One after the other: too many at once the library ends by itself, without a code.
	const closed = once(pinging, 'close');
	pinging.on('pong', () => pinging.ping());
	pinging.ping();
	expect((await closed)[0]).toBe(1008);
	wss.close();
});
