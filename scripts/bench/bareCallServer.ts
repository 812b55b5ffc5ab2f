// Serves bareCall.html, under /recovery bareRecovery.html, and passes each frame on to the others under the same path. Started by `startServer`.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';

const [page, recovery] = ['bareCall.html', 'bareRecovery.html'].map((file) =>
	readFileSync(join(import.meta.dirname, file))
);
const server = createServer(({ url }, response) => {
	const body = url?.startsWith('/recovery') ? recovery : page;
	response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
});
const rooms = new Map<string, Set<WebSocket>>();

new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket, request) => {
	const path = request.url ?? '/';
	const room = rooms.get(path) ?? new Set();
	rooms.set(path, room.add(socket));
	socket.on('message', (data, isBinary) => {
		for (const other of room) if (other !== socket) other.send(data, { binary: isBinary });
	});
	socket.on('close', () => room.delete(socket));
});
server.listen(0, process.env.HOST || '127.0.0.1', () =>
	process.send?.((server.address() as AddressInfo).port)
);
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
