import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RESOURCE_MAX_BYTES } from '../../src/lib/shared/limits.ts';
import type { Resource } from '../../src/lib/shared/resource.ts';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

let world: World;
let lesson: Lesson;
let mentor: LiveClient;

beforeAll(async () => {
	world = await startWorld();
	lesson = await world.classroom();
	mentor = openClient(world.url, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	await mentor.trpc.room.end.mutate({ roomCode: lesson.roomCode });
});
afterAll(async () => {
	await mentor.close();
	await world.close();
});

const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');

function upload(body: Uint8Array<ArrayBuffer> | string, name: string, type = 'application/octet-stream') {
	return request(world.url, `${lesson.path}/resources`, lesson.mentor, {
		method: 'POST',
		body,
		headers: { 'x-file-name': name, 'content-type': type }
	});
}

async function stored(answer: Response): Promise<Resource> {
	expect(answer.status).toBe(201);
	return (await answer.json()) as Resource;
}

const download = ({ id }: Resource, who = lesson.learners[0]!) =>
	request(world.url, `${lesson.path}/resources/${id}`, who);
const list = () => mentor.trpc.resources.list.query({ roomCode: lesson.roomCode });

describe('upload and download', () => {
	test.each([1, 1_000, 1_048_577, RESOURCE_MAX_BYTES])(
		'[F3] [B5] %i bytes come back with the same SHA-256, as an attachment',
		async (size) => {
			const bytes = new Uint8Array(randomBytes(size));
			const resource = await stored(await upload(bytes, `noise-${size}.bin`));
			expect(resource).toMatchObject({ name: `noise-${size}.bin`, size, uploadedBy: lesson.mentor.id });
			const answer = await download(resource);
			expect(answer.status).toBe(200);
			expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
			expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
			expect(answer.headers.get('content-length')).toBe(String(size));
			expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256(bytes));
			expect(await list()).toContainEqual(resource);
		}
	);

	test('[B5] one byte too many and none at all are refused with the reason; nothing is left behind', async () => {
		const before = await list();
		const folder = join(world.server.dataDir, 'files');
		const files = (await readdir(folder, { recursive: true })).length;
		const large = await upload(new Uint8Array(RESOURCE_MAX_BYTES + 1), 'large.bin');
		expect(large.status).toBe(413);
		expect(await large.json()).toMatchObject({ reason: 'too-large' });
		const empty = await upload('', 'empty.bin');
		expect(empty.status).toBe(400);
		expect(await empty.json()).toMatchObject({ reason: 'bad-input', message: 'This file is empty.' });
		expect(await list()).toEqual(before);
		expect((await readdir(folder, { recursive: true })).length).toBe(files);
	});

	test('[B5] far over the limit does not end the server', async () => {
		const answer = await upload(new Uint8Array(3 * RESOURCE_MAX_BYTES), 'huge.bin').catch(() => null);
		if (answer) expect(answer.status).toBe(413);
		expect((await request(world.url, '/healthz', null)).status).toBe(200);
	});

	test('[F3] before the start there is nothing to hand over', async () => {
		const next = await world.lesson({ ...lesson });
		const answer = await request(world.url, `${next.path}/resources`, lesson.mentor, {
			method: 'POST',
			body: 'early',
			headers: { 'x-file-name': 'early.txt' }
		});
		expect(answer.status).toBe(409);
		expect(await answer.json()).toMatchObject({ reason: 'not-live' });
	});

	test('[F3] a removed file is gone, and removing it again is fine', async () => {
		const resource = await stored(await upload('bye', 'bye.txt', 'text/plain'));
		const remove = () =>
			request(world.url, `${lesson.path}/resources/${resource.id}`, lesson.mentor, { method: 'DELETE' });
		expect((await remove()).status).toBe(204);
		expect((await download(resource)).status).toBe(404);
		expect((await list()).map(({ id }) => id)).not.toContain(resource.id);
		expect((await remove()).status).toBe(204);
	});
});

describe('names and types', () => {
	test.each([
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\me\\notes.txt', 'notes.txt'],
		['a\u202Egpj.exe', 'agpj.exe'],
		['line\r\nSet-Cookie: x=1.txt', 'lineSet-Cookie: x=1.txt'],
		['..', 'file'],
		['Übung “1” – 数学.pdf', 'Übung “1” – 数学.pdf'],
		['"; filename=evil.html', '"; filename=evil.html'],
		['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png']
	])('[S6] [B4] the name %j is kept as %j and heads no header', async (name, shown) => {
		const resource = await stored(await upload('text', encodeURIComponent(name), 'text/plain'));
		expect(resource.name).toBe(shown);
		const answer = await download(resource);
		const disposition = answer.headers.get('content-disposition') ?? '';
		expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent(shown).replace(/['()*]/g, hex)}`);
		expect(disposition).toMatch(/^attachment; filename="[^"]*"; filename\*=/);
		expect(answer.headers.get('set-cookie')).toBeNull();
	});

	const hex = (sign: string) => `%${sign.charCodeAt(0).toString(16)}`;

	test('[B5] a name of 300 characters is cut, keeping its ending; none or an unreadable one is refused', async () => {
		const resource = await stored(await upload('text', `${'n'.repeat(296)}.pdf`));
		expect(resource.name.length).toBeLessThanOrEqual(180);
		expect(resource.name).toMatch(/\.pdf$/);
		for (const name of ['', '%E0%A4%A']) expect((await upload('text', name)).status).toBe(400);
	});

	test('[S6] [B5] a page or a script in a picture’s clothes is never shown as ours', async () => {
		const html = '<!doctype html><script>alert(document.cookie)</script>';
		for (const type of ['text/html', 'image/svg+xml', 'image/png', 'not a type', 'text/html\t;x=1']) {
			const answer = await download(await stored(await upload(html, 'page.png', type)));
			expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
			expect(answer.headers.get('content-security-policy')).toContain('sandbox');
			expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
			expect(await answer.text()).toBe(html);
		}
	});

	test('[S6] on the disk files carry random names', async () => {
		const resource = await stored(await upload('find me', 'find-me.txt'));
		const { tables, db } = world.store;
		const row = (await db.select().from(tables.resources)).find(({ id }) => id === resource.id)!;
		expect(row.storageKey).not.toContain('find');
		const names = await readdir(join(world.server.dataDir, 'files'), { recursive: true });
		const place = names.find((name) => name.endsWith(row.storageKey))!;
		expect(await readFile(join(world.server.dataDir, 'files', place), 'utf8')).toBe('find me');
		expect(row.sha256).toBe(sha256(new TextEncoder().encode('find me')));
	});
});
