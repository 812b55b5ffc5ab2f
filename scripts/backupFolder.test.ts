import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { readConfig } from '../src/lib/server/config.ts';
import { readOrCreateSecret } from '../src/lib/server/secret.ts';
import { backUp, restore } from './backupFolder.ts';
import { Mistake } from './commandLine.ts';
import { seed } from './seed.ts';

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function installation() {
	const folder = mkdtempSync(join(tmpdir(), 'backup-'));
	folders.push(folder);
	const config = readConfig({ DATA_DIR: join(folder, 'data') });
	const secret = readOrCreateSecret(config.dataDir);
	await seed(config, { now: Date.now(), startsIn: 1, minutes: 60 });
	return { folder, config, secret, backup: join(folder, 'backup') };
}

function read<T>(database: string, sql: string): T[] {
	const connection = new BetterSqlite(database, { readonly: true });
	try {
		return connection.prepare(sql).all() as T[];
	} finally {
		connection.close();
	}
}

test('[O4] a backup made while another process writes is whole, and restoring gives it back', async () => {
	const { folder, config, secret, backup } = await installation();
	const writer = fork(fileURLToPath(new URL('backupWriter.ts', import.meta.url)), [config.database]);
	await once(writer, 'message');
	const { files, missing } = await backUp(config, backup);
	const written = once(writer, 'message');
	writer.send('stop');
	const [total] = (await written) as [number];

	expect(missing).toEqual([]);
	const elsewhere = readConfig({ DATA_DIR: join(folder, 'elsewhere') });
	expect(await restore(elsewhere, backup)).toEqual({ files });
	expect(readOrCreateSecret(elsewhere.dataDir)).toBe(secret);
	for (const file of [elsewhere.database, join(elsewhere.dataDir, 'secret')])
		expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(readdirSync(join(elsewhere.dataDir, 'files')).sort()).toEqual(
		readdirSync(join(config.dataDir, 'files'))
			.filter((name) => name !== 'unfinished')
			.sort()
	);
	// The writer adds pairs, each pair in one transaction: a copy from the middle of one would be odd.
	const [{ count } = { count: -1 }] = read<{ count: number }>(
		elsewhere.database,
		`select count(*) as count from notifications where kind = 'test'`
	);
	expect(count % 2).toBe(0);
	expect(count).toBeGreaterThan(0);
	expect(count).toBeLessThan(total);
	expect(read(elsewhere.database, 'select email from users')).toHaveLength(5);
});

test('[O4] nothing is ever overwritten, and a damaged backup is not restored', async () => {
	const { folder, config, backup } = await installation();
	await backUp(config, backup);
	await expect(backUp(config, backup)).rejects.toThrow('exists already');
	await expect(restore(config, backup)).rejects.toThrow('is not empty');

	const [name = ''] = readdirSync(join(backup, 'files'));
	writeFileSync(join(backup, 'files', name), 'something else');
	const elsewhere = readConfig({ DATA_DIR: join(folder, 'elsewhere') });
	await expect(restore(elsewhere, backup)).rejects.toThrow('damaged or missing; nothing was restored');
	expect(existsSync(elsewhere.dataDir)).toBe(false);
});

test('[O4] a list that names files outside of the backup is refused', async () => {
	const { folder, config, backup } = await installation();
	await backUp(config, backup);
	const list = JSON.parse(readFileSync(join(backup, 'backup.json'), 'utf8')) as { files: object };
	writeFileSync(join(backup, 'backup.json'), JSON.stringify({ ...list, files: { '../../etc/passwd': '0' } }));
	const elsewhere = readConfig({ DATA_DIR: join(folder, 'elsewhere') });
	await expect(restore(elsewhere, backup)).rejects.toThrow('do not belong into a backup');
});

test('[O4] files in a bucket stay there, and it is said how many', async () => {
	const { folder, config, backup } = await installation();
	const s3 = { endpoint: 'http://s3.test', bucket: 'lesson-files', region: 'x', keyId: 'x', secret: 'x' };
	const { elsewhere, missing } = await backUp({ ...config, s3 }, backup);
	expect(elsewhere).toBe(readdirSync(join(config.dataDir, 'files')).length - 1);
	expect(missing).toEqual([]);
	expect(readdirSync(join(backup, 'files'))).toEqual([]);
	expect(await restore(readConfig({ DATA_DIR: join(folder, 'elsewhere') }), backup)).toEqual({ files: 2 });
});

test('[O4] what cannot be done is said in a sentence', async () => {
	const { folder, config } = await installation();
	const nothing = readConfig({ DATA_DIR: join(folder, 'nothing') });
	await expect(backUp(nothing, join(folder, 'b'))).rejects.toBeInstanceOf(Mistake);
	await expect(restore(nothing, join(folder, 'b'))).rejects.toThrow('is no backup');
	const postgres = { ...config, DATABASE_URL: 'postgres://x' };
	await expect(backUp(postgres, join(folder, 'b'))).rejects.toThrow('pg_dump');
});
