import { openStore } from '../../src/lib/server/db/openStore.ts';

/** Migrates the database of its first argument by the folder of its second, and says when it begins and ends. */
const [database, folder] = process.argv.slice(2);
const store = openStore(database!);
process.stdout.write('begun\n');
await store.migrate(folder!);
process.stdout.write('done\n');
await store.close();
