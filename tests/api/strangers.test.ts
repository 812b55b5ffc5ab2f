import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createId } from '../../src/lib/server/ids.ts';
import type { CallTicket } from '../../src/lib/shared/roomState.ts';
import { fileUploads } from '../support/fileUpload.ts';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

const TITLE = 'Secret title 8c1f';
const NAMES = ['Secret Mentor 8c1f', 'Secret Learner 8c1f'];
const WORDS = 'secret words 8c1f';

let world: World;
let live: Lesson;
let over: Lesson;
let stranger: Person;
let mentor: LiveClient;
let fileId: string;

beforeAll(async () => {
	world = await startWorld();
	live = await world.classroom({ title: TITLE, names: NAMES });
	over = await world.lesson({ ...live, title: TITLE });
	stranger = await world.person('learner', 'Stranger');
	mentor = openClient(world.url, live.mentor);
	for (const { roomCode } of [live, over]) {
		await mentor.trpc.room.start.mutate({ roomCode });
		await mentor.trpc.room.say.mutate({ roomCode, clientId: createId(), text: WORDS });
	}
	await mentor.trpc.room.end.mutate({ roomCode: over.roomCode });
	fileId = (await fileUploads(world.url, over, live.mentor).handOver(NAME, CONTENT)).id;
});
afterAll(async () => {
	await mentor.close();
	await world.close();
});

const NAME = 'secret-8c1f.txt';
const CONTENT = new Uint8Array(Buffer.from('secret file 8c1f'));
const upload = (lesson: Pick<Lesson, 'path'>, who: Person | null) =>
	fileUploads(world.url, lesson, who).begin(NAME, CONTENT);

/** Without what differs by the address alone. */
const shape = (html: string, roomCode: string) =>
	html
		.replaceAll(roomCode, '<code>')
		.replaceAll(/nonce-[\w+/=-]+|nonce="[^"]*"/g, '')
		// When the stranger's own notifications were read.
		.replaceAll(/\b1\d{12}\b/g, '<instant>')
		.replaceAll(/\b40[34]\b/g, '4xx');

