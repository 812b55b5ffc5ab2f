import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createId } from '../ids.ts';
import { openDraftFolder } from './draftFolder.ts';
import type { FileStore } from './fileStore.ts';

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
