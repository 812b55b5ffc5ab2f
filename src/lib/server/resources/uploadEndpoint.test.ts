import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { createDiskFileStore } from './fileStore.ts';
import { createUploadEndpoint, type UploadEndpoint } from './uploadEndpoint.ts';
import { openUploadFolder } from './uploadFolder.ts';
import { createUploads, type Uploads } from './uploadsService.ts';

let root: string;
let lesson: Lesson;
let uploads: Uploads;
let endpoint: UploadEndpoint;
let server: Server;
let path: string;
const sockets: Socket[] = [];

beforeEach(async () => {
	root = mkdtempSync(join(tmpdir(), 'endpoint-'));
	lesson = await planLesson();
	await lesson.sessions.start(await lesson.session());
	const user = {
		...{ id: 'maya', name: 'Maya', email: 'm@x.test', role: 'mentor', timeZone: 'UTC' },
		...{ language: null, picture: null, verified: true }
	} as const;
	const now = lesson.time.now;
	uploads = createUploads({
		store: lesson.store,
		files: await createDiskFileStore(join(root, 'files')),
		folder: await openUploadFolder(join(root, 'uploads')),
		limits: { perFile: 10_000, perSession: 30_000 },
		...{ keptForMs: 1_000, now, onError: () => undefined }
	});
	endpoint = createUploadEndpoint({
		uploads,
		accounts: { readLogin: async () => ({ user, loginId: 'x', csrf: 'x', cookie: null }) },
		sessions: lesson.sessions,
		originAllowed: () => true,
		...{ now, onError: () => undefined }
	});
	server = createServer((request, response) => void endpoint.handle(request, response));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const session = await lesson.session();
	const clientId = 'a-client-id-of-its-own';
	const file = { name: 'a.bin', size: 5_000, announced: { clientId } };
	path = `/session/${session.roomCode}/uploads/${await uploads.begin({ session, userId: 'maya' }, file)}`;
});
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.destroy();
	server.closeAllConnections();
	server.close();
	await lesson.close();
	rmSync(root, { recursive: true, force: true });
});

/** A request that sends so many bytes of its body and then nothing any more. */
function stuckRequest(at: number, bytes: number): Socket {
	const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
	const headers = [
		`PATCH ${path} HTTP/1.1`,
		...['host: x', 'tus-resumable: 1.0.0', `upload-offset: ${at}`, `content-length: ${5_000 - at}`],
		...['content-type: application/offset+octet-stream', '', '']
	];
	socket.on('error', () => undefined);
	socket.write(headers.join('\r\n'));
	socket.write(Buffer.alloc(bytes, 'x'));
	sockets.push(socket);
	return socket;
}

const received = async () => (await uploads.standing(path.split('/').at(-1)!)).received;

test('[K5] told to stop it does not wait for what hangs, and keeps what has arrived', async () => {
	stuckRequest(0, 1_200);
	await vi.waitFor(async () => expect(await received()).toBe(1_200), 5_000);
	const closing = endpoint.close().then(() => 'closed');
	expect(await Promise.race([closing, delay(2_500).then(() => 'it hangs')])).toBe('closed');
	expect(await received()).toBe(1_200);
});

test('[F3] whoever comes back does not wait for the request that hangs', async () => {
	stuckRequest(0, 1_200);
	await vi.waitFor(async () => expect(await received()).toBe(1_200), 5_000);
	stuckRequest(1_200, 1_000);
	await vi.waitFor(async () => expect(await received()).toBe(2_200), 5_000);
	expect(await received()).toBe(2_200);
});
