import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileUploads, noise, reasonOf, sha256, type FileUploads } from '../support/fileUpload.ts';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

const MB = 1024 * 1024;
let world: World;
let lesson: Lesson;
let mentor: LiveClient;
let files: FileUploads;

beforeAll(async () => {
	world = await startWorld();
	lesson = await world.classroom();
	mentor = openClient(world.url, lesson.mentor);
	files = fileUploads(world.url, lesson, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	await mentor.trpc.room.end.mutate({ roomCode: lesson.roomCode });
});
afterAll(async () => {
	await mentor.close();
	await world.close();
});

const text = (words: string) => new Uint8Array(Buffer.from(words));
const download = (id: string, headers: Record<string, string> = {}) =>
	files.download(id, headers, lesson.learners[0]!);
const list = () => mentor.trpc.resources.list.query({ roomCode: lesson.roomCode });
const onDisk = async () =>
	(await readdir(world.server.dataDir, { recursive: true })).filter((name) => /^(files|uploads)/.test(name));

describe('upload and download', () => {
	test.each([1, 1_000, MB + 1, 25 * MB])(
		'[F3] [B5] %i bytes come back with the same SHA-256, as an attachment',
		async (size) => {
			const bytes = noise(size);
			const resource = await files.handOver(`noise-${size}.bin`, bytes);
			expect(resource).toMatchObject({ name: `noise-${size}.bin`, size, uploadedBy: lesson.mentor.id });
			const answer = await download(resource.id);
			expect(answer.status).toBe(200);
			expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
			expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
			expect(answer.headers.get('cache-control')).toBe('private, no-store');
			expect(answer.headers.get('content-length')).toBe(String(size));
			expect(sha256(new Uint8Array(await answer.arrayBuffer()))).toBe(sha256(bytes));
			expect(await list()).toContainEqual(resource);
		}
	);

	test('[F3] a part of a file can be asked for, so that a download can be gone on with', async () => {
		const { id } = await files.handOver('alphabet.txt', text('abcdefghij'));
		const part = await download(id, { range: 'bytes=2-4' });
		expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 2-4/10']);
		expect(await part.text()).toBe('cde');
		expect(await (await download(id, { range: 'bytes=-3' })).text()).toBe('hij');
		expect((await download(id, { range: 'bytes=90-' })).status).toBe(200);
	});

	test('[B5] one byte too many, far too many and none at all are refused with the reason; nothing is left behind', async () => {
		const [before, stored] = [await list(), await onDisk()];
		for (const size of [25 * MB + 1, 9e15]) {
			const large = await files.begin('large.bin', size);
			expect(large.status).toBe(413);
			expect(await large.json()).toMatchObject({
				reason: 'too-large',
				message: 'A file may have at most 25 MB.'
			});
		}
		const empty = await files.begin('empty.bin', 0);
		expect(empty.status).toBe(400);
		expect(await empty.json()).toMatchObject({ reason: 'bad-input', message: 'This file is empty.' });
		expect(await list()).toEqual(before);
		expect(await onDisk()).toEqual(stored);
	});

	test('[F3] before the start there is nothing to hand over', async () => {
		const next = await world.lesson({ ...lesson });
		const answer = await fileUploads(world.url, next, lesson.mentor).begin('early.txt', text('early'));
		expect(answer.status).toBe(409);
		expect(await reasonOf(answer)).toBe('not-live');
	});

	test('[F3] a removed file is gone with its bytes, removing it again is fine, and so is handing it over again', async () => {
		const { id } = await files.handOver('bye.txt', text('bye'));
		const remove = () =>
			request(world.url, `${lesson.path}/resources/${id}`, lesson.mentor, { method: 'DELETE' });
		const stored = (await onDisk()).length;
		expect((await remove()).status).toBe(204);
		await until(async () => expect((await onDisk()).length).toBe(stored - 1));
		expect((await download(id)).status).toBe(404);
		expect(await files.standing(id)).toBeNull();
		expect((await list()).map((resource) => resource.id)).not.toContain(id);
		expect((await remove()).status).toBe(204);
		const again = await files.handOver('bye.txt', text('bye'));
		expect(again.id).not.toBe(id);
		expect(await (await download(again.id)).text()).toBe('bye');
	});

	test('[F3] [F5] after the end the learners are told of each file, once', async () => {
		const { id } = await files.handOver('news.txt', text('something new'));
		await files.begin('news.txt', text('something new'));
		const { tables, db } = world.store;
		await until(async () => {
			const told = (await db.select().from(tables.notifications)).filter(
				({ kind, payload }) => kind === 'material-added' && payload.fileName === 'news.txt'
			);
			expect(told.map(({ userId, uniqueKey }) => [userId, uniqueKey])).toEqual([
				[lesson.learners[0]!.id, `material-added:${id}:${lesson.learners[0]!.id}`]
			]);
		});
	});
});

describe('names and types', () => {
	test.each([
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\me\\notes.txt', 'notes.txt'],
		['a\u202Egpj.exe', 'agpj.exe'],
		['line\r\nSet-Cookie: x=1.txt', 'line Set-Cookie: x=1.txt'],
		['..', 'file'],
		['Übung “1” – 数学.pdf', 'Übung “1” – 数学.pdf'],
		['"; filename=evil.html', '"; filename=evil.html'],
		['<img src=x onerror=alert(1)>.png', '<img src=x onerror=alert(1)>.png']
	])('[S6] [B4] the name %j is kept as %j and heads no header', async (name, shown) => {
		const resource = await files.handOver(name, text(`text of ${name}`));
		expect(resource.name).toBe(shown);
		const answer = await download(resource.id);
		const disposition = answer.headers.get('content-disposition') ?? '';
		expect(disposition).toContain(`filename*=UTF-8''${encodeURIComponent(shown).replace(/['()*]/g, hex)}`);
		expect(disposition).toMatch(/^attachment; filename="[^"]*"; filename\*=/);
		expect(answer.headers.get('set-cookie')).toBeNull();
	});

	const hex = (sign: string) => `%${sign.charCodeAt(0).toString(16)}`;

	test('[B5] a name of 300 characters is cut, keeping its ending; none is refused', async () => {
		const resource = await files.handOver(`${'n'.repeat(296)}.pdf`, text('text'));
		expect(resource.name.length).toBeLessThanOrEqual(180);
		expect(resource.name).toMatch(/\.pdf$/);
		expect(await reasonOf(await files.begin('', text('text')))).toBe('bad-input');
	});

	const PNG = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0', 'latin1');
	const PAGE = '<!doctype html><script>alert(document.cookie)</script>';
	const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

	test.each([
		['a page named .png', 'page.png', text(PAGE), 'text/plain; charset=utf-8'],
		['a drawing with a script', 'logo.svg', text(DRAWING), 'text/plain; charset=utf-8'],
		['a picture named .html', 'page.html', new Uint8Array(PNG), 'image/png'],
		['a PDF without an ending', 'handout', text('%PDF-1.7\n1 0 obj'), 'application/pdf'],
		['bytes', 'page.htm', new Uint8Array([0, 1, 2, 60, 104, 0]), 'application/octet-stream']
	])('[S6] [B5] %s is what its content says, and never shown as ours', async (_, name, bytes, type) => {
		const resource = await files.handOver(name, bytes);
		expect(resource).toMatchObject({ name, type });
		const answer = await download(resource.id);
		expect(answer.headers.get('content-type')).toBe(type);
		expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
		expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
	});

	test.each([
		['for Windows', 'MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff'],
		['for Linux', '\x7fELF\x02\x01\x01\0\0\0\0\0'],
		['for macOS', '\xcf\xfa\xed\xfe\x07\0\0\x01']
	])(
		'[S6] [B5] a program %s is refused, whatever it is called, and leaves nothing behind',
		async (_, head) => {
			const [before, stored] = [await files.shelf(), await onDisk()];
			const bytes = new Uint8Array(Buffer.concat([Buffer.from(head, 'latin1'), randomBytes(2_000)]));
			const id = await files.begun('homework.pdf', bytes);
			const answer = await files.send(id, bytes, 0);
			expect(answer.status).toBe(400);
			expect(await answer.json()).toMatchObject({
				reason: 'bad-input',
				message: expect.stringMatching(/^Programs/) as string
			});
			expect(await files.standing(id)).toBeNull();
			expect(await files.shelf()).toEqual(before);
			expect(await onDisk()).toEqual(stored);
		}
	);

	test('[S6] on the disk files carry names that tell nothing', async () => {
		const { id } = await files.handOver('find-me.txt', text('find me'));
		const { tables, db } = world.store;
		const row = (await db.select().from(tables.resources)).find((each) => each.id === id)!;
		expect(row.storageKey).not.toContain('find');
		const stored = join(world.server.dataDir, 'files', row.storageKey);
		expect(await readFile(stored, 'utf8')).toBe('find me');
		expect(row.sha256).toBe(sha256(text('find me')));
	});
});
