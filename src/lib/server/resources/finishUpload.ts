import { Refusal } from '../../shared/refusals.ts';
import type { Store } from '../db/store.ts';
import { enqueueJobs } from '../jobs/jobsService.ts';
import { CONTENT_HEAD_BYTES, contentType } from './contentType.ts';
import type { FileStore } from './fileStore.ts';
import type { UploadFolder } from './uploadFolder.ts';
import { isAsAnnounced } from './uploadId.ts';
import {
	deleteUpload,
	findResource,
	findUpload,
	insertResource,
	readResource,
	readUpload
} from './uploadsQueries.ts';

/** How often the same file can be handed over and removed again. */
export const MAX_ROUNDS = 50;

/**
 * From all bytes to a file in the list, in steps that can be repeated from wherever a crash left them: look at the
 * content, store the bytes under the upload's id, then one transaction in which the upload becomes the file.
 */
export function createFinishing(deps: {
	store: Store;
	files: FileStore;
	folder: UploadFolder;
	/** Takes away an upload that can never be finished. */
	discard: (id: string) => Promise<void>;
	now: () => number;
}) {
	const { store, files, folder, now } = deps;
	const { tables, db } = store;
	const underWay = new Map<string, Promise<void>>();

	async function finishOnce(id: string): Promise<void> {
		const upload = await readUpload(tables, db, id);
		if (!upload) {
			if (await readResource(tables, db, id)) return;
			throw new Refusal('not-found');
		}
		const type = await contentType(await folder.head(id, CONTENT_HEAD_BYTES)).catch(giveUp);
		const stored = await files.put(folder.read(id), upload.size, id);
		if (stored.size !== upload.size) throw new Error('An upload was finished before all of it was there.');
		if (!isAsAnnounced(id, upload, stored.sha256, MAX_ROUNDS)) {
			await files.remove(id);
			await giveUp(new Refusal('bad-input', 'What arrived is not the file it began with.'));
		}

		const listed = await store.transact(function* (tx) {
			if (yield* findResource(tables, tx, id)) {
				yield* deleteUpload(tables, tx, id);
				return true;
			}
			// Given up while its bytes were being stored.
			if (!(yield* findUpload(tables, tx, id))) return false;
			const { sessionId, userId: uploadedBy, name, size } = upload;
			const at = now();
			yield* insertResource(tables, tx, {
				...{ id, sessionId, uploadedBy, name, type, size },
				...{ sha256: stored.sha256, storageKey: stored.key },
				...{ uploadedAt: new Date(at), removedAt: null }
			});
			yield* deleteUpload(tables, tx, id);
			const payload = { resourceId: id, sessionId, fileName: name, addedAt: at };
			yield* enqueueJobs(store, tx, [
				{ kind: 'tell-material', uniqueKey: `tell-material:${id}`, payload, dueAt: at }
			]);
			return true;
		});
		if (!listed) await files.remove(id);
		await folder.remove(id);
		if (!listed) throw new Refusal('not-found');

		async function giveUp(reason: unknown): Promise<never> {
			if (reason instanceof Refusal) await deps.discard(id);
			throw reason;
		}
	}

	return {
		/**
		 * Finishing again is fine, also while it is being finished.
		 * Refusals: `not-found`, `bad-input` for content that is not taken or not what was announced, `no-space`.
		 */
		finish(id: string): Promise<void> {
			const running = underWay.get(id);
			if (running) return running;
			const work = finishOnce(id).finally(() => underWay.delete(id));
			underWay.set(id, work);
			return work;
		},
		async close(): Promise<void> {
			await Promise.allSettled(underWay.values());
		}
	};
}
