import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../shared/refusals.ts';
import type { Row, Store } from '../db/store.ts';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createDiskFileStore, type FileStore } from './fileStore.ts';
import { resourcesQueries } from './resourcesQueries.ts';
import { openUploadFolder, type UploadFolder } from './uploadFolder.ts';
import { createUploads, type Uploads } from './uploadsService.ts';

const HOUR = 3_600_000;
let root: string;
let lesson: Lesson;
let files: FileStore;
let folder: UploadFolder;
let uploads: Uploads;
let session: Row<'sessions'>;
const errors: unknown[] = [];

beforeEach(async () => {
	root = mkdtempSync(join(tmpdir(), 'uploads-'));
	lesson = await planLesson();
	await lesson.sessions.start(await lesson.session());
	session = await lesson.session();
	files = await createDiskFileStore(join(root, 'files'));
	folder = await openUploadFolder(join(root, 'uploads'));
	uploads = startAgain();
	errors.length = 0;
});
afterEach(async () => {
	await lesson.close();
	rmSync(root, { recursive: true, force: true });
});

/** The service as a new process finds it; parts of it can be made to fail. */
function startAgain(
	broken: { store?: Partial<Store>; files?: Partial<FileStore>; folder?: Partial<UploadFolder> } = {}
): Uploads {
	return createUploads({
		store: { ...lesson.store, ...broken.store },
		files: { ...files, ...broken.files },
		folder: { ...folder, ...broken.folder },
		limits: { perFile: 1_000, perSession: 3_000 },
		keptForMs: 48 * HOUR,
		now: lesson.time.now,
		onError: (error) => errors.push(error)
	});
}

const who = () => ({ session, userId: 'maya' });
const body = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream() as AsyncIterable<Uint8Array>;
const text = (words: string) => new Uint8Array(Buffer.from(words));
const announced = (bytes: Uint8Array) => ({ sha256: createHash('sha256').update(bytes).digest('hex') });
const begin = (name: string, bytes: Uint8Array) =>
	uploads.begin(who(), { name, size: bytes.length, announced: announced(bytes) });

/** An upload whose bytes are all there, as if the server had been killed right then. */
async function complete(name: string, bytes = text(name)): Promise<string> {
	const id = await begin(name, bytes);
	await uploads.append(id, body(bytes), 0);
	return id;
}

const listed = async () => {
	const { resources } = lesson.store.tables;
	return lesson.store.db.select().from(resources);
};
const rows = async () => lesson.store.db.select().from(lesson.store.tables.uploads);
const left = () => readdirSync(join(root, 'uploads'));
const killed = () => Promise.reject(new Error('killed'));

test('[K4] killed with all bytes there: the next start finishes it, once', async () => {
	const id = await complete('a.txt');
	expect(await listed()).toEqual([]);
	uploads = startAgain();
	expect(await uploads.finishComplete()).toBe(1);
	await lesson.time.advance(10_000);
	expect(await uploads.finishComplete()).toBe(0);
	expect(await listed()).toMatchObject([{ id, name: 'a.txt', type: 'text/plain; charset=utf-8', size: 5 }]);
	expect([await rows(), left()]).toEqual([[], []]);
});

test('[K4] killed after the bytes were stored and before the file was listed: nothing is there twice', async () => {
	const id = await complete('b.txt');
	uploads = startAgain({
		files: {
			put: async (...given) => {
				await files.put(...given);
				return killed();
			}
		}
	});
	await expect(uploads.finish(id)).rejects.toThrow('killed');
	expect(await listed()).toEqual([]);
	uploads = startAgain();
	await uploads.finishComplete();
	expect((await listed()).map((row) => row.id)).toEqual([id]);
	expect(readdirSync(join(root, 'files')).filter((name) => name !== 'unfinished')).toEqual([id]);
});

test('[K4] killed after it was listed: what is left of the upload is swept at the next start', async () => {
	const id = await complete('c.txt');
	uploads = startAgain({ folder: { remove: killed } });
	await expect(uploads.finish(id)).rejects.toThrow('killed');
	expect((await listed()).map((row) => row.id)).toEqual([id]);
	expect(left()).toEqual([id]);
	uploads = startAgain();
	await uploads.sweepLeftOver();
	await uploads.finish(id);
	expect([(await listed()).length, left()]).toEqual([1, []]);
	expect(await uploads.standing(id)).toEqual({ size: 5, received: 5 });
});

test('[K4] finishing many times at once gives one file and tells of it once', async () => {
	const id = await complete('d.txt');
	await Promise.all([
		uploads.finish(id),
		uploads.finish(id),
		startAgain()
			.finish(id)
			.catch(() => undefined)
	]);
	await uploads.finish(id);
	expect(await listed()).toHaveLength(1);
	const jobs = await lesson.store.db.select().from(lesson.store.tables.jobs);
	expect(jobs.filter(({ kind }) => kind === 'tell-material').map(({ uniqueKey }) => uniqueKey)).toEqual([
		`tell-material:${id}`
	]);
});

