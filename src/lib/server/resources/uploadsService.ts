import { UNFINISHED_UPLOADS_MAX } from '../../shared/limits.ts';
import { Refusal } from '../../shared/refusals.ts';
import type { ResourceLimits, UnfinishedUpload } from '../../shared/resource.ts';
import type { Row, Store } from '../db/store.ts';
import type { FileStore } from './fileStore.ts';
import { cleanFileName } from './fileNames.ts';
import { createFinishing, MAX_ROUNDS } from './finishUpload.ts';
import type { UploadFolder } from './uploadFolder.ts';
import { uploadIdOf, type Announced } from './uploadId.ts';
import {
	bytesOf,
	countUploadsOf,
	deleteUpload,
	findResource,
	findUpload,
	insertUpload,
	lockSession,
	prolongUpload,
	readAllUploads,
	readExpired,
	readKnown,
	readResource,
	readUpload,
	readUploadsOf
} from './uploadsQueries.ts';

/** Complete files that could not be finished (a full disk, a store that is away) are tried again after this, ms. */
const FINISH_AGAIN_MS = 5_000;
/** How often bytes that belong to no upload are looked for, ms. */
const SWEEP_AGAIN_MS = 3_600_000;
const MEGABYTE = 1024 * 1024;

/** Whose upload, and where: what a request must agree with. */
export interface Uploader {
	session: Row<'sessions'>;
	userId: string;
}

