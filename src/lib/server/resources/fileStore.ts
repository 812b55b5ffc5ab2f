import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Refusal } from '../../shared/refusals.ts';
import { createId } from '../ids.ts';

export interface StoredFile {
	/** Random name under which the bytes are found again. */
	key: string;
	/** Bytes. */
	size: number;
	/** Hex. */
	sha256: string;
}

/** Where the bytes of handed-over files are kept. */
export interface FileStore {
	/** Resolves when the bytes are safely on disk. @throws Refusal `too-large` beyond `maxBytes` */
	put(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<StoredFile>;
	/** @throws when there is no such file */
	get(key: string): Promise<ReadableStream<Uint8Array>>;
	remove(key: string): Promise<void>;
}

/** Files in a folder of the data directory; unfinished ones stand apart and are swept at the start. */
export async function createDiskFileStore(folder: string): Promise<FileStore> {
	const unfinished = join(folder, 'unfinished');
	await mkdir(unfinished, { recursive: true });
	for (const name of await readdir(unfinished)) await rm(join(unfinished, name), { force: true });

	return {
		async put(body, maxBytes) {
			const key = createId();
			const draft = join(unfinished, key);
			const hash = createHash('sha256');
			let size = 0;
			const file = await open(draft, 'wx', 0o600);
			try {
				for await (const chunk of body) {
					size += chunk.byteLength;
					if (size > maxBytes) throw new Refusal('too-large');
					hash.update(chunk);
					await file.write(chunk);
				}
				await file.sync();
			} catch (error) {
				await file.close();
				await rm(draft, { force: true });
				throw error;
			}
			await file.close();
			await rename(draft, join(folder, key));
			await syncFolder(folder);
			return { key, size, sha256: hash.digest('hex') };
		},
		async get(key) {
			const file = await open(join(folder, key));
			return Readable.toWeb(createReadStream('', { fd: file })) as ReadableStream<Uint8Array>;
		},
		remove: (key) => rm(join(folder, key), { force: true })
	};
}

/** A rename survives a power cut only when its folder is on disk too. */
async function syncFolder(folder: string): Promise<void> {
	if (process.platform === 'win32') return;
	const handle = await open(folder);
	await handle.sync();
	await handle.close();
}
