import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import type { BoardElement, StoredElement } from '../../src/lib/shared/board.ts';
import { anElement, aStroke, deleted } from '../../src/lib/shared/boardFixture.ts';
import { boardInTable } from '../support/boardClient.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

let world: World;
let lesson: Lesson;
let mentor: LiveClient;
let learner: LiveClient;
let stranger: Person;
let fileId: string;
const drawn = Array.from({ length: 250 }, (_, n) => aStroke(`stroke-${n}`, 3, n));

/** A lesson that is over, with 250 strokes on one page, a picture on another and an empty third one. */
beforeAll(async () => {
	world = await startWorld();
	lesson = await world.classroom();
	stranger = await world.person('mentor');
	await world.classroom({ mentor: stranger });
	[mentor, learner] = [openClient(world.url, lesson.mentor), openClient(world.url, lesson.learners[0]!)];
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	const stored = await upload(lesson.mentor);
	fileId = ((await stored.json()) as { fileId: string }).fileId;
	const picture = anElement('image', { id: 'picture', pageId: 'p2' });
	const gone = anElement('ellipse', { id: 'gone' });
	await put(...['p1', 'p2', 'p3'].map((id) => anElement('page', { id })));
	await put({ ...picture, data: { ...picture.data, fileId } }, gone);
	for (let n = 0; n < drawn.length; n += 50) await put(...drawn.slice(n, n + 50));
	await put(deleted(gone));
	await mentor.trpc.room.end.mutate({ roomCode: lesson.roomCode });
});
afterAll(async () => {
	await Promise.all([mentor, learner].map((client) => client.close()));
	await world.close();
});

const put = (...elements: BoardElement[]) =>
	mentor.trpc.board.put.mutate({ roomCode: lesson.roomCode, elements });
const upload = (who: Person) => {
	const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x08\0\0\0\x08\x08\x06\0\0\0', 'latin1');
	const body = new Uint8Array(Buffer.concat([head, deflateSync(Buffer.alloc(90))]));
	const headers = { 'content-type': 'application/octet-stream' };
	return request(world.url, `${lesson.path}/board/files/${createId()}`, who, {
		method: 'PUT',
		body,
		headers
	});
};
const page = (id: string, who: Person | null, of = lesson) =>
	request(world.url, `${of.path}/board?page=${id}`, who);
const elements = async (answer: Response) => (await answer.json()) as StoredElement[];

test('[F6] after the lesson its members read every page of the board, without what was deleted', async () => {
	for (const who of [lesson.mentor, lesson.learners[0]!]) {
		const answer = await page('p1', who);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toBe('application/json');
		expect(await elements(answer)).toMatchObject(drawn);
		expect((await elements(await page('p2', who))).map(({ id }) => id)).toEqual(['picture']);
		expect(await elements(await page('p3', who))).toEqual([]);
		expect(await elements(await page('nowhere', who))).toEqual([]);
		expect((await request(world.url, `${lesson.path}/board/files/${fileId}`, who)).status).toBe(200);
	}
	expect((await request(world.url, `${lesson.path}/board`, lesson.mentor)).status).toBe(400);
});

test('[F6] the recap says what there is, and nothing of a board that nobody drew on', async () => {
	const recap = await request(world.url, `${lesson.path}/recap`, lesson.learners[0]!);
	const text = await recap.text();
	for (const words of ['Whiteboard', '250 objects', '1 object', 'Nothing on it'])
		expect(text).toContain(words);
	const without = await world.lesson({ ...lesson, learners: lesson.learners });
	await mentor.trpc.room.start.mutate({ roomCode: without.roomCode });
	await mentor.trpc.room.end.mutate({ roomCode: without.roomCode });
	const plain = await request(world.url, `${without.path}/recap`, lesson.mentor);
	expect(plain.status).toBe(200);
	expect(await plain.text()).not.toContain('Whiteboard');
	expect(await elements(await page('p1', lesson.mentor, without))).toEqual([]);
});

test('[S1] strangers and the signed out get neither the board nor its pictures', async () => {
	for (const [who, status] of [
		[stranger, 404],
		[null, 401]
	] as const) {
		for (const path of ['/board?page=p1', `/board/files/${fileId}`]) {
			const answer = await request(world.url, lesson.path + path, who);
			expect(answer.status, path).toBe(status);
			expect(await answer.text()).not.toContain('stroke');
		}
	}
	const unknown = await request(world.url, '/session/no-such-room/board?page=p1', stranger);
	expect(unknown.status).toBe(404);
});

test('[F6] nobody changes it any more', async () => {
	const before = await boardInTable(world, lesson);
	const { roomCode } = lesson;
	for (const [client, who] of [
		[mentor, lesson.mentor],
		[learner, lesson.learners[0]!]
	] as const) {
		const { board } = client.trpc;
		const change = { ...aStroke('stroke-1', 9), version: 99 };
		for (const element of [change, deleted(change), anElement('page', { id: 'p4' })])
			expect(await outcome(board.put.mutate({ roomCode, elements: [element] }))).toBe('session-over');
		const draw = { roomCode, seatId: createId(), cursor: null };
		expect(await outcome(board.draw.mutate(draw))).toBe('session-over');
		expect(await outcome(board.continueLast.mutate({ roomCode }))).toMatch(/session-over|not-mentor/);
		expect((await upload(who)).status).toBe(409);
		for (const method of ['POST', 'PUT', 'DELETE']) {
			const answer = await request(world.url, `${lesson.path}/board?page=p1`, who, { method });
			expect(answer.status).toBe(405);
		}
	}
	expect(await boardInTable(world, lesson)).toEqual(before);
});
