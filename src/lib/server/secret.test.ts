import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readOrCreateSecret } from './secret.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('[O4] a secret is made once, for the owner only, and leaves no draft behind', () => {
	const secret = readOrCreateSecret(folder);
	expect(secret.length).toBeGreaterThan(32);
	expect(readOrCreateSecret(folder)).toBe(secret);
	expect(readdirSync(folder)).toEqual(['secret']);
	expect(statSync(join(folder, 'secret')).mode & 0o077).toBe(0);
});

test('[K10] an empty secret is refused: it would sign for everybody', () => {
	writeFileSync(join(folder, 'secret'), '\n');
	expect(() => readOrCreateSecret(folder)).toThrow(/is empty/);
	expect(readdirSync(folder)).toEqual(['secret']);
});
