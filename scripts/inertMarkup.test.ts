import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import config from '../svelte.config.js';
import { inertMarkup } from './inertMarkup.ts';

test('[S5] markup is read in a way that the pages’ policy knows, and code that reads none stays as it is', async () => {
	const policies = config.kit?.csp?.directives?.['trusted-types'];
	const client = await readFile('node_modules/@sveltejs/kit/src/runtime/client/client.js', 'utf8');
	const readable = inertMarkup(client, 'peerlearn-error-page');
	expect(policies).toContain('peerlearn-error-page');
	expect(readable).toContain("trustedTypes?.createPolicy('peerlearn-error-page'");
	expect(readable).toContain(".parseFromString(peerlearnInert(html), 'text/html')");
	expect(inertMarkup('const a = 1;', 'any')).toBe('const a = 1;');
});
