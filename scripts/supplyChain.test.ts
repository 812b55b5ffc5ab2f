import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
	importedPackages,
	lockfileTroubles,
	shippedFolders,
	type Lockfile,
	type Manifest
} from './supplyChain.ts';

function readJson<T>(path: string): T {
	return JSON.parse(readFileSync(path, 'utf8')) as T;
}

const integrity = 'sha512-x';
const manifest: Manifest = { dependencies: { a: '1.0.0' }, allowScripts: { built: false } };

test('[S7] our own lockfile holds every package to a SHA-512 and names every install script', () => {
	const troubles = lockfileTroubles(
		readJson<Lockfile>('package-lock.json'),
		readJson<Manifest>('package.json')
	);
	expect(troubles).toEqual([]);
});

test('[S7] no package runs a script when it is installed', () => {
	// scripts/install.mjs leaves them all out: who allows one has to change that too.
	const { allowScripts } = readJson<Manifest>('package.json');
	expect(Object.values(allowScripts ?? {})).not.toContain(true);
	expect(readFileSync('.npmrc', 'utf8')).toMatch(/^strict-allow-scripts=true$/m);
});

test.each([
	['from elsewhere', { resolved: 'git+ssh://host.test/a.git', integrity }, /does not come from the registry/],
	['a folder', { link: true, integrity }, /does not come from the registry \(a folder\)/],
	['without a hash', {}, /held to no SHA-512/],
	['with a weak hash', { integrity: 'sha1-x' }, /held to no SHA-512/],
	['with a script', { integrity, hasInstallScript: true }, /a brings an install script/]
])('a package %s is told', (_, locked, sentence) => {
	const packages = { '': {}, 'node_modules/a': locked };
	expect(lockfileTroubles({ packages }, manifest)).toEqual([expect.stringMatching(sentence)]);
});

test('a named script is known, a range of versions is told', () => {
	const packages = { 'node_modules/a/node_modules/built': { integrity, hasInstallScript: true } };
	expect(lockfileTroubles({ packages }, manifest)).toEqual([]);
	expect(lockfileTroubles({ packages }, { dependencies: { a: '^1.0.0' } })).toHaveLength(2);
});

test('what ships is found through what it needs, from where it stands', () => {
	const packages = {
		'node_modules/a': { dependencies: { b: '1' }, optionalDependencies: { missing: '1' } },
		'node_modules/b': {},
		'node_modules/a/node_modules/b': { peerDependencies: { c: '1' } },
		'node_modules/c': { dependencies: { a: '1' } },
		'node_modules/tool': { dependencies: { b: '1' } }
	};
	expect([...shippedFolders({ packages }, ['a'])].toSorted()).toEqual([
		'node_modules/a',
		'node_modules/a/node_modules/b',
		'node_modules/c'
	]);
});

test('imports are read from scripts, components and styles', () => {
	const source = `import x from "svelte/store"; import '@scope/name/style.css'; await import('late');
		import y from 'node:fs'; import z from './own.ts'; import w from '$lib/x.ts'; @import 'tailwindcss';`;
	expect(importedPackages(source)).toEqual(['svelte', '@scope/name', 'late', 'tailwindcss']);
});
