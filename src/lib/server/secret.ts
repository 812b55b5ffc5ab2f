import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret kept in the data directory, made at the first start (spec O4). Readable by the owner only. */
export function readOrCreateSecret(dataDir: string): string {
	const file = join(dataDir, 'secret');
	mkdirSync(dataDir, { recursive: true });
	try {
		// `wx`: of two processes that start together one makes it and both read it.
		writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	return readFileSync(file, 'utf8').trim();
}
