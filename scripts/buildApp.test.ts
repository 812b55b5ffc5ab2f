import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pluginsIn } from './buildApp.ts';

test('[O1] whatever changes how it is built builds it anew: each plugin of ours', async () => {
	const config = await readFile('vite.config.ts', 'utf8');
	const plugins = pluginsIn(config);
	expect(plugins).toContain('scripts/inertMarkup.ts');
	for (const plugin of plugins) expect(existsSync(plugin), plugin).toBe(true);
	// The others are in `scripts/words`.
	expect(plugins).toHaveLength(config.match(/'\.\/scripts\/(?!words\/)/g)!.length);
});
