import { sqliteDialect } from './dialect.ts';
import { createTables } from './tables.ts';

/** The tables for SQLite, also what drizzle-kit reads to generate `drizzle/sqlite`. */
export const {
	users,
	logins,
	sessions,
	sessionMembers,
	roomLog,
	attendance,
	ratings,
	resources,
	boards,
	boardElements,
	boardFiles,
	ledger,
	notifications,
	jobs
} = createTables(sqliteDialect);
