import { existsSync } from 'node:fs';
import { readConfig } from '../src/lib/server/config.ts';
import { isBuilt } from './buildApp.ts';
import { main, Mistake } from './commandLine.ts';
import { closeOnSignal, serve } from './serve.ts';

/** First come those who were in a lesson when the server went: reading all sources can wait, ms. */
const CHECK_BUILD_AFTER_MS = 10_000;

/** `npm start`: production. Everything is configured by environment variables, or by a file `.env` beside package.json. */
await main(async () => {
	if (existsSync('.env')) process.loadEnvFile('.env');
	const config = readConfig(process.env);
	if (!config.ORIGIN) {
		throw new Mistake(
			'ORIGIN is missing: it is the address people open, such as https://learn.example.org, and pages from elsewhere are refused.'
		);
	}
	const served = await serve('Set PORT to another one.');
	closeOnSignal(served);
	process.stdout.write(`PeerLearn serves ${config.ORIGIN} on ${config.HOST}:${served.port}\n`);
	setTimeout(() => void checkBuild(), CHECK_BUILD_AFTER_MS).unref();
});

async function checkBuild(): Promise<void> {
	if (await isBuilt()) return;
	process.stdout.write('The build is older than the sources: `npm run build` brings it up to date.\n');
}
