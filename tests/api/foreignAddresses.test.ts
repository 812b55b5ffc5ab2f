import { glob, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** Names of languages, and pages that errors and licences point people to. Nothing is ever loaded from there. */
const NAMES = [
	...['www.w3.org', 'json-schema.org', 'svelte.dev/e', 'react.dev/errors', 'superforms.rocks/concepts'],
	...['rolldown.rs/in-depth', 'tailwindcss.com']
];
const ADDRESS = /(?:(?:https?|wss?):|(?<=["'`(]))\/\/((?:[a-z0-9-]+\.)+[a-z]{2,}\b[^"'`\s\\<>)${}]*)/gi;

test('[C1] nothing that is served knows anybody else’s address', async () => {
	const foreign: string[] = [];
	let files = 0;
	for await (const file of glob('build/client/**/*.{js,mjs,css,html,json,svg,webmanifest}')) {
		files += 1;
		for (const [, address = ''] of (await readFile(file, 'utf8')).matchAll(ADDRESS))
			if (!NAMES.some((name) => address.startsWith(name))) foreign.push(`${file}: ${address}`);
	}
	expect(files).toBeGreaterThan(50);
	expect(foreign).toEqual([]);
});
