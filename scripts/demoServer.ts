import { existsSync, renameSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_VARIABLE, readConfig } from '../src/lib/server/config.ts';
import { closeOnSignal, serve } from './serve.ts';

export interface DemoOptions {
	port: number;
	/** Of the sample lesson, minutes from now; fractions allowed. */
	startsIn: number;
	minutes: number;
	/** Where the database is kept; null for a folder that is gone when the demo ends. */
	dataDir: string | null;
	/** A PeerServer elsewhere, for tests; without it the demo has its own. */
	peerServerUrl?: string | null;
	/** A mail server, for tests; without it mails stay in the outbox. */
	mail?: { url: string; from: string } | null;
}

/** Where the demo listens: on this machine only, because everybody knows the passwords. HOST opens it to others. */
export const DEMO_HOST = process.env.HOST || '127.0.0.1';

export interface Demo {
	port: number;
	dataDir: string;
	/** ms since the epoch; null when an existing database is continued. */
	startsAt: number | null;
}

/** Seeds where nothing is yet and serves the build. Ctrl+C and SIGTERM end it and remove a throw-away folder. */
export async function serveDemo(options: DemoOptions): Promise<Demo> {
	const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'peerlearn-demo-')));
	const cleanUp = () => {
		if (options.dataDir === null) rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
	};
	process.on('exit', cleanUp);
	setEnvironment(options.port, dataDir);
	if (options.peerServerUrl) process.env.PEER_SERVER_URL = options.peerServerUrl;
	if (options.mail) {
		process.env.SMTP_URL = options.mail.url;
		process.env.MAIL_FROM = options.mail.from;
	}
	const startsAt = await seedOnce(dataDir, options);
	const served = await serve('Choose another one: npm run demo -- --port 4000');
	closeOnSignal(served);
	return { port: served.port, dataDir, startsAt };
}

/** The demo is complete in itself: what this machine says about another database, PeerServer, mail server or store of files is left aside. */
function setEnvironment(port: number, dataDir: string): void {
	delete process.env.DATABASE_URL;
	delete process.env.PEER_SERVER_URL;
	delete process.env.FILES_S3_ENDPOINT;
	delete process.env.FILES_S3_BUCKET;
	delete process.env.FILES_S3_KEY_ID;
	delete process.env.FILES_S3_SECRET;
	delete process.env.SMTP_URL;
	delete process.env.MAIL_FROM;
	process.env[DEMO_VARIABLE] = '1';
	process.env.PORT = String(port);
	process.env.HOST = DEMO_HOST;
	process.env.DATA_DIR = dataDir;
	process.env.LOG_LEVEL ??= 'warn';
}

async function seedOnce(dataDir: string, { startsIn, minutes }: DemoOptions): Promise<number | null> {
	const config = readConfig(process.env);
	if (existsSync(config.database)) return null;
	await mkdir(dataDir, { recursive: true });
	// Only now: what continues an existing folder starts sooner without it.
	const { seed } = await import('./seed.ts');
	const now = Date.now();
	// Aside first: a demo that is stopped half-way leaves no half database to continue.
	const draft = `${config.database}.new`;
	rmSync(draft, { force: true });
	await seed({ ...config, database: draft }, { now, startsIn, minutes });
	renameSync(draft, config.database);
	return now + startsIn * 60_000;
}
