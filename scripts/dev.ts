import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'vite';
import { DEMO_VARIABLE, readConfig } from '../src/lib/server/config.ts';
import { main, readFlags, readNumber, requireFreePort } from './commandLine.ts';
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE } from './sampleLessons.ts';
import { seed } from './seed.ts';

const DATA_DIR = 'data/dev';

/** `npm run dev`: hot reload, sockets included (scripts/devSockets.ts), on a database that stays in data/dev. */
await main(async () => {
	const flags = readFlags(process.argv.slice(2), { port: '5173' });
	const port = readNumber('port', flags.port, { fallback: 5173, least: 1, most: 65_535, whole: true });
	const host = process.env.HOST || '127.0.0.1';
	await requireFreePort(port, host, 'Choose another one: npm run dev -- --port 4000');
	process.env.DATA_DIR = DATA_DIR;
	process.env.PORT = String(port);
	process.env[DEMO_VARIABLE] = '1';

	const config = readConfig(process.env);
	if (!existsSync(config.database) && !config.DATABASE_URL) {
		await mkdir(config.dataDir, { recursive: true });
		await seed(config, { now: Date.now(), startsIn: 1, minutes: 480 });
	}
	const vite = await createServer({ server: { port, host, strictPort: true } });
	await vite.listen();
	// The first request makes the app (Kit calls `init` then): sockets of a page left open need it at once.
	await fetch(`http://localhost:${port}/healthz`).catch(() => undefined);
	process.stdout.write(
		[
			'',
			`  PeerLearn in development:  http://localhost:${port}`,
			`  Sample people: ${SAMPLE_PEOPLE.maya.email}, ${SAMPLE_PEOPLE.liam.email} … password ${SAMPLE_PASSWORD}`,
			`  Data stays in ${DATA_DIR}; delete that folder for a fresh demo lesson.`,
			'',
			''
		].join('\n')
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			setTimeout(() => process.exit(0), 3_000).unref();
			void vite.close().finally(() => process.exit(0));
		});
	}
});
