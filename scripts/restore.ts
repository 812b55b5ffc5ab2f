import { existsSync } from 'node:fs';
import { readConfig } from '../src/lib/server/config.ts';
import { restore } from './backupFolder.ts';
import { main, Mistake, readFlags, userPath } from './commandLine.ts';

/** `npm run restore -- --from FOLDER`: puts a backup into the (still empty) data directory. */
await main(async () => {
	const { from } = readFlags(process.argv.slice(2), { from: 'FOLDER' });
	if (!from) throw new Mistake('Say where from: npm run restore -- --from FOLDER');
	if (existsSync('.env')) process.loadEnvFile('.env');
	const config = readConfig(process.env);
	const { files } = await restore(config, userPath(from));
	process.stdout.write(`Restored ${files} files to ${config.dataDir}\n`);
});
