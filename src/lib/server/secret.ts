import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret kept in the data directory, made at the first start (spec O4). Readable by the owner only. */
export function readOrCreateSecret(dataDir: string): string {
	const file = join(dataDir, 'secret');
	mkdirSync(dataDir, { recursive: true });
	const known = read(file);
	if (known) return known;
	// Whole or not at all, also when the process is killed here: an empty secret would sign for everybody.
	const draft = `${file}.${randomBytes(8).toString('hex')}`;
	writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true });
	try {
		// Of two processes that start together one makes it and both read it: a link never replaces a file.
		linkSync(draft, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	} finally {
		rmSync(draft);
	}
	const secret = read(file);
	if (!secret) throw new Error(`${file} is empty: put the secret back, or delete the file to get a new one.`);
	return secret;
}

/** Null when there is none. */
function read(file: string): string | null {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		return null;
	}
}
