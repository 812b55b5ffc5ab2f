import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sayNoSpace, writeAll } from './draftFolder.ts';

/** The bytes of files on their way, one file each, by upload id. How long a file is says how much has arrived. */
export interface UploadFolder {
	/** Bytes; 0 for what has not begun. */
	received(id: string): Promise<number>;
	/**
	 * Adds to the end and answers how much is there, on disk. What arrives is kept also when the body breaks off.
	 * @throws Refusal `no-space`
	 */
	append(id: string, body: AsyncIterable<Uint8Array>, at: number): Promise<number>;
	/** At most so many bytes of its beginning. */
	head(id: string, bytes: number): Promise<Uint8Array>;
	read(id: string): AsyncIterable<Uint8Array>;
	remove(id: string): Promise<void>;
	ids(): Promise<string[]>;
}

export async function openUploadFolder(folder: string): Promise<UploadFolder> {
	await mkdir(folder, { recursive: true, mode: 0o700 });
	const pathOf = (id: string) => join(folder, id);
	const received = (id: string) =>
		stat(pathOf(id)).then(
			({ size }) => size,
			() => 0
		);

	return {
		received,
		async append(id, body, at) {
			const file = await open(pathOf(id), at === 0 ? 'w' : 'r+', 0o600).catch(sayNoSpace);
			let end = at;
			try {
				for await (const chunk of body) {
					await writeAll(file, chunk, end);
					end += chunk.byteLength;
				}
				// Before it is said how much has arrived: the sender does not send that part again.
				await file.datasync();
			} catch (error) {
				return sayNoSpace(error);
			} finally {
				await file.close();
			}
			return received(id);
		},
		async head(id, bytes) {
			const file = await open(pathOf(id));
			try {
				const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, 0);
				return buffer.subarray(0, bytesRead);
			} finally {
				await file.close();
			}
		},
		read: (id) => createReadStream(pathOf(id)),
		remove: (id) => rm(pathOf(id), { force: true }),
		ids: () => readdir(folder)
	};
}
