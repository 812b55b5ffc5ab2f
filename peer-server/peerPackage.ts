import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { ExpressPeerServer } from 'peer';
import type { WebSocket, WebSocketServer } from 'ws';

/** As much of a socket as PeerServer uses. Slow readers are cut off: for them a new connection is harmless. */
export function innerSocket(ws: WebSocket, waitingBytes: number): EventEmitter {
	return Object.assign(new EventEmitter(), {
		send(text: string) {
			if (ws.bufferedAmount > waitingBytes) ws.terminate();
			else ws.send(text, () => {});
		},
		close: () => ws.close()
	});
}

/** Starts the package `peer` behind `wss`: it answers to the `connection` events that we emit there. */
export function mountPeerServer(
	wss: WebSocketServer,
	connections: number,
	onError: (error: Error) => void
): void {
	const app = ExpressPeerServer(createServer(), {
		path: '/',
		concurrent_limit: connections + 1,
		allow_discovery: false,
		createWebSocketServer: () => wss
	});
	app.on('error', onError);
	// It starts when Express mounts it. There is no Express here (its pages mint ids for anyone), so this is the event.
	app.emit('mount', {
		settings: {},
		engines: {},
		request: Object.getPrototypeOf(app.request),
		response: Object.getPrototypeOf(app.response)
	});
}
