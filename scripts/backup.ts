import { existsSync } from 'node:fs';
import { readConfig } from '../src/lib/server/config.ts';
import { backUp } from './backupFolder.ts';
import { main, Mistake, readFlags, userPath } from './commandLine.ts';

/** `npm run backup -- --to FOLDER`: a consistent copy of the data directory, also while the server runs. */
await main(async () => {
	const { to } = readFlags(process.argv.slice(2), { to: 'FOLDER' });
	if (!to) throw new Mistake('Say where to: npm run backup -- --to FOLDER');
	if (existsSync('.env')) process.loadEnvFile('.env');
	const { files, missing, bytes } = await backUp(readConfig(process.env), userPath(to));
	for (const name of missing) process.stderr.write(`Without its bytes, because they are gone: ${name}\n`);
	process.stdout.write(`Backed up ${files} files, ${(bytes / 1e6).toFixed(1)} MB, to ${userPath(to)}\n`);
});
