import { spawnSync } from 'node:child_process';
import { main, Mistake, readFlags } from './commandLine.ts';

/** `npm run db:generate -- --name <name>`: what has become of the tables, as a migration of each database under the same name. */
await main(async () => {
	const { name } = readFlags(process.argv.slice(2), { name: 'NAME' });
	if (!name) throw new Mistake('What is it called? npm run db:generate -- --name what_is_new');
	for (const database of ['sqlite', 'postgres']) {
		const { status } = spawnSync(
			process.execPath,
			[
				'node_modules/drizzle-kit/bin.cjs',
				...['generate', '--config', `drizzle/${database}.config.ts`, '--name', name]
			],
			{ stdio: 'inherit' }
		);
		if (status !== 0) throw new Mistake(`There is no migration for ${database}; the reason stands above.`);
	}
});
