import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { sqliteDialect } from './dialect.ts';
import { createTables, type Tables } from './tables.ts';

/** What queries are built on, inside and outside of transactions. Typed as SQLite; Postgres behaves alike. */
export type Database = Pick<
	BetterSQLite3Database<Record<string, never>>,
	'select' | 'selectDistinct' | 'insert' | 'update' | 'delete'
>;

/** A part of a transaction that can fail without undoing the rest. */
export interface Savepoint {
	savepoint: (tx: Database) => Steps<unknown>;
}

/** The body of a transaction: yields queries, gets their rows. */
export type Steps<T> = Generator<PromiseLike<unknown> | Savepoint, T, unknown>;

/** Runs one query inside a transaction. Writes need `.returning(…)`, so that every step answers with rows. */
export function* run<T>(query: PromiseLike<T>): Steps<T> {
	return (yield query) as T;
}

/** Runs `body` in a savepoint: when it throws, only its own writes are undone and the error is thrown here. */
export function* savepoint<T>(body: (tx: Database) => Steps<T>): Steps<T> {
	return (yield { savepoint: body }) as T;
}

/**
 * The database. All writing goes through `transact`: one body for both engines, synchronous on SQLite (where a
 * transaction held open across an await would swallow other requests' writes), awaited step by step on Postgres.
 */
export interface Store {
	engine: 'sqlite' | 'postgres';
	tables: Tables;
	/** For reading. */
	db: Database;
	/** All or nothing. On a database that is busy elsewhere it is tried again for up to 15 s. */
	transact<T>(body: (tx: Database) => Steps<T>): Promise<T>;
	/** Applies the migrations that are missing. */
	migrate(folder: string): Promise<void>;
	/** Rejects when the database does not answer. */
	ping(): Promise<void>;
	close(): Promise<void>;
}

export function isSavepoint(step: PromiseLike<unknown> | Savepoint): step is Savepoint {
	return 'savepoint' in step;
}

/** The tables' row types, the same on both engines. */
export type Row<K extends keyof Tables> = Tables[K]['$inferSelect'];
/** A row to be inserted: what may be null or has a default may be left out. */
export type NewRow<K extends keyof Tables> = Tables[K]['$inferInsert'];

export const sqliteTables: Tables = createTables(sqliteDialect);
