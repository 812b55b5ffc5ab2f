import { existsSync } from 'node:fs';
import { readConfig } from '../src/lib/server/config.ts';
import { openStore } from '../src/lib/server/db/openStore.ts';
import { createJobsDesk } from '../src/lib/server/jobs/jobsDesk.ts';
import { main, Mistake, readFlags } from './commandLine.ts';
import { jobsInWords } from './jobsInWords.ts';

/**
 * `npm run jobs`: the work behind the scenes that waits, fails or was given up, also while the server runs.
 * `-- --retry ID` (or `all`) has what was given up tried again.
 */
await main(async () => {
	const { retry } = readFlags(process.argv.slice(2), { retry: 'ID (or “all”)' });
	if (existsSync('.env')) process.loadEnvFile('.env');
	const { DATABASE_URL, database } = readConfig(process.env);
	if (!DATABASE_URL && !existsSync(database)) throw new Mistake(`There is no database at ${database}.`);
	const store = openStore(database);
	try {
		const desk = createJobsDesk({ store, now: Date.now });
		if (retry !== undefined) {
			const again = await desk.retry(retry === 'all' ? 'all' : { id: retry });
			if (again === 0 && retry !== 'all')
				throw new Mistake(`No job that was given up has the id “${retry}”.`);
			process.stdout.write(`To be tried again: ${again}\n`);
		}
		process.stdout.write(jobsInWords(await desk.list()));
	} finally {
		await store.close();
	}
});
