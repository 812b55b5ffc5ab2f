import BetterSqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isSavepoint, sqliteTables, type Database, type Savepoint, type Steps, type Store } from './store.ts';

/** How long a write is repeated while another process holds the lock, ms. */
const BUSY_GIVE_UP_MS = 15_000;

/**
 * How long anything but a write waits for a lock, ms: reading meets one only while the file is recovered or its last
 * reader closes it.
 */
const READ_PATIENCE_MS = 200;
/** Migrating happens before anything is served, so it may wait for another process that migrates, ms. */
const MIGRATE_PATIENCE_MS = 10_000;

interface Nested extends Database {
	transaction<T>(body: (tx: Nested) => T): T;
}

/** Opens (and creates) the database file. `:memory:` is for unit tests. */
export function openSqliteStore(file: string): Store {
	// Made by SQLite itself it could be read by every user of the machine. Its log files get the same mode.
	if (file !== ':memory:') closeSync(openSync(file, 'a', 0o600));
	const connection = new BetterSqlite(file);
	connection.pragma('journal_mode = WAL');
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	const db = drizzle(connection);

	/** SQLite waits inside of the call: nothing else runs in this process meanwhile. */
	function patience(ms: number): void {
		connection.pragma(`busy_timeout = ${ms}`);
	}
	patience(READ_PATIENCE_MS);

	return {
		engine: 'sqlite',
		tables: sqliteTables,
		db,
		async transact<T>(body: (tx: Database) => Steps<T>): Promise<T> {
			const givesUpAt = Date.now() + BUSY_GIVE_UP_MS;
			for (;;) {
				try {
					// A write never waits inside: several writers would hold the event loop one after the other.
					patience(0);
					// Immediate: a transaction that turns to writing later fails at once with SQLITE_BUSY_SNAPSHOT.
					return db.transaction((tx) => stepThrough(tx as Nested, body), { behavior: 'immediate' });
				} catch (error) {
					if (!isBusy(error) || Date.now() > givesUpAt) throw error;
				} finally {
					patience(READ_PATIENCE_MS);
				}
				await delay(20 + Math.random() * 80);
			}
		},
		async migrate(folder) {
			patience(MIGRATE_PATIENCE_MS);
			// One transaction: a process that is killed in between leaves the database as it was.
			migrate(db, { migrationsFolder: join(folder, 'sqlite') });
			patience(READ_PATIENCE_MS);
		},
		async ping() {
			connection.prepare('select 1').get();
		},
		async close() {
			connection.close();
		}
	};
}

function stepThrough<T>(tx: Nested, body: (tx: Database) => Steps<T>): T {
	const steps = body(tx);
	let next = steps.next();
	while (!next.done) {
		let result: unknown;
		try {
			result = execute(tx, next.value);
		} catch (error) {
			next = steps.throw(error);
			continue;
		}
		next = steps.next(result);
	}
	return next.value;
}

function execute(tx: Nested, step: PromiseLike<unknown> | Savepoint): unknown {
	if (isSavepoint(step)) return tx.transaction((inner) => stepThrough(inner, step.savepoint));
	return (step as unknown as { all(): unknown }).all();
}

function isBusy(error: unknown): boolean {
	for (let e = error; e instanceof Error; e = e.cause) {
		const code = (e as { code?: unknown }).code;
		if (typeof code === 'string' && (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED')) return true;
	}
	return false;
}
