import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileUploads, idOf, noise, reasonOf, sha256, type FileUploads } from '../support/fileUpload.ts';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

const MB = 1024 * 1024;
let world: World;

beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

/** A lesson that runs, and its mentor's uploads. */
async function liveLesson(): Promise<{ lesson: Lesson; files: FileUploads; mentor: LiveClient }> {
	const lesson = await world.classroom();
	const mentor = openClient(world.url, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	return { lesson, mentor, files: fileUploads(world.url, lesson, lesson.mentor) };
}

const bytesOf = async (files: FileUploads, id: string) =>
	new Uint8Array(await (await files.download(id)).arrayBuffer());

test('[B5] cut at random places and gone on with each time: the same SHA-256, one file', async () => {
	const { files, mentor } = await liveLesson();
	const bytes = noise(3 * MB + 17);
	const id = await files.begun('cut.bin', bytes);
	let cuts = 0;
	for (let at = 0; at < bytes.length;) {
		expect((await files.shelf()).resources).toEqual([]);
		if (cuts < 12) await files.sendCut(id, bytes, at, randomInt(1, 400_000));
		else await files.send(id, bytes.subarray(at), at);
		cuts += 1;
		const there = await files.standing(id);
		expect(there).toBeGreaterThanOrEqual(at);
		at = there!;
	}
	const { resources, unfinished } = await files.shelf();
	expect(resources.map((each) => each.id)).toEqual([id]);
	expect(unfinished).toEqual([]);
	expect(sha256(await bytesOf(files, id))).toBe(sha256(bytes));
	await mentor.close();
});

test('[F3] beginning again finds what has arrived; what is unfinished is listed with how much there is', async () => {
	const { files, lesson, mentor } = await liveLesson();
	const bytes = noise(400_000);
	const id = await files.begunAndCut('twice.bin', bytes, 150_000);
	expect(await files.begun('twice.bin', bytes)).toBe(id);
	// What was on its way when it was cut may still be written.
	const received = await until(async () => {
		const there = (await files.standing(id))!;
		const { unfinished } = await files.shelf();
		expect(unfinished).toEqual([
			{ id, name: 'twice.bin', size: bytes.length, received: there, expiresAt: expect.any(Number) as number }
		]);
		return there;
	});
	// The same under another name is another file, and others see nothing of either.
	expect(await files.begun('other.bin', bytes)).not.toBe(id);
	const learner = await fileUploads(world.url, lesson, lesson.learners[0]!).shelf();
	expect(learner.unfinished).toEqual([]);
	await files.send(id, bytes.subarray(received), received);
	// When it is there, beginning again and sending again change nothing.
	expect(await files.begun('twice.bin', bytes)).toBe(id);
	expect((await files.send(id, bytes, 0)).status).toBe(409);
	expect(await files.standing(id)).toBe(bytes.length);
	expect((await files.shelf()).resources).toHaveLength(1);
	await mentor.close();
});

test('[B5] a wrong place, too much, another length and other content are refused with the reason', async () => {
	const { files, mentor } = await liveLesson();
	const bytes = noise(5_000);
	const id = await files.begun('right.bin', bytes);
	expect((await files.send(id, bytes, 17)).status).toBe(409);
	expect((await files.send(id, noise(5_001), 0)).status).toBe(413);
	expect(await files.standing(id)).toBe(0);
	const clientId = 'the-same-client-id';
	expect((await files.begin('a.bin', 10, { clientId })).status).toBe(201);
	const conflict = await files.begin('a.bin', 11, { clientId });
	expect([conflict.status, await reasonOf(conflict)]).toEqual([409, 'id-conflict']);
	for (const announce of [{}, { sha256: 'abc' }, { clientId: 'short' }])
		expect(await reasonOf(await files.begin('b.bin', 10, announce as never))).toBe('bad-input');
	// The announced length, but not the announced bytes.
	const wrong = await files.send(id, noise(5_000), 0);
	expect([wrong.status, await reasonOf(wrong)]).toEqual([400, 'bad-input']);
	expect(await files.standing(id)).toBeNull();
	expect((await files.shelf()).resources).toEqual([]);
	const nonsense = await files.ask('PATCH', `/session/x/uploads/${id}`, { 'upload-offset': '-1' });
	expect([400, 404]).toContain(nonsense.status);
	await mentor.close();
});

test('[S1] [B7] somebody else’s upload is not there, also for the mentor of another lesson and in another lesson', async () => {
	const { files, lesson, mentor } = await liveLesson();
	const other = await liveLesson();
	const bytes = noise(1_000);
	const id = await files.begun('mine.bin', bytes);
	for (const foreign of [
		other.files,
		fileUploads(world.url, lesson, other.lesson.mentor),
		fileUploads(world.url, other.lesson, lesson.mentor)
	]) {
		expect(await foreign.standing(id)).toBeNull();
		expect((await foreign.send(id, bytes, 0)).status).toBe(404);
		expect((await foreign.cancel(id)).status).toBe(404);
	}
	expect(await files.standing(id)).toBe(0);
	// The same file of somebody else is another upload.
	expect(await other.files.begun('mine.bin', bytes)).not.toBe(id);
	await Promise.all([mentor.close(), other.mentor.close()]);
});

test('[B5] [F3] ten uploads at once stay under the limit of the session together; given up ones make room', async () => {
	const { files, mentor } = await liveLesson();
	const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => files.begin(`${i}.bin`, 24 * MB)));
	const begun = answers.filter(({ status }) => status === 201).map(idOf);
	expect(begun).toHaveLength(8);
	const refused = answers.filter(({ status }) => status !== 201);
	for (const answer of refused) expect(await reasonOf(answer)).toBe('too-large');
	expect((await files.cancel(begun[0]!)).status).toBe(204);
	expect(await files.standing(begun[0]!)).toBeNull();
	expect((await files.begin('fits.bin', 24 * MB)).status).toBe(201);
	await mentor.close();
});

