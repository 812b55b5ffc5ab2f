// The baseline of the fan-out: passes every frame on to everybody, its sender included. Started by `startServer`.
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
	socket.on('message', (data, isBinary) => {
		for (const client of server.clients) client.send(data, { binary: isBinary });
	});
});
server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
