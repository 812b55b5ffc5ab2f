import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Plugin } from 'vite';

/** Paths of our own sockets; every other upgrade (Vite's hot reload) is left to Vite. */
const OURS = /^\/(trpc|peerjs)(\?|$)/;

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => unknown;
const APP = Symbol.for('peerlearn.app');

/** In development Vite owns the HTTP server: this hands our sockets' upgrades to the running app. */
export function devSockets(): Plugin {
	return {
		name: 'peerlearn-sockets',
		apply: 'serve',
		configureServer({ httpServer }) {
			httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
				if (!OURS.test(request.url ?? '')) return;
				// Looked up each time: an edit of server code puts a new app there. Between two apps clients try again.
				const app = (globalThis as { [key: symbol]: { handleUpgrade: Upgrade } | undefined })[APP];
				if (app) void app.handleUpgrade(request, socket, head);
				else socket.destroy();
			});
		}
	};
}
