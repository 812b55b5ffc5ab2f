import { existsSync } from 'node:fs';
import { readConfig } from '../src/lib/server/config.ts';
import { backUp } from './backupFolder.ts';
import { main, Mistake, readFlags, userPath } from './commandLine.ts';

/** `npm run backup -- --to FOLDER`: a consistent copy of the data directory, also while the server runs. */
await main(async () => {
	const { to } = readFlags(process.argv.slice(2), { to: 'FOLDER' });
	if (!to) throw new Mistake('Say where to: npm run backup -- --to FOLDER');
	if (existsSync('.env')) process.loadEnvFile('.env');
	const config = readConfig(process.env);
	const { files, missing, bytes, elsewhere } = await backUp(config, userPath(to));
	for (const name of missing) process.stderr.write(`Without its bytes, because they are gone: ${name}\n`);
	process.stdout.write(`Backed up ${files} files, ${(bytes / 1e6).toFixed(1)} MB, to ${userPath(to)}\n`);
	if (elsewhere > 0)
		process.stdout.write(
			`${elsewhere} files are in the bucket ${config.s3?.bucket} and not in this backup: keep the bucket with it.\n`
		);
});
