import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { anElement } from '../../src/lib/shared/boardFixture.ts';
import type { BoardFile } from '../../src/lib/shared/board.ts';
import { BOARD_FILE_MAX_BYTES } from '../../src/lib/shared/boardLimits.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

let world: World;
let lesson: Lesson;
let mentor: LiveClient;
let learner: Person;

beforeAll(async () => {
	world = await startWorld();
	lesson = await world.classroom();
	learner = lesson.learners[0]!;
	mentor = openClient(world.url, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
});
afterAll(async () => {
	await mentor.close();
	await world.close();
});

/** A PNG as far as it is looked at, of a given size. */
function png(width: number, height: number, fill = 0): Uint8Array<ArrayBuffer> {
	const size = Buffer.alloc(8);
	size.writeUInt32BE(width, 0);
	size.writeUInt32BE(height, 4);
	const head = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), size]);
	return new Uint8Array(
		Buffer.concat([head, Buffer.from([8, 6, 0, 0, 0]), deflateSync(Buffer.alloc(90, fill))])
	);
}

const upload = (
	body: Uint8Array<ArrayBuffer> | string,
	who: Person | null = learner,
	to = lesson,
	id = createId()
) =>
	request(world.url, `${to.path}/board/files/${id}`, who, {
		method: 'PUT',
		body,
		headers: { 'content-type': 'application/octet-stream' }
	});
const download = (fileId: string, who: Person | null, of = lesson) =>
	request(world.url, `${of.path}/board/files/${fileId}`, who);
async function stored(answer: Response): Promise<BoardFile> {
	expect(answer.status).toBe(201);
	return (await answer.json()) as BoardFile;
}
const storedFiles = async () =>
	(await readdir(join(world.server.dataDir, 'files'), { recursive: true })).length;
const reason = async (answer: Response) => ((await answer.json()) as { reason: string }).reason;

test('[X2] a picture comes back as it was, as what it is, for the members of the lesson', async () => {
	const picture = png(640, 480);
	const { fileId, ...size } = await stored(await upload(picture));
	expect(size).toEqual({ width: 640, height: 480 });
	const answer = await download(fileId, lesson.mentor);
	expect(answer.status).toBe(200);
	expect(new Uint8Array(await answer.arrayBuffer())).toEqual(picture);
	expect(Object.fromEntries(answer.headers)).toMatchObject({
		'content-type': 'image/png',
		'x-content-type-options': 'nosniff',
		'cache-control': 'private, max-age=31536000, immutable',
		'content-security-policy': "default-src 'none'; sandbox"
	});
});

test('[E1] a picture of somebody whose browser somebody else has signed in with since does not get here under their name', async () => {
	const id = createId();
	const send = (by: Person) =>
		request(world.url, `${lesson.path}/board/files/${id}?by=${by.id}`, learner, {
			method: 'PUT',
			body: png(12, 34, 5),
			headers: { 'content-type': 'application/octet-stream' }
		});
	const answer = await send(lesson.mentor);
	expect([answer.status, await reason(answer)]).toEqual([401, 'signed-out']);
	expect((await download(id, learner)).status).toBe(404);
	expect(await stored(await send(learner))).toMatchObject({ fileId: id });
});

test('[X3] sent again after a lost answer a picture is there once; another one does not take its place', async () => {
	const picture = png(31, 7, 3);
	const files = await storedFiles();
	const send = (body: Uint8Array<ArrayBuffer>, who = learner) => upload(body, who, lesson, 'sent-again');
	for (const answer of await Promise.all([send(picture), send(picture)]))
		expect((await stored(answer)).fileId).toBe('sent-again');
	expect((await stored(await send(picture))).fileId).toBe('sent-again');
	expect(await reason(await send(png(32, 7)))).toBe('id-conflict');
	// Whoever else has the same picture has it under another id, and it takes no further place.
	const { fileId } = await stored(await upload(picture, lesson.mentor));
	expect(fileId).not.toBe('sent-again');
	for (const id of [fileId, 'sent-again'])
		expect(new Uint8Array(await (await download(id, learner)).arrayBuffer())).toEqual(picture);
	expect(await storedFiles()).toBe(files + 1);
	expect(await reason(await upload(picture, learner, lesson, 'no%20id'))).toBe('bad-input');
});

test('[S1] strangers, the signed out and members of other lessons get nothing', async () => {
	const { fileId } = await stored(await upload(png(3, 3)));
	const other = await world.classroom();
	expect((await download(fileId, null)).status).toBe(401);
	expect((await download(fileId, other.mentor)).status).toBe(404);
	expect((await download(fileId, other.mentor, other)).status).toBe(404);
	expect((await upload(png(4, 4), null)).status).toBe(401);
	expect((await upload(png(4, 4), other.mentor)).status).toBe(404);
	expect(await reason(await upload(png(4, 4), other.mentor, other))).toBe('not-live');
});

test.each([
	['a page', '<!doctype html><script>alert(1)</script>', 400, 'bad-input'],
	[
		'a drawing that may hold a script',
		'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
		400,
		'bad-input'
	],
	['nothing', '', 400, 'bad-input'],
	['too much', new Uint8Array(BOARD_FILE_MAX_BYTES + 1), 413, 'too-large']
])('[S6] %s is refused and leaves nothing behind', async (_, body, status, why) => {
	const files = await storedFiles();
	const answer = await upload(body);
	expect(answer.status).toBe(status);
	expect(await reason(answer)).toBe(why);
	expect(await storedFiles()).toBe(files);
});

test('[X2] on the board stands the picture’s id; in the next lesson the whole board with it can be gone on with', async () => {
	const { fileId } = await stored(await upload(png(100, 50, 7)));
	const picture = anElement('image', { id: 'picture' });
	const elements = [{ ...picture, data: { ...picture.data, fileId } }];
	expect(await outcome(mentor.trpc.board.put.mutate({ roomCode: lesson.roomCode, elements }))).toBe('ok');
	const { board, room } = mentor.trpc;
	await board.lock.mutate({ roomCode: lesson.roomCode, clientId: 'lock', locked: true });
	expect(await reason(await upload(png(5, 5)))).toBe('board-locked');
	await room.end.mutate({ roomCode: lesson.roomCode });
	expect(await reason(await upload(png(5, 5), lesson.mentor))).toBe('session-over');
	expect((await download(fileId, learner)).status).toBe(200);

	const next = await world.lesson({ ...lesson, title: 'The next one' });
	await room.start.mutate({ roomCode: next.roomCode });
	expect(await board.last.query({ roomCode: next.roomCode })).toMatchObject({
		title: lesson.title,
		objects: 1
	});
	await board.continueLast.mutate({ roomCode: next.roomCode });
	expect((await download(fileId, learner, next)).status).toBe(200);
});