test('[K7] a full disk is said so and lists nothing; with room again it goes on from where it was', async () => {
	const bytes = new Uint8Array(randomBytes(900));
	const id = await begin('full.bin', bytes);
	const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
	async function* halfway() {
		yield bytes.subarray(0, 400);
		throw full;
	}
	await expect(uploads.append(id, halfway(), 0)).rejects.toMatchObject({ reason: 'no-space' });
	// The database is on the same disk, and the page hears of the disk all the same.
	const transact = () => Promise.reject(new Error('database or disk is full'));
	await expect(startAgain({ store: { transact } }).append(id, halfway(), 0)).rejects.toMatchObject({
		reason: 'no-space'
	});
	const at = (await uploads.standing(id)).received;
	expect(at).toBe(400);
	await uploads.append(id, body(bytes.subarray(at)), at);

	// There is room for what arrives, and none for the place where it is kept.
	uploads = startAgain({ files: { put: () => Promise.reject(new Refusal('no-space')) } });
	await expect(uploads.finish(id)).rejects.toMatchObject({ reason: 'no-space' });
	await expect(uploads.standing(id)).rejects.toMatchObject({ reason: 'no-space' });
	expect(await uploads.finishComplete()).toBe(0);
	expect([(await listed()).length, (await rows()).length, errors]).toEqual([0, 1, []]);
	uploads = startAgain();
	expect(await uploads.finishComplete()).toBe(1);
	expect(await listed()).toMatchObject([announced(bytes)]);
});

test('[B5] given up ones make room again: by their owner, and by themselves after two days without a byte', async () => {
	const bytes = () => new Uint8Array(randomBytes(1_000));
	const ids = [await begin('1', bytes()), await begin('2', bytes()), await begin('3', bytes())];
	await expect(begin('4', bytes())).rejects.toMatchObject({ reason: 'too-large' });
	await uploads.cancel(ids[0]!);
	ids.push(await begin('4', bytes()));
	await lesson.time.advance(47 * HOUR);
	await uploads.append(ids[1]!, body(text('something')), 0);
	await lesson.time.advance(HOUR);
	expect(await uploads.sweepExpired()).toBe(2);
	expect((await rows()).map(({ id }) => id)).toEqual([ids[1]]);
	expect(left()).toEqual([ids[1]]);
	await expect(uploads.standing(ids[2]!)).rejects.toMatchObject({ reason: 'not-found' });
});

test('[F3] a removed file makes room at once, and its bytes go by one job', async () => {
	const bytes = () => new Uint8Array(randomBytes(1_000));
	const ids = [await complete('1', bytes()), await complete('2', bytes()), await complete('3', bytes())];
	await uploads.finishComplete();
	await expect(begin('4', bytes())).rejects.toMatchObject({ reason: 'too-large' });
	const { remove } = resourcesQueries(lesson.store);
	for (let time = 0; time < 2; time += 1) await remove(session.id, ids[0]!, new Date(lesson.time.now()));
	await begin('4', bytes());
	const jobs = await lesson.store.db.select().from(lesson.store.tables.jobs);
	expect(jobs.filter(({ kind }) => kind === 'remove-file')).toMatchObject([
		{ payload: { storageKey: ids[0] }, doneAt: null }
	]);
});

test('[B5] bytes of an account that is gone do not lie about until the next start', async () => {
	const id = await begin('gone.bin', text('all of it'));
	await uploads.append(id, body(text('all')), 0);
	await uploads.sweepExpired();
	const { uploads: table } = lesson.store.tables;
	await lesson.store.transact(function* (tx) {
		yield tx.delete(table).returning();
	});
	expect(left()).toEqual([id]);
	await lesson.time.advance(HOUR);
	await uploads.sweepExpired();
	expect(left()).toEqual([]);
});

test('[B5] given up while it is being finished it is not listed, and leaves nothing', async () => {
	const id = await complete('e.txt');
	uploads = startAgain({
		files: {
			put: async (...given) => {
				const stored = await files.put(...given);
				await uploads.cancel(id);
				return stored;
			}
		}
	});
	await expect(uploads.finish(id)).rejects.toMatchObject({ reason: 'not-found' });
	expect(await listed()).toEqual([]);
	expect(readdirSync(join(root, 'files'))).toEqual(['unfinished']);
});

test('[B7] an upload is there for its owner and in its session only, on its way and when it is done', async () => {
	const id = await complete('f.txt');
	const another = { session: await lesson.planAnother(), userId: 'maya' };
	for (const finished of [false, true]) {
		if (finished) await uploads.finish(id);
		await uploads.requireOwn(id, who());
		for (const stranger of [another, { session, userId: 'liam' }])
			await expect(uploads.requireOwn(id, stranger)).rejects.toMatchObject({ reason: 'not-found' });
	}
});

test('[F3] what is not live yet takes nothing', async () => {
	session = await lesson.planAnother();
	await expect(begin('early.txt', text('early'))).rejects.toMatchObject({ reason: 'not-live' });
});