describe('pages', () => {
	const PATHS = ['', '/recap', '/__data.json', '/recap/__data.json'];

	test.each(PATHS)('[E2] [S1] a stranger at /session/<code>%s: 403 without any data', async (path) => {
		for (const lesson of [live, over]) {
			const answer = await request(world.url, `${lesson.path}${path}`, stranger);
			const text = await answer.text();
			if (!path.endsWith('.json')) expect(answer.status).toBe(403);
			else expect(text).toContain('403');
			for (const secret of [TITLE, ...NAMES, WORDS, '8c1f', live.mentor.id, lesson.id])
				expect(text).not.toContain(secret);
		}
	});

	test.each(PATHS)('[E2] no such room at /session/<code>%s: the same shape with 404', async (path) => {
		const unknown = live.roomCode.replace(/^./, (letter) => (letter === 'b' ? 'c' : 'b'));
		const foreign = await request(world.url, `${live.path}${path}`, stranger);
		const missing = await request(world.url, `/session/${unknown}${path}`, stranger);
		if (!path.endsWith('.json')) expect(missing.status).toBe(404);
		expect(shape(await missing.text(), unknown)).toBe(shape(await foreign.text(), live.roomCode));
	});

	test('[E2] signed out: to the login page, and back from there', async () => {
		for (const path of ['', '/recap']) {
			const answer = await request(world.url, `${live.path}${path}`, null);
			expect(answer.status).toBe(303);
			expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(live.path + path)}`);
			expect(await answer.text()).not.toContain('8c1f');
		}
		const data = await request(world.url, `${live.path}/__data.json`, null);
		expect(await data.text()).not.toContain('8c1f');
	});

	test('[E2] [S1] the start page of a stranger names no foreign session; only mentors plan', async () => {
		const page = await request(world.url, '/dashboard', stranger);
		expect(await page.text()).not.toContain('8c1f');
		expect((await request(world.url, '/sessions/new', stranger)).status).toBe(403);
		const signedOut = await request(world.url, '/sessions/new', null);
		expect(signedOut.headers.get('location')).toBe('/login?next=%2Fsessions%2Fnew');
	});

	test('[S1] saving feedback by the pages’ forms', async () => {
		const ratings = JSON.stringify([{ rateeId: over.mentor.id, stars: 1, comment: 'x' }]);
		for (const action of ['?/feedback', '/recap?/feedback']) {
			const init = { method: 'POST', body: new URLSearchParams({ ratings }) };
			const answer = await request(world.url, `${over.path}${action}`, stranger, init);
			expect(answer.status).toBeGreaterThanOrEqual(400);
			const signedOut = await request(world.url, `${over.path}${action}`, null, init);
			expect(signedOut.headers.get('location')).toContain('/login');
		}
		expect(await world.ratings(over)).toEqual([]);
	});
});

describe('files', () => {
	test('[S1] [S6] a stranger or a signed-out person gets no file and can neither upload nor remove', async () => {
		const file = `${over.path}/resources/${fileId}`;
		for (const [who, status] of [
			[stranger, 404],
			[null, 401]
		] as const) {
			const got = await request(world.url, file, who);
			expect(got.status).toBe(status);
			expect(await got.text()).not.toContain('8c1f');
			expect((await upload(over, who)).status).toBe(status);
			expect((await request(world.url, file, who, { method: 'DELETE' })).status).toBe(status);
		}
		const own = await request(world.url, file, over.learners[0]!);
		expect(await own.text()).toBe('secret file 8c1f');
	});

	test('[S1] learners download and do not upload or remove', async () => {
		const learner = over.learners[0]!;
		expect((await upload(over, learner)).status).toBe(403);
		const file = `${over.path}/resources/${fileId}`;
		expect((await request(world.url, file, learner, { method: 'DELETE' })).status).toBe(403);
		expect((await request(world.url, file, learner)).status).toBe(200);
	});

	test('[B7] a file is reached only through its own session', async () => {
		const other = await world.classroom({ mentor: over.mentor, learners: over.learners });
		const answer = await request(world.url, `${other.path}/resources/${fileId}`, over.mentor);
		expect(answer.status).toBe(404);
	});

	test('[S2] another site uploads and removes nothing', async () => {
		const answer = await fileUploads(world.url, over, over.mentor).ask('POST', `${over.path}/uploads`, {
			origin: 'https://evil.example',
			'upload-length': '7'
		});
		expect(answer.status).toBe(403);
	});
});

describe('PeerServer', () => {
	let ticket: CallTicket;

	beforeAll(async () => {
		const seat = mentor.followLive(live);
		await until(() => expect(seat.people()).toHaveLength(1));
		ticket = await mentor.trpc.room.callTicket.query({ roomCode: live.roomCode, seatId: seat.seatId });
	});

	/** First words of the PeerServer to somebody who comes with this id and ticket. */
	async function ask(id: string, token: string) {
		const query = new URLSearchParams({ key: 'peerjs', id, token, version: '1.5.5' });
		const socket = new WebSocket(`${world.url.replace('http', 'ws')}/peerjs?${query}`, {
			headers: { origin: world.url }
		});
		const [data] = (await once(socket, 'message')) as [Buffer];
		return { socket, first: JSON.parse(data.toString()) as { type: string } };
	}

	/** Always another one: a fixed ending would be the true one now and then. */
	const otherwiseSigned = (token: string) =>
		token.replace(/(?<=\.)[^.](?=[^.]*$)/, (first) => (first === 'A' ? 'B' : 'A'));

	test('[S4] lets in whoever holds a ticket, under the ticket’s id only', async () => {
		const own = await ask(ticket.peerId, ticket.token);
		expect(own.first.type).toBe('OPEN');
		own.socket.close();
	});

	test.each([
		['no ticket', () => ['some-id', '']],
		['somebody else’s id with a made-up ticket', () => [ticket.peerId, 'token']],
		['a ticket under another id', () => ['another-id', ticket.token]],
		['a ticket with another expiry', () => [ticket.peerId, ticket.token.replace(/^\d/, '9')]],
		['a ticket with another signature', () => [ticket.peerId, otherwiseSigned(ticket.token)]]
	] satisfies [string, () => [string, string]][])(
		'[S4] %s is refused in words, and the socket closed',
		async (_what, given) => {
			const [id, token] = given();
			const { socket, first } = await ask(id, token);
			expect(first.type).toBe('ERROR');
			await once(socket, 'close');
			expect(socket.readyState).toBe(WebSocket.CLOSED);
		}
	);

	test('[S4] nothing is relayed between sessions, and the answer does not tell who is there', async () => {
		const elsewhere = await world.classroom();
		const other = openClient(world.url, elsewhere.mentor);
		const seat = other.followLive(elsewhere);
		await until(() => expect(seat.people()).toHaveLength(1));
		const { roomCode } = elsewhere;
		const foreign = await other.trpc.room.callTicket.query({ roomCode, seatId: seat.seatId });
		const [inside, outside] = [
			await ask(ticket.peerId, ticket.token),
			await ask(foreign.peerId, foreign.token)
		];
		const heard: string[] = [];
		inside.socket.on('message', (data: Buffer) => heard.push(data.toString()));
		const offer = (dst: string) =>
			JSON.stringify({
				type: 'OFFER',
				dst,
				payload: { type: 'media', connectionId: 'mc_1', sdp: { type: 'offer', sdp: 'v=0' } }
			});
		const answers: { type: string; src: string }[] = [];
		outside.socket.on('message', (data: Buffer) => answers.push(JSON.parse(data.toString())));
		outside.socket.send(offer(ticket.peerId));
		outside.socket.send(offer('nobody'));
		await until(() => expect(answers).toHaveLength(2));
		expect(answers.map(({ type, src }) => [type, src])).toEqual([
			['EXPIRE', ticket.peerId],
			['EXPIRE', 'nobody']
		]);
		expect(heard).toEqual([]);
		for (const { socket } of [inside, outside]) socket.close();
		await other.close();
	});

	test('[S4] peers are not listed', async () => {
		for (const path of ['/peerjs/peers', '/peerjs/id', '/peerjs', '/peers']) {
			const answer = await request(world.url, path, live.mentor);
			expect(answer.status).toBe(404);
		}
	});
});
