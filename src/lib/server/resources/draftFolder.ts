import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../shared/refusals.ts';
import { createId } from '../ids.ts';

/** A file that is on disk whole and has no place yet. */
export interface Draft {
	path: string;
	/** Bytes. */
	size: number;
	/** Hex. */
	sha256: string;
}

/** Where bytes gather before they are stored under their name. What a crash left there is swept at the start. */
export async function openDraftFolder(folder: string) {
	await mkdir(folder, { recursive: true });
	for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });

	return {
		/** Resolves when the bytes are on disk. @throws Refusal `too-large` beyond `maxBytes`, `no-space` */
		async write(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Draft> {
			const path = join(folder, createId());
			const hash = createHash('sha256');
			let size = 0;
			const file = await open(path, 'wx', 0o600).catch(sayNoSpace);
			try {
				for await (const chunk of body) {
					if (size + chunk.byteLength > maxBytes) throw new Refusal('too-large');
					hash.update(chunk);
					await writeAll(file, chunk, size);
					size += chunk.byteLength;
				}
				await file.sync();
			} catch (error) {
				await rm(path, { force: true });
				return sayNoSpace(error);
			} finally {
				await file.close();
			}
			return { path, size, sha256: hash.digest('hex') };
		}
	};
}

/** A full disk takes less than it is given before it says so. */
export async function writeAll(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
	for (let done = 0; done < chunk.byteLength;) {
		const { bytesWritten } = await file.write(chunk, done, chunk.byteLength - done, at + done);
		done += bytesWritten;
	}
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** @throws Refusal `no-space` for a full disk or a used-up quota of the system, anything else as it is */
export function sayNoSpace(error: unknown): never {
	if (error instanceof Error && 'code' in error && FULL.has(String(error.code)))
		throw new Refusal('no-space');
	throw error;
}
