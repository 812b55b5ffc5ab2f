import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'sqlite',
	schema: './src/lib/server/db/sqliteTables.ts',
	out: './drizzle/sqlite'
});
