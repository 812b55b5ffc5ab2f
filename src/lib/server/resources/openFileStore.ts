import { join } from 'node:path';
import { ConfigError, type Config } from '../config.ts';
import { createId } from '../ids.ts';
import { createDiskFileStore, type FileStore } from './fileStore.ts';

/**
 * Where this installation keeps its files: in the data directory, or in the bucket it was told.
 * @throws ConfigError when the bucket does not take, give and remove files
 */
export async function openFileStore(config: Pick<Config, 'dataDir' | 's3'>): Promise<FileStore> {
	const folder = join(config.dataDir, 'files');
	if (!config.s3) return createDiskFileStore(folder);
	// Loaded only where it is used.
	const { createS3FileStore } = await import('./s3FileStore.ts');
	const files = await createS3FileStore(config.s3, folder);
	try {
		await tryOut(files);
	} catch (error) {
		const why = describe(error);
		throw new ConfigError(
			`FILES_S3_ENDPOINT and FILES_S3_BUCKET lead to no place that takes files: ${why}.`,
			{ cause: error }
		);
	}
	return files;
}

/** Better refused at the start than at the first file of a lesson. */
async function tryOut(files: FileStore): Promise<void> {
	const key = `start-${createId()}`;
	const sent = new TextEncoder().encode(key);
	await files.put(new Blob([sent]).stream(), sent.length, key);
	const given = await new Response(await files.get(key)).text();
	await files.remove(key);
	if (given !== key) throw new Error('it gives back something else than it was given');
}

/** `fetch` says only that it failed; why is in the cause. */
function describe(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const { cause } = error;
	return cause instanceof Error ? cause.message || String(cause) : error.message;
}
