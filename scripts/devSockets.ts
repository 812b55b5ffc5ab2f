import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Plugin } from 'vite';

/** Paths of our own sockets; every other upgrade (Vite's hot reload) is left to Vite. */
const OURS = /^\/(trpc|peerjs)(\?|$)/;

interface RunningApp {
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): unknown;
	handleRequest(request: IncomingMessage, response: ServerResponse, others: () => void): void;
}
const holder = globalThis as { [key: symbol]: RunningApp | undefined };
const APP = Symbol.for('peerlearn.app');

/** In development Vite owns the HTTP server: this hands our sockets' upgrades and uploads to the running app. */
export function devSockets(): Plugin {
	return {
		name: 'peerlearn-sockets',
		apply: 'serve',
		configureServer({ httpServer, middlewares }) {
			middlewares.use((request, response, next) => {
				const app = holder[APP];
				if (app) app.handleRequest(request, response, next);
				else next();
			});
			httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
				if (!OURS.test(request.url ?? '')) return;
				// Looked up each time: an edit of server code puts a new app there. Between two apps clients try again.
				const app = holder[APP];
				if (app) void app.handleUpgrade(request, socket, head);
				else socket.destroy();
			});
		}
	};
}
