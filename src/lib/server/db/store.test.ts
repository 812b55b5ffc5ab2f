import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { beforeEach, afterEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from './sqliteStore.ts';
import { run, savepoint, type Database, type Steps, type Store } from './store.ts';

let store: Store;

beforeEach(async () => {
	store = openSqliteStore(':memory:');
	await store.migrate('drizzle');
});
afterEach(() => store.close());

function* addUser(tx: Database, id: string): Steps<string> {
	const rows = yield* run(
		tx
			.insert(store.tables.users)
			.values({
				id,
				email: `${id}@x.test`,
				name: id,
				role: 'learner',
				passwordHash: '-',
				timeZone: 'UTC',
				createdAt: new Date(0)
			})
			.returning({ id: store.tables.users.id })
	);
	return rows[0]!.id;
}

async function userIds(): Promise<string[]> {
	const rows = await store.db.select({ id: store.tables.users.id }).from(store.tables.users);
	return rows.map((row) => row.id).sort();
}

describe('[F2] transactions', () => {
	test('commit everything and answer with what the body returned', async () => {
		const id = await store.transact(function* (tx) {
			yield* addUser(tx, 'a');
			return yield* addUser(tx, 'b');
		});
		expect(id).toBe('b');
		expect(await userIds()).toEqual(['a', 'b']);
	});

	test('undo everything when the body throws', async () => {
		const attempt = store.transact(function* (tx) {
			yield* addUser(tx, 'a');
			throw new Error('no');
		});
		await expect(attempt).rejects.toThrow('no');
		expect(await userIds()).toEqual([]);
	});

	test('a failed savepoint undoes only itself, and its error can be caught', async () => {
		const caught = await store.transact(function* (tx) {
			yield* addUser(tx, 'a');
			let message = '';
			try {
				yield* savepoint(function* (inner) {
					yield* addUser(inner, 'b');
					yield* addUser(inner, 'a');
				});
			} catch (error) {
				message = String(error);
			}
			yield* addUser(tx, 'c');
			return message;
		});
		expect(caught).toMatch(/insert|UNIQUE/i);
		expect(await userIds()).toEqual(['a', 'c']);
	});

	test('bodies started together do not see each other half done', async () => {
		const counts = await Promise.all(
			['a', 'b', 'c'].map((id) =>
				store.transact(function* (tx) {
					yield* addUser(tx, id);
					yield* addUser(tx, `${id}2`);
					const rows = yield* run(tx.select().from(store.tables.users));
					return rows.length;
				})
			)
		);
		expect(counts).toEqual([2, 4, 6]);
	});

	test('instants come back as dates, json as values', async () => {
		await store.transact(function* (tx) {
			yield* addUser(tx, 'a');
		});
		const { users } = store.tables;
		const [row] = await store.db.select().from(users).where(eq(users.id, 'a'));
		expect(row?.createdAt).toEqual(new Date(0));
	});
});

test('[O4] the database and its log files are readable by the owner only', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'store-'));
	const own = openSqliteStore(join(folder, 'own.sqlite'));
	try {
		await own.migrate('drizzle');
		const files = readdirSync(folder);
		expect(files).toContain('own.sqlite-wal');
		for (const file of files)
			expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
	} finally {
		await own.close();
		rmSync(folder, { recursive: true, force: true });
	}
});

test('[K8] writers that meet a lock wait without holding the event loop, and all get through', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'store-'));
	const file = join(folder, 'locked.sqlite');
	const locked = openSqliteStore(file);
	await locked.migrate('drizzle');
	const other = new BetterSqlite(file);
	try {
		other.exec('begin immediate');
		let writing = true;
		let longest = 0;
		const watching = (async () => {
			while (writing) {
				const at = performance.now();
				await delay(5);
				longest = Math.max(longest, performance.now() - at);
			}
		})();
		const writes = Array.from({ length: 20 }, (_, i) => locked.transact((tx) => addUser(tx, `u${i}`)));
		await delay(600);
		other.exec('commit');
		expect(await Promise.all(writes)).toHaveLength(20);
		writing = false;
		await watching;
		// One writer that waits inside of SQLite holds everything for its patience, 200 ms; twenty add up to four seconds.
		// What a busy machine keeps from a process is far less than that.
		expect(longest).toBeLessThan(2_000);
	} finally {
		other.close();
		await locked.close();
		rmSync(folder, { recursive: true, force: true });
	}
});
