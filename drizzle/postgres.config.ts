import { defineConfig } from 'drizzle-kit';

export default defineConfig({
	dialect: 'postgresql',
	schema: './src/lib/server/db/postgresTables.ts',
	out: './drizzle/postgres'
});