test('[B6] what one person may begin and ask is limited, and what was begun goes on', async () => {
	const { files, mentor } = await liveLesson();
	const answers = await Promise.all(Array.from({ length: 25 }, (_, i) => files.begin(`${i}.txt`, 1)));
	expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
	expect(answers.filter(({ status }) => status === 429)).toHaveLength(5);
	const flood = await Promise.all(Array.from({ length: 400 }, () => files.begin('flood.txt', 1)));
	expect(flood.every(({ status }) => status === 429)).toBe(true);
	const id = idOf(answers[0]!);
	await until(async () => expect((await files.send(id, noise(1), 0)).status).toBe(204));
	// One person's flood is not the others' trouble.
	const other = await liveLesson();
	expect((await other.files.begin('calm.txt', 1)).status).toBe(201);
	await other.mentor.close();
	await mentor.close();
});

test('[S2] [B7] only pages of ours write: a foreign, null or missing origin gets 403', async () => {
	const { files, lesson, mentor } = await liveLesson();
	const id = await files.begun('kept.bin', 10);
	for (const origin of ['https://elsewhere.example', 'null', '']) {
		for (const [method, path] of [
			['POST', `${lesson.path}/uploads`],
			['PATCH', `${lesson.path}/uploads/${id}`],
			['DELETE', `${lesson.path}/uploads/${id}`]
		] as const)
			expect((await files.ask(method, path, { origin })).status).toBe(403);
	}
	for (const method of ['GET', 'PUT', 'OPTIONS'])
		expect((await files.ask(method, `${lesson.path}/uploads`)).status).toBe(405);
	const answer = await files.ask('HEAD', `${lesson.path}/uploads/${id}`, {
		origin: 'https://elsewhere.example'
	});
	expect(answer.headers.get('access-control-allow-origin')).toBeNull();
	expect(await files.standing(id)).toBe(0);
	await mentor.close();
});

test('[O3] proxies may say what they like about where a request came from', async () => {
	const { files, lesson, mentor } = await liveLesson();
	const id = await files.begun('proxied.bin', 10);
	const headers = { 'x-forwarded-proto': 'https, http', forwarded: 'for=1.2.3.4;proto=https, for=5.6.7.8' };
	const answer = await files.ask('HEAD', `${lesson.path}/uploads/${id}`, headers);
	expect([answer.status, answer.headers.get('upload-offset')]).toEqual([200, '0']);
	await mentor.close();
});

test('[K4] killed in the middle: after the restart it goes on where it was, and what is listed has its bytes', async () => {
	const { files, lesson, mentor } = await liveLesson();
	const bytes = noise(2 * MB);
	const id = await files.begunAndCut('killed.bin', bytes, MB);
	await mentor.close();
	await world.restart(async () => undefined);
	const at = (await files.standing(id))!;
	expect(at).toBeGreaterThan(0);
	expect((await files.send(id, bytes.subarray(at), at)).status).toBe(204);
	expect(sha256(await bytesOf(files, id))).toBe(sha256(bytes));
	const left = await readdir(join(world.server.dataDir, 'uploads'));
	expect(left).not.toContain(id);
	expect(lesson.roomCode).not.toBe('');
});
