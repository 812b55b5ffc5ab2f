import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isInstalled } from './install.mjs';

const root = mkdtempSync(join(tmpdir(), 'install-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const a = { version: '1.0.0', integrity: 'sha512-a' };
const dev = { version: '2.0.0', integrity: 'sha512-d', dev: true };
const elsewhere = { version: '1.0.0', integrity: 'sha512-w', optional: true, os: ['beos'] };
const wanted = { '': {}, 'node_modules/a': a, 'node_modules/d': dev, 'node_modules/w': elsewhere };

function machine(present: Record<string, object> | null, folders = Object.keys(present ?? {})) {
	mkdirSync(join(root, 'node_modules'), { recursive: true });
	for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
	writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
	if (!present) return;
	writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
}
const installed = (production = false) => isInstalled(root, { production });

test('[O1] fits when everything for this machine is there: nothing is fetched', () => {
	machine({ 'node_modules/a': a, 'node_modules/d': dev });
	expect(installed()).toBe(true);
});

test.each([
	['nothing', null],
	['another version', { 'node_modules/a': { ...a, version: '1.0.1' }, 'node_modules/d': dev }],
	['other content', { 'node_modules/a': { ...a, integrity: 'sha512-x' }, 'node_modules/d': dev }],
	['one package less', { 'node_modules/d': dev }],
	['those of another machine', { 'node_modules/a': a, 'node_modules/d': dev, 'node_modules/w': elsewhere }]
])('[O1] does not fit with %s', (_, present) => {
	machine(present);
	expect(installed()).toBe(false);
});

test('[O1] does not fit when a folder was deleted by hand', () => {
	machine({ 'node_modules/a': a, 'node_modules/d': dev }, ['node_modules/a']);
	expect(installed()).toBe(false);
});

test('[O3] production does without the packages for development', () => {
	machine({ 'node_modules/a': a });
	expect(installed()).toBe(false);
	expect(installed(true)).toBe(true);
});
