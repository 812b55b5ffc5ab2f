import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';

/** Passes each frame on to all others that are connected to the same path. */
export function relay(server: Server): void {
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
}
