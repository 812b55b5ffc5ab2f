import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig, type Config } from '../../src/lib/server/config.ts';
import { asChild, freePort, portOpens, spawn, type Child } from './child.ts';

/** The production build, served by `npm start`'s own script in a process of its own. */
export interface Product extends Child {
	origin: string;
	/** What the server was configured with. */
	config: Config;
	/** Ends the process and leaves its data. */
	end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
	/** Starts it again where it was; resolves with the instant (ms since the epoch) at which its port was open. */
	startAgain(): Promise<number>;
}

const STARTING_PATIENCE_MS = 20_000;

/**
 * Serves the build on a fresh database. `prepare` fills the database before the server opens it.
 * `stop` ends the server and removes the data.
 */
export async function startProduct<T>(
	prepare: (config: Config) => Promise<T>
): Promise<Product & { prepared: T }> {
	const dataDir = await mkdtemp(join(tmpdir(), 'peerlearn-bench-'));
	const port = await freePort();
	const origin = `http://127.0.0.1:${port}`;
	const env = {
		HOST: '127.0.0.1',
		PORT: String(port),
		ORIGIN: origin,
		DATA_DIR: dataDir,
		DATABASE_URL: '',
		PEER_SERVER_URL: '',
		STUN_URLS: '',
		TURN_URLS: '',
		TURN_SECRET: '',
		PEERLEARN_SECRET: '',
		LOG_LEVEL: 'error'
	};
	const config = readConfig(env);
	const prepared = await prepare(config);
	const start = () => asChild(spawn(resolve('scripts/start.ts'), env));
	let server = start();
	const product = {
		...{ origin, config, prepared },
		get pid() {
			return server.pid;
		},
		end: (signal: 'SIGTERM' | 'SIGKILL') => server.stop(signal),
		async startAgain() {
			server = start();
			return portOpens(port);
		},
		async stop() {
			await server.stop();
			await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
		}
	};
	try {
		await untilReady(origin);
	} catch (error) {
		await product.stop();
		throw error;
	}
	return product;
}

async function untilReady(origin: string): Promise<void> {
	const givesUpAt = Date.now() + STARTING_PATIENCE_MS;
	for (;;) {
		const ready = await fetch(`${origin}/readyz`).then(
			(response) => response.ok,
			() => false
		);
		if (ready) return;
		if (Date.now() > givesUpAt) throw new Error('The server did not become ready.');
		await delay(50);
	}
}
