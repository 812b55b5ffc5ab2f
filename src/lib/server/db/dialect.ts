import * as sqlite from 'drizzle-orm/sqlite-core';
import * as pg from 'drizzle-orm/pg-core';

/**
 * The column builders that both databases have, so that `tables.ts` defines every table once.
 * Types come from the SQLite side; the Postgres builders behave alike at run time and are cast to them.
 */
export const sqliteDialect = {
	table: sqlite.sqliteTable,
	text: (name: string) => sqlite.text(name),
	integer: (name: string) => sqlite.integer(name),
	/** A UTC instant with millisecond precision; a `Date` in TypeScript. */
	instant: (name: string) => sqlite.integer(name, { mode: 'timestamp_ms' }),
	boolean: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
	json: (name: string) => sqlite.text(name, { mode: 'json' }),
	index: sqlite.index,
	uniqueIndex: sqlite.uniqueIndex,
	primaryKey: sqlite.primaryKey
};

export type Dialect = typeof sqliteDialect;

export const postgresDialect = {
	table: pg.pgTable,
	text: (name: string) => pg.text(name),
	integer: (name: string) => pg.bigint(name, { mode: 'number' }),
	instant: (name: string) => pg.timestamp(name, { withTimezone: true, precision: 3, mode: 'date' }),
	boolean: (name: string) => pg.boolean(name),
	json: (name: string) => pg.jsonb(name),
	index: pg.index,
	uniqueIndex: pg.uniqueIndex,
	primaryKey: pg.primaryKey
} as unknown as Dialect;
