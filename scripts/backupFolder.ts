import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import BetterSqlite from 'better-sqlite3';
import { z } from 'zod';
import type { Config } from '../src/lib/server/config.ts';
import { Mistake } from './commandLine.ts';

/**
 * A backup is a folder: the database, the files it speaks of, the secret and a list of them all with their sums. It is
 * written beside its place and renamed at the end, so that a folder with this name is always a whole backup.
 */
const LIST = 'backup.json';
const DATABASE = 'peerlearn.sqlite';
const list = z.object({
	version: z.literal(1),
	madeAt: z.string(),
	/** Hex SHA-256 by path. */
	files: z.record(z.string(), z.string())
});

/**
 * Copies what must be kept, consistently, while the server may go on writing.
 * @throws Mistake when the target exists, there is nothing to back up or the database is not SQLite
 */
export async function backUp(
	config: Config,
	target: string
): Promise<{ files: number; bytes: number; missing: string[]; elsewhere: number }> {
	requireSqlite(config);
	if (existsSync(target)) throw new Mistake(`${target} exists already; a backup never overwrites anything.`);
	if (!existsSync(config.database))
		throw new Mistake(`There is no database in ${config.dataDir} (DATA_DIR).`);
	const draft = `${target}.unfinished`;
	await rm(draft, { recursive: true, force: true });
	await mkdir(join(draft, 'files'), { recursive: true, mode: 0o700 });

	// The database first: its rows only speak of files whose bytes were on disk before.
	await copyDatabase(config.database, join(draft, DATABASE));
	const paths = [DATABASE];
	if (existsSync(join(config.dataDir, 'secret'))) {
		await copyFile(join(config.dataDir, 'secret'), join(draft, 'secret'));
		paths.push('secret');
	}
	const missing: string[] = [];
	const stored = storedFiles(join(draft, DATABASE));
	// Files in a bucket stay there: copying them out would be a backup of another installation.
	for (const { key, name } of config.s3 ? [] : stored) {
		const path = join('files', key);
		try {
			await copyFile(join(config.dataDir, path), join(draft, path));
			paths.push(path);
		} catch {
			// Removed by somebody since the database was copied.
			missing.push(name);
		}
	}
	const sums: Record<string, string> = {};
	let bytes = 0;
	for (const path of paths) {
		sums[path] = await sumOf(join(draft, path));
		bytes += (await stat(join(draft, path))).size;
	}
	const content = { version: 1, madeAt: new Date().toISOString(), files: sums };
	await writeFile(join(draft, LIST), `${JSON.stringify(content, null, 2)}\n`);
	await rename(draft, target);
	return { files: paths.length, bytes, missing, elsewhere: config.s3 ? stored.length : 0 };
}

/**
 * Puts a backup into an empty data directory, after checking every sum.
 * @throws Mistake when the backup is not whole or the data directory holds something
 */
export async function restore(config: Config, source: string): Promise<{ files: number }> {
	requireSqlite(config);
	const sums = await readList(source);
	for (const [path, sum] of Object.entries(sums)) {
		if ((await sumOf(join(source, path)).catch(() => null)) !== sum) {
			throw new Mistake(`${join(source, path)} is damaged or missing; nothing was restored.`);
		}
	}
	const present = await readdir(config.dataDir).catch(() => []);
	if (present.length > 0) {
		throw new Mistake(`${config.dataDir} (DATA_DIR) is not empty; stop the server and move it away first.`);
	}
	const draft = `${config.dataDir}.unfinished`;
	await rm(draft, { recursive: true, force: true });
	for (const path of Object.keys(sums)) {
		await mkdir(dirname(join(draft, path)), { recursive: true, mode: 0o700 });
		await copyFile(join(source, path), join(draft, path));
	}
	await rm(config.dataDir, { recursive: true, force: true });
	await rename(draft, config.dataDir);
	return { files: Object.keys(sums).length };
}

function requireSqlite(config: Config): void {
	if (!config.DATABASE_URL) return;
	throw new Mistake(
		'With DATABASE_URL the data is in Postgres: use pg_dump for it, and copy DATA_DIR as it is.'
	);
}

/** SQLite's own online backup: a consistent state, without keeping the server from writing. */
async function copyDatabase(from: string, to: string): Promise<void> {
	const source = new BetterSqlite(from, { fileMustExist: true });
	// For the owner only, as the database itself.
	await writeFile(to, '', { mode: 0o600 });
	try {
		await source.backup(to);
	} finally {
		source.close();
	}
	// The copy leaves write-ahead mode, so that it is one file without companions.
	const copy = new BetterSqlite(to);
	copy.pragma('journal_mode = DELETE');
	const sound = copy.pragma('integrity_check', { simple: true });
	copy.close();
	if (sound !== 'ok') throw new Error(`The copy of the database is not sound: ${String(sound)}`);
}

function storedFiles(database: string): { key: string; name: string }[] {
	const copy = new BetterSqlite(database, { readonly: true });
	try {
		const rows = copy
			.prepare(
				`select storage_key as key, name from resources where removed_at is null
				union select distinct storage_key as key, 'a picture on a board' as name from board_files`
			)
			.all();
		return z.array(z.object({ key: z.string(), name: z.string() })).parse(rows);
	} finally {
		copy.close();
	}
}

async function readList(source: string): Promise<Record<string, string>> {
	const text = await readFile(join(source, LIST), 'utf8').catch(() => null);
	if (text === null) throw new Mistake(`${source} is no backup: it has no ${LIST}.`);
	const read = list.safeParse(JSON.parse(text));
	if (!read.success) throw new Mistake(`${join(source, LIST)} is not a list this version understands.`);
	const paths = Object.keys(read.data.files);
	if (paths.every((path) => /^(peerlearn\.sqlite|secret|files\/[A-Za-z0-9_-]+)$/.test(path)))
		return read.data.files;
	throw new Mistake(`${join(source, LIST)} names files that do not belong into a backup.`);
}

async function sumOf(file: string): Promise<string> {
	const hash = createHash('sha256');
	await pipeline(createReadStream(file), hash);
	return hash.digest('hex');
}