/** Files on their way. The room they take is theirs from the start, so that parallel ones stay under the limit together. */
export function createUploads(deps: {
	store: Store;
	files: FileStore;
	folder: UploadFolder;
	limits: ResourceLimits;
	/** How long an upload is kept without anything arriving, ms. */
	keptForMs: number;
	now: () => number;
	onError: (error: unknown) => void;
}) {
	const { store, folder, limits, now } = deps;
	const { tables, db } = store;
	const finishing = createFinishing({ ...deps, discard });
	const expiry = () => new Date(now() + deps.keptForMs);
	let lookAgainAt = 0;
	let sweepAgainAt = 0;

	/** The row goes first: bytes without a row are swept, a row without bytes would promise something. */
	async function discard(id: string): Promise<void> {
		await store.transact((tx) => deleteUpload(tables, tx, id));
		await folder.remove(id);
	}

	/** The row is there before the first byte, so that what has none is left over: by a crash, or by an account that is gone. */
	async function sweepLeftOver(): Promise<void> {
		sweepAgainAt = now() + SWEEP_AGAIN_MS;
		const ids = await folder.ids();
		if (ids.length === 0) return;
		const known = await readKnown(tables, db, ids);
		for (const id of ids) if (!known.has(id)) await folder.remove(id);
	}

	return {
		limits,

		/**
		 * Begins an upload, or finds the one that has begun. Refusals: `not-live` before the start, `bad-input` for an
		 * empty file, `too-large`, `too-many`, `id-conflict` for another length under the same id.
		 */
		async begin(
			{ session, userId }: Uploader,
			file: { name: string; size: number; announced: Announced }
		): Promise<string> {
			if (session.status !== 'live' && session.status !== 'completed') throw new Refusal('not-live');
			if (file.size === 0) throw new Refusal('bad-input', 'This file is empty.');
			if (file.size > limits.perFile)
				throw new Refusal('too-large', `A file may have at most ${limits.perFile / MEGABYTE} MB.`);
			const { size, announced } = file;
			const name = cleanFileName(file.name);
			const sessionId = session.id;
			return store.transact(function* (tx) {
				yield* lockSession(tables, tx, sessionId);
				let id = '';
				for (let round = 0, free = false; !free; round += 1) {
					if (round === MAX_ROUNDS)
						throw new Refusal('too-many', 'This file was handed over and removed too often.');
					id = uploadIdOf({ sessionId, userId, name, announced, round });
					const there = yield* findResource(tables, tx, id);
					if (there && !there.removedAt) return id;
					free = !there;
				}
				const begun = yield* findUpload(tables, tx, id);
				if (begun && begun.size !== size) throw new Refusal('id-conflict');
				if (begun) return id;
				if ((yield* bytesOf(tables, tx, sessionId)) + size > limits.perSession)
					throw new Refusal(
						'too-large',
						`The files of this session would be larger than ${limits.perSession / MEGABYTE} MB together.`
					);
				if ((yield* countUploadsOf(tables, tx, userId)) >= UNFINISHED_UPLOADS_MAX)
					throw new Refusal('too-many', 'Too many files are on their way already.');
				const at = new Date(now());
				const row = { id, sessionId, userId, name, size, createdAt: at, expiresAt: expiry() };
				// What it is shows when its content is there.
				yield* insertUpload(tables, tx, { ...row, type: '' });
				return id;
			});
		},

		/** Refusal `not-found`, also for what belongs to somebody else or into another session. */
		async requireOwn(id: string, { session, userId }: Uploader): Promise<void> {
			const begun = await readUpload(tables, db, id);
			if (begun?.userId === userId && begun.sessionId === session.id) return;
			const done = begun ? null : await readResource(tables, db, id);
			if (done?.uploadedBy !== userId || done.sessionId !== session.id) throw new Refusal('not-found');
		},

		/**
		 * How much of it there is, bytes. What is complete is finished first, so that whoever hears so can rely on it.
		 * Refusals: `not-found` and those of `finish`.
		 */
		async standing(id: string): Promise<{ size: number; received: number }> {
			const begun = await readUpload(tables, db, id);
			const received = begun ? await folder.received(id) : 0;
			if (begun && received < begun.size) return { size: begun.size, received };
			if (begun) await finishing.finish(id);
			const done = await readResource(tables, db, id);
			if (!done) throw new Refusal('not-found');
			return { size: done.size, received: done.size };
		},

		/** Takes the next bytes of an upload and answers how many there are now. Refusal `no-space`. */
		async append(id: string, body: AsyncIterable<Uint8Array>, at: number): Promise<number> {
			const prolong = async () => {
				const expiresAt = expiry();
				await store.transact((tx) => prolongUpload(tables, tx, id, expiresAt));
			};
			try {
				const received = await folder.append(id, body, at);
				await prolong();
				return received;
			} catch (error) {
				// A full disk takes no row either: what was wrong first is what is told.
				await prolong().catch(() => undefined);
				throw error;
			}
		},

		finish: finishing.finish,

		/** Giving up what is gone already is fine; what is finished stays. */
		cancel: discard,

		async unfinishedOf({ session, userId }: Uploader): Promise<UnfinishedUpload[]> {
			const rows = await readUploadsOf(tables, db, session.id, userId);
			return Promise.all(
				rows.map(async ({ id, name, size, expiresAt }) => {
					const received = Math.min(await folder.received(id), size);
					return { id, name, size, received, expiresAt: expiresAt.getTime() };
				})
			);
		},

		/** Finishes what is complete and was not finished: after a crash, a full disk, a store that was away. */
		async finishComplete(): Promise<number> {
			if (now() < lookAgainAt) return 0;
			lookAgainAt = now() + FINISH_AGAIN_MS;
			let finished = 0;
			for (const { id, size } of await readAllUploads(tables, db)) {
				if ((await folder.received(id)) < size) continue;
				try {
					await finishing.finish(id);
					finished += 1;
				} catch (error) {
					if (!(error instanceof Refusal)) deps.onError(error);
				}
			}
			return finished;
		},

		/** Gives up what nobody has gone on with for too long; now and then sweeps what is left over too. */
		async sweepExpired(): Promise<number> {
			if (now() >= sweepAgainAt) await sweepLeftOver();
			const ids = await readExpired(tables, db, new Date(now()));
			for (const id of ids) await discard(id);
			return ids.length;
		},

		/** At the start: bytes whose upload is finished or gone. */
		sweepLeftOver,

		/** Resolves when nothing is being finished any more. */
		close: finishing.close
	};
}

export type Uploads = ReturnType<typeof createUploads>;
