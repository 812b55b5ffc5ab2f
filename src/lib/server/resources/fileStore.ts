import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createId } from '../ids.ts';
import { openDraftFolder } from './draftFolder.ts';

export interface StoredFile {
	/** Random name under which the bytes are found again. */
	key: string;
	/** Bytes. */
	size: number;
	/** Hex. */
	sha256: string;
}

/** A part of a file, in bytes, both ends included (as in RFC 9110, 14.1.2). */
export interface ByteRange {
	from: number;
	to: number;
}

/** Where the bytes of handed-over files and of board pictures are kept. */
export interface FileStore {
	/**
	 * Resolves when the bytes are safely stored. With a `key` what was stored under it is replaced.
	 * @throws Refusal `too-large` beyond `maxBytes`, `no-space`
	 */
	put(body: AsyncIterable<Uint8Array>, maxBytes: number, key?: string): Promise<StoredFile>;
	/** @throws when there is no such file */
	get(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array>>;
	/** Removing what is gone already is fine. */
	remove(key: string): Promise<void>;
}

/** Files in a folder of the data directory; unfinished ones stand apart and are swept at the start. */
export async function createDiskFileStore(folder: string): Promise<FileStore> {
	const drafts = await openDraftFolder(join(folder, 'unfinished'));
	return {
		async put(body, maxBytes, key = createId()) {
			const { path, size, sha256 } = await drafts.write(body, maxBytes);
			await rename(path, join(folder, key));
			await syncFolder(folder);
			return { key, size, sha256 };
		},
		async get(key, range) {
			const file = await open(join(folder, key));
			const part = range && { start: range.from, end: range.to };
			return Readable.toWeb(createReadStream('', { fd: file, ...part })) as ReadableStream<Uint8Array>;
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
