import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	type ServerResponse
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import type { Duplex } from 'node:stream';
import { ConfigError, readConfig, type Config } from '../src/lib/server/config.ts';
import { loggedError } from '../src/lib/server/loggedError.ts';
import { pageHeaders } from '../src/lib/server/pageHeaders.ts';
import { BOARD_FILE_MAX_BYTES } from '../src/lib/shared/boardLimits.ts';
import { Mistake, portMistake } from './commandLine.ts';
import { loadHandler } from './languageHandler.ts';
import { sayLastWords } from './lastWords.ts';

/** As much of the running app as the HTTP server needs. `init` in src/hooks.server.ts leaves it at this symbol. */
interface RunningApp {
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): unknown;
	/** `others` answers what is Kit’s. */
	handleRequest(request: IncomingMessage, response: ServerResponse, others: () => void): void;
	/** For addresses in mails. */
	setPort(port: number): void;
	close(): Promise<void>;
}

/**
 * How slowly a request may come, ms: its head, and all of it. A part of an upload has 5 MB; one that breaks off is gone on with.
 * Other bodies are given less (src/lib/server/writeGuard.ts).
 */
const SLOWEST = { headersTimeout: 10_000, requestTimeout: 300_000, connectionsCheckingInterval: 2_000 };

/** After this the process ends whatever still hangs, ms (spec O3: under 10 s). */
const PATIENCE_MS = 7_000;

export interface Served {
	port: number;
	/** Tells clients to reconnect, ends connections, closes the database. */
	close(): Promise<void>;
}

/**
 * Serves pages, sockets and PeerServer on one port, configured by the environment.
 * @throws ConfigError, or Mistake when there is no build or the port is taken
 */
export async function serve(portHint: string): Promise<Served> {
	const config = readConfig(process.env);
	makeDataDir(config.dataDir);
	prepareHandlers(config);
	const handler = await loadHandler();
	const app = runningApp();
	const scheme = config.TLS_CERT_FILE ? 'https' : 'http';
	const headers = Object.entries(pageHeaders(config));
	const server = createWebServer(config, (request, response) => {
		// Without ORIGIN the address is taken from the Host header; the scheme is ours to say, never the client's.
		if (!config.ORIGIN) request.headers['x-forwarded-proto'] = scheme;
		for (const [name, value] of headers) response.setHeader(name, value);
		app.handleRequest(request, response, () =>
			handler(request, response, () => response.writeHead(404).end())
		);
	});
	server.on('upgrade', (request, socket, head) => {
		void app.handleUpgrade(request, socket, head);
	});
	try {
		await new Promise<void>((done, fail) =>
			server.once('error', fail).listen(config.PORT, config.HOST, () => done())
		);
	} catch (error) {
		await app.close();
		throw portMistake(error, config.PORT, portHint);
	}
	const { port } = server.address() as AddressInfo;
	app.setPort(port);
	// What goes wrong before is for whoever starts it, whole.
	sayLastWords();
	return {
		port,
		close: () => close(server, app)
	};
}

/** @throws ConfigError when the certificate or its key cannot be used */
function createWebServer({ TLS_CERT_FILE, TLS_KEY_FILE }: Config, listener: RequestListener): Server {
	if (!TLS_CERT_FILE || !TLS_KEY_FILE) return createServer(SLOWEST, listener);
	try {
		const [cert, key] = [readFileSync(TLS_CERT_FILE), readFileSync(TLS_KEY_FILE)];
		return createSecureServer({ cert, key, ...SLOWEST }, listener);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new ConfigError(`TLS_CERT_FILE and TLS_KEY_FILE cannot be used: ${why}.`, { cause: error });
	}
}

function makeDataDir(folder: string): void {
	try {
		makeFolder(folder);
		accessSync(folder, constants.W_OK);
	} catch (error) {
		throw new Mistake(
			`DATA_DIR cannot be written to: ${error instanceof Error ? error.message : String(error)}.`
		);
	}
}

/** With its parents, one by one: where a system knows of none, as in `/proc`, Node's own way tries for ever. */
function makeFolder(folder: string): void {
	if (existsSync(folder)) return;
	if (dirname(folder) !== folder) makeFolder(dirname(folder));
	mkdirSync(folder, { mode: 0o700 });
}

/** adapter-node reads these variables once, while a handler is loaded. */
function prepareHandlers({ ORIGIN, TRUSTED_PROXIES }: Config): void {
	process.env.NODE_ENV = 'production';
	process.env.BODY_SIZE_LIMIT ??= String(BOARD_FILE_MAX_BYTES + 64 * 1024);
	if (!ORIGIN) process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
	if (TRUSTED_PROXIES > 0) {
		process.env.ADDRESS_HEADER = 'x-forwarded-for';
		process.env.XFF_DEPTH = String(TRUSTED_PROXIES);
	}
}

function runningApp(): RunningApp {
	const app = (globalThis as { [key: symbol]: RunningApp | undefined })[Symbol.for('peerlearn.app')];
	if (!app) throw new Error('The build started no app.');
	return app;
}

async function close(server: Server, app: RunningApp): Promise<void> {
	const closed = new Promise((done) => server.close(done));
	await app.close();
	server.closeIdleConnections();
	const force = setTimeout(() => server.closeAllConnections(), 2_000);
	await closed;
	clearTimeout(force);
}

/** Ends the process cleanly on Ctrl+C or SIGTERM. npm and the terminal may send the same signal twice. */
export function closeOnSignal(served: Served): void {
	let closing = false;
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (closing) return;
			closing = true;
			setTimeout(() => process.exit(1), PATIENCE_MS).unref();
			served.close().then(
				// PeerServer's timers would keep the process alive, hence the explicit end.
				() => process.exit(0),
				(error: unknown) => {
					process.stderr.write(`${JSON.stringify(loggedError(error))}\n`);
					process.exit(1);
				}
			);
		});
	}
}
