import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { join } from 'node:path';
import postgres from 'postgres';
import { postgresDialect } from './dialect.ts';
import { isSavepoint, type Database, type Steps, type Store } from './store.ts';
import { createTables } from './tables.ts';

interface Nested extends Database {
	transaction<T>(body: (tx: Nested) => Promise<T>): Promise<T>;
}

/**
 * Postgres keeps no NUL and answers with an error where one is asked for; SQLite finds nothing then. What people write comes
 * without it: it is left to addresses that nobody was ever given.
 */
const TEXT = {
	to: 25,
	from: [25],
	serialize: (text: unknown) => String(text).replaceAll('\0', '\ufffd'),
	parse: (text: string) => text
};

/** Connects to Postgres; `url` is `postgres://user:password@host/database`. */
export function openPostgresStore(url: string): Store {
	const connection = postgres(url, { onnotice: () => {}, types: { text: TEXT } });
	const db = drizzle(connection);
	// The query builders of both engines take the same calls; only their types differ.
	const asDatabase = db as unknown as Nested;

	return {
		engine: 'postgres',
		tables: createTables(postgresDialect),
		db: asDatabase,
		transact: (body) => asDatabase.transaction((tx) => stepThrough(tx, body)),
		migrate: (folder) => migrate(db, { migrationsFolder: join(folder, 'postgres') }),
		async ping() {
			await connection`select 1`;
		},
		close: () => connection.end({ timeout: 5 })
	};
}

async function stepThrough<T>(tx: Nested, body: (tx: Database) => Steps<T>): Promise<T> {
	const steps = body(tx);
	let next = steps.next();
	while (!next.done) {
		const step = next.value;
		let result: unknown;
		try {
			result = isSavepoint(step)
				? await tx.transaction((inner) => stepThrough(inner, step.savepoint))
				: await step;
		} catch (error) {
			next = steps.throw(error);
			continue;
		}
		next = steps.next(result);
	}
	return next.value;
}
