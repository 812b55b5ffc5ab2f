import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startS3, type S3Server } from '../../../../tests/support/s3Server.ts';
import { ConfigError } from '../config.ts';
import type { FileStore } from './fileStore.ts';
import { openFileStore } from './openFileStore.ts';
import { createS3FileStore } from './s3FileStore.ts';

let s3: S3Server;
let folder: string;
let files: FileStore;

beforeAll(async () => {
	s3 = await startS3();
});
afterAll(() => s3.close());
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 's3-drafts-'));
	files = await openFileStore({ dataDir: folder, s3: s3.place });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const stream = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream();
const read = async (body: ReadableStream<Uint8Array>) =>
	new Uint8Array(await new Response(body).arrayBuffer());
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test.each([1, 70_000, 3_000_001])('[F3] %i bytes come back from the bucket as they were', async (size) => {
	const bytes = new Uint8Array(randomBytes(size));
	const stored = await files.put(stream(bytes), size);
	expect(stored).toMatchObject({ size, sha256: sha256(bytes) });
	expect(await read(await files.get(stored.key))).toEqual(bytes);
	// Nothing of it stays on this machine.
	expect(readdirSync(join(folder, 'files', 'unfinished'))).toEqual([]);
});

test('[F3] a part of a file, storing again under the same name, removing twice', async () => {
	const [first, second] = ['abcdefghij', 'klmnopqrst'].map((text) => new Uint8Array(Buffer.from(text)));
	await files.put(stream(first!), 10, 'a-key');
	await files.put(stream(second!), 10, 'a-key');
	expect(Buffer.from(await read(await files.get('a-key', { from: 2, to: 4 }))).toString()).toBe('mno');
	await files.remove('a-key');
	await files.remove('a-key');
	await expect(files.get('a-key')).rejects.toThrow(/404/);
});

test('[B5] beyond the limit nothing is sent', async () => {
	await expect(files.put(stream(new Uint8Array(11)), 10)).rejects.toMatchObject({ reason: 'too-large' });
	expect(readdirSync(join(folder, 'files', 'unfinished'))).toEqual([]);
});

test('[O3] a wrong secret, a bucket that is not there and nobody at the address are refused at the start', async () => {
	for (const wrong of [
		{ secret: 'something else' },
		{ bucket: 'no-such-bucket' },
		{ endpoint: 'http://127.0.0.1:9' }
	]) {
		const opening = openFileStore({ dataDir: folder, s3: { ...s3.place, ...wrong } });
		await expect(opening).rejects.toThrow(ConfigError);
		await expect(opening).rejects.toThrow(/^FILES_S3_ENDPOINT and FILES_S3_BUCKET lead to no place/);
		await expect(opening).rejects.not.toThrow(/S3RVER|something else/);
	}
});

test('[K7] a store that answers 503 or hangs up is asked again', async () => {
	let asked = 0;
	const moody = createServer((request, response) => {
		asked += 1;
		if (asked === 1) response.writeHead(503).end();
		else if (asked === 2) request.socket.destroy();
		else response.end('there');
	}).listen(0, '127.0.0.1');
	await new Promise((done) => moody.once('listening', done));
	const endpoint = `http://127.0.0.1:${(moody.address() as AddressInfo).port}`;
	const store = await createS3FileStore({ ...s3.place, endpoint }, join(folder, 'moody'));
	expect(Buffer.from(await read(await store.get('a-key'))).toString()).toBe('there');
	expect(asked).toBe(3);
	moody.closeAllConnections();
	await new Promise((done) => moody.close(done));
});
