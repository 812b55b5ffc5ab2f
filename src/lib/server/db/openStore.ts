import { openPostgresStore } from './postgresStore.ts';
import { openSqliteStore } from './sqliteStore.ts';
import type { Store } from './store.ts';

/** `postgres://…` connects to Postgres; anything else is the path of a SQLite file. */
export function openStore(database: string): Store {
	return /^postgres(ql)?:\/\//.test(database) ? openPostgresStore(database) : openSqliteStore(database);
}
