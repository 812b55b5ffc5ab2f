import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig, type Config } from '../../src/lib/server/config.ts';
import { asChild, freePort, spawn, type Child } from './child.ts';

/** The production build, served by `npm start`'s own script in a process of its own. */
export interface Product extends Child {
	origin: string;
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
	const prepared = await prepare(readConfig(env));
	const server = asChild(spawn(resolve('scripts/start.ts'), env));
	async function stop(): Promise<void> {
		await server.stop();
		await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
	}
	try {
		await untilReady(origin);
	} catch (error) {
		await stop();
		throw error;
	}
	return { pid: server.pid, origin, prepared, stop };
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
