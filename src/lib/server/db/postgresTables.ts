import { postgresDialect } from './dialect.ts';
import { createTables } from './tables.ts';

/** The tables for Postgres, also what drizzle-kit reads to generate `drizzle/postgres`. */
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
} = createTables(postgresDialect);
