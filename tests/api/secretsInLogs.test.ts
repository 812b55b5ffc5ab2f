import { once } from 'node:events';
import { glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createId } from '../../src/lib/server/ids.ts';
import { FROM } from '../../src/lib/server/mail/mailFixture.ts';
import { readExposition } from '../support/exposition.ts';
import { fileUploads, noise } from '../support/fileUpload.ts';
import { leaksIn, secretsIn } from '../support/leaks.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { SmtpRefusal, startMailServer, type MailServer } from '../support/mailServer.ts';
import { until } from '../support/until.ts';
import { postForm, request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

const TURN_SECRET = 'turn-pl4nted-secret';
const SDP = `v=0\r\no=- 46117 2 IN IP4 127.0.0.1\r\ns=pl4nted\r\na=ice-ufrag:pl4nt\r\na=candidate:1 1 udp 2113937151 192.168.7.7 50000 typ host`;

let mailServer: MailServer;
let world: World;
/** Everything that was sent and must not come back in a log. */
const planted = new Set<string>([TURN_SECRET, SDP]);
const plant = (what: string): string => {
	const text = `pl4nted ${what} ${createId()}`;
	planted.add(text);
	return text;
};

beforeAll(async () => {
	mailServer = await startMailServer();
	world = await startWorld({
		mail: { url: mailServer.url, from: FROM },
		env: { TURN_URLS: 'turn:turn.people.test:3478', TURN_SECRET }
	});
});
afterAll(async () => {
	// Looks once more, as after every test with a server.
	await world.close();
	await mailServer.close();
});

/** A whole lesson, with a secret in everything that can hold one. */
async function liveThrough(): Promise<Lesson> {
	const lesson = await world.classroom({ title: plant('title'), names: [plant('mentor'), plant('learner')] });
	const { mentor, roomCode } = lesson;
	const learner = lesson.learners[0]!;
	const teaching = openClient(world.url, mentor);
	const learning = openClient(world.url, learner);
	const seats = [teaching, learning].map((client) => client.followLive(lesson));
	await until(() => expect(seats[0]!.people()).toHaveLength(2));
	await teaching.trpc.room.start.mutate({ roomCode });
	await learning.trpc.room.say.mutate({ roomCode, clientId: createId(), text: plant('chat') });
	const seatId = seats[1]!.seatId;
	const ticket = await learning.trpc.room.callTicket.query({ roomCode, seatId });
	planted.add(ticket.token);
	for (const { credential, username } of ticket.iceServers)
		for (const one of [credential, username]) if (one) planted.add(one);
	await learning.trpc.room.signal.mutate({ roomCode, seatId, toSeatId: seats[0]!.seatId, data: SDP });
	await putStroke(teaching, roomCode);
	await sayNonsense(learner, ticket);
	const uploads = fileUploads(world.url, lesson, mentor);
	const content = noise(2_000);
	const begun = await uploads.begin(`${plant('file')}.bin`, content);
	await uploads.send(begun.headers.get('location')!.split('/').at(-1)!, content, 0);
	await teaching.trpc.room.end.mutate({ roomCode });
	const rating = { rateeId: mentor.id, stars: 5, comment: plant('comment') };
	await learning.trpc.feedback.save.mutate({ roomCode, ratings: [rating] });
	teaching.close();
	learning.close();
	return lesson;
}

async function putStroke({ trpc }: LiveClient, roomCode: string): Promise<void> {
	const page = { order: 'U', template: 'blank', title: plant('page') } as const;
	await trpc.board.put.mutate({
		roomCode,
		elements: [
			{ id: createId(), pageId: null, kind: 'page', version: 1, nonce: 1, deleted: false, data: page }
		]
	});
}

/** Frames that are none, on both sockets, with texts in them. */
async function sayNonsense(who: Person, ticket: { token: string; peerId: string }): Promise<void> {
	const address = world.url.replace('http', 'ws');
	const headers = { origin: world.url, cookie: who.cookie };
	const peers = `/peerjs?key=peerjs&id=${ticket.peerId}&token=${encodeURIComponent(ticket.token)}`;
	const wrong = plant('ticket').replaceAll(' ', '-');
	planted.add(wrong);
	for (const path of ['/trpc?connectionParams=1', peers, `/peerjs?key=peerjs&id=x&token=${wrong}`]) {
		const socket = new WebSocket(`${address}${path}`, { headers });
		await once(socket, 'open');
		for (const text of [plant('frame'), `{"type":"OFFER","payload":{"sdp":${JSON.stringify(SDP)}}}`])
			socket.send(text);
		socket.send(Buffer.from(plant('binary')));
		socket.close();
		await once(socket, 'close');
	}
}

/** Forms, links and private addresses of people, right and wrong ones. */
async function visitPages(lesson: Lesson): Promise<void> {
	const { mentor } = lesson;
	const token = plant('token').replaceAll(' ', '-');
	planted.add(token);
	await postForm(world.url, '/login', { email: `${token}@people.test`, password: plant('password') });
	await postForm(world.url, '/forgot', { email: mentor.email });
	for (const path of ['reset', 'verify', 'invitation', 'calendar/feed', 'session', 'nowhere'])
		await (await request(world.url, `/${path}/${token}?q=${token}`, mentor)).text();
	await until(() => expect(mailServer.mails.some(({ to_ }) => to_.includes(mentor.email))).toBe(true));
	const mail = mailServer.mails.find(({ to_ }) => to_.includes(mentor.email))!;
	const link = /\/reset\/([\w-]{20,})/.exec(mail.text ?? '')![1]!;
	planted.add(link);
	await (await request(world.url, `/reset/${link}`, null)).text();
	await postForm(world.url, `/reset/${link}`, { password: plant('new password') });
}

describe('[S7] a server that says all it can', () => {
	test('says nothing that people wrote, and no secret, while a whole lesson is lived through', async () => {
		const lesson = await liveThrough();
		await visitPages(lesson);
		const said = world.server.said();
		expect(leaksIn(said, (await secretsIn(world.store)).union(planted))).toEqual([]);
		// It was there, and spoke of it by its pattern.
		for (const route of ['/reset/[token]', '/session/[roomCode]', '/session/[roomCode]/uploads', '/login'])
			expect(said).toContain(`"route":"${route}"`);
		expect(said).toContain('socket closed');
	});

	test('says what broke and where, and by what a person can name it, but not what was in it', async () => {
		const { mentor, roomCode, path } = await world.classroom({ title: plant('title') });
		const client = openClient(world.url, mentor);
		await client.trpc.room.start.mutate({ roomCode });
		const text = plant('chat');
		const database = new Sqlite(join(world.server.dataDir, 'peerlearn.sqlite'));
		database.exec('alter table room_log rename to room_log_away');
		const page = await request(world.url, `${path}/recap`, mentor);
		const said = await outcome(client.trpc.room.say.mutate({ roomCode, clientId: createId(), text }));
		database.exec('alter table room_log_away rename to room_log');
		database.close();
		client.close();
		expect(said).toBe('internal');
		expect(page.status).toBe(500);
		const html = await page.text();
		const id = page.headers.get('x-request-id')!;
		expect(html).toContain(`Reference: ${id.slice(0, 8)}`);

		// What it writes and what it answers come by different ways.
		await until(() => {
			const lines = world.server.output().split('\n');
			const failures = lines
				.filter((line) => line.startsWith('{'))
				.map((line) => JSON.parse(line) as Record<string, unknown>);
			expect(failures).toContainEqual(
				expect.objectContaining({ msg: 'request failed', request: id, route: '/session/[roomCode]/recap' })
			);
			expect(failures).toContainEqual(
				expect.objectContaining({
					...{ msg: 'call failed', path: 'room.say', socket: expect.stringMatching(/^[\da-f-]{36}$/) },
					err: expect.objectContaining({ message: expect.stringMatching(/room_log/) })
				})
			);
		});
		expect(leaksIn(world.server.said(), planted)).toEqual([]);
	});

	test('and so it is with mails that nobody takes', async () => {
		const { email } = await world.person('learner');
		mailServer.refuse.recipient = (address) =>
			address === email
				? new SmtpRefusal(550, `<${address}> is not here, see https://mail.test/${address}`)
				: null;
		await postForm(world.url, '/forgot', { email });
		await until(() => expect(world.server.output()).toContain('refused this mail for good: 550'));
		expect(leaksIn(world.server.said(), planted)).toEqual([]);
	});
});

describe('[O3] [S7] figures', () => {
	test('are whole, and speak of nobody', async () => {
		const answer = await request(world.url, '/metrics', null);
		const { types, samples } = readExposition(await answer.text());
		expect(types.get('peerlearn_http_request_seconds')).toBe('histogram');
		const patterns = await Array.fromAsync(glob('src/routes/**/+{page.svelte,page.server.ts,server.ts}'));
		const routes = patterns.map((file) => `/${dirname(file).replace(/^src\/routes\/?/, '')}`);
		const known = ['file', 'none', '/session/[roomCode]/uploads', ...routes];
		for (const { labels } of samples) if (labels.route !== undefined) expect(known).toContain(labels.route);
		expect(leaksIn(samples.map(({ labels }) => JSON.stringify(labels)).join('\n'), planted)).toEqual([]);
		const refused = samples.find(
			({ name, labels }) => name === 'peerlearn_calls_refused_total' && labels.reason === 'internal'
		);
		expect(refused?.value).toBeGreaterThan(0);
	});

	test('are not for everybody', async () => {
		const headers = { 'x-forwarded-for': '127.0.0.1' };
		expect((await request(world.url, '/metrics', null, { headers })).status).toBe(404);
	});
});

test.each([
	['a login', '{"level":30,"msg":"peerlearn_login=abc"}'],
	['an address', '{"level":30,"to":"maya@people.test"}'],
	['a session description', '{"level":30,"data":"v=0\\r\\no=- 46117"}'],
	['a session description', '{"data":"a=ice-pwd:xyz"}'],
	['a candidate', 'candidate:1 1 udp 2113937151 10.0.0.1 50000 typ host'],
	['a hashed password', '$argon2id$v=19$m=19456'],
	['a path', '{"path":"/reset/abc"}'],
	['a path', 'GET /session/bcdfgh-jkmnpq'],
	['a token', '{"err":"x Zm9vYmFyYmF6cXV4cXV1eGNvcmdl1"}'],
	['a token', '{"credential":"q83vEjRWeJCrze8SNFZ4kKvN7xI="}'],
	['what somebody wrote', `{"msg":"say \\"pl4nted\\" twice"}`],
	['what somebody wrote', '    at x (pl4nted:1:2)']
])('[S7] the check itself finds %s in %s', (what, line) => {
	const leaks = leaksIn(`{"level":20,"msg":"fine"}\n${line}\n`, ['say "pl4nted" twice', 'x (pl4nted:1:2']);
	expect(leaks).toHaveLength(1);
	expect(leaks[0]).toContain(`${what}`);
});

test('[S7] and nothing where there is nothing', () => {
	const line =
		'{"level":20,"time":1796000000000,"request":"0b7f9d3e-7c0a-4c44-9a51-0d6e8f4f1c11","route":"/session/[roomCode]/recap","err":{"frames":["at f (/a/build/server/chunks/accountsServiceOfPeople-Bq3x9Zk1.js:1:2)"]},"mail":"Zm9vYmFyYmF6cXV4cXV1","msg":"request answered"}';
	expect(leaksIn(line, [])).toEqual([]);
});
