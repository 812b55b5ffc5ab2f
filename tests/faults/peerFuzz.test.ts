import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTicket, type PeerTicket } from '../../peer-server/ticket.ts';
import { hashLoginId } from '../../src/lib/server/accounts/loginStore.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { metricsOf, TIDY } from '../support/figures.ts';
import { brokenFrames, hostileText, hostileValue, toJson } from '../support/hostileFrames.ts';
import { openClient } from '../support/liveClient.ts';
import { openRawSocket, rawFrame, type RawSocket } from '../support/rawSocket.ts';
import { ATTACKS, measured, rounds } from '../support/rounds.ts';
import { until } from '../support/until.ts';
import { SECRET, startWorld, type Person, type World } from '../support/world.ts';

/** Of each kind: malformed ones, and such to nobody. */
const FRAMES = rounds(2_000, 100_000);
const BROKEN = rounds(100, 2_000);
/** From one connection, so that it is not ended for their number. */
const AT_ONCE = 300;
/** Of 150,000 frames in the soak not even 200 bytes each. */
const GROWTH_MAX_MB = 30;
const NOT_UNDERSTOOD = 'This message is not understood.';

let world: World;
let stranger: Person;
/** Two people in a call, and what they hear. */
const call = {} as { mentor: Talker; learner: Talker };

interface Talker {
	socket: RawSocket;
	peerId: string;
	token: string;
}

beforeAll(async () => {
	world = await startWorld({ env: TIDY });
	const lesson = await world.classroom();
	stranger = await world.person('mentor');
	const sit = async (who: Person) => {
		const client = openClient(world.url, who);
		const seat = client.followLive(lesson);
		await until(() => expect(seat.people().map(({ seatId }) => seatId)).toContain(seat.seatId));
		const { roomCode } = lesson;
		const { peerId, token } = await client.trpc.room.callTicket.query({ roomCode, seatId: seat.seatId });
		return { peerId, token, socket: await connect(peerId, token) };
	};
	call.mentor = await sit(lesson.mentor);
	call.learner = await sit(lesson.learners[0]!);
});
afterAll(() => world.close());

/** Answers when the server has said something, be it that it is open or why it is not. */
async function connect(peerId: string, token: string): Promise<RawSocket> {
	const query = new URLSearchParams({ key: 'peerjs', id: peerId, token, version: '1.5.5' });
	const socket = await openRawSocket(world.url, `/peerjs?${query}`);
	await socket.text(() => true);
	return socket;
}

/** Somebody who may be at the PeerServer, with a session of their own. */
async function intruder(peerId = createId()): Promise<PeerTicket> {
	const { id } = await world.lesson({ mentor: stranger, learners: [] });
	const loginKey = hashLoginId(stranger.login.value);
	const ticket = { peerId, sessionId: id, userId: stranger.id, loginKey };
	return { ...ticket, expiresAt: Date.now() + 3_600_000 };
}

async function attacker(): Promise<{ socket: RawSocket; peerId: string }> {
	const ticket = await intruder();
	return { peerId: ticket.peerId, socket: await connect(ticket.peerId, makeTicket(SECRET, ticket)) };
}

const offer = (dst: unknown, more: object = {}) => ({
	...{ type: 'OFFER', dst, ...more },
	payload: { type: 'media', connectionId: 'mc_1', sdp: { type: 'offer', sdp: 'v=0' } }
});
const says = (message: unknown) => rawFrame({ payload: toJson(message) });

/** The two still reach each other: ms from one to the other. */
async function talk(): Promise<number> {
	const connectionId = createId();
	const at = performance.now();
	const payload = { type: 'media', connectionId, candidate: { candidate: 'candidate:1' } };
	call.mentor.socket.write(says({ type: 'CANDIDATE', dst: call.learner.peerId, payload }));
	await call.learner.socket.text((text) => text.includes(connectionId));
	return performance.now() - at;
}

/** What PeerJS would not send, to whom and from whom soever. */
function malformed(): fc.Arbitrary<unknown> {
	const { mentor, learner } = call;
	const dst = fc.oneof(hostileValue, fc.constantFrom(mentor.peerId, learner.peerId));
	const type = fc.oneof(
		fc.constantFrom('LEAVE', 'EXPIRE', 'OPEN', 'ERROR', 'ID-TAKEN', 'INVALID-KEY', 'offer', '__proto__'),
		hostileText
	);
	const media = fc.constantFrom('OFFER', 'ANSWER', 'CANDIDATE');
	return fc.oneof(
		hostileValue,
		fc.record({ type, dst, src: fc.constant(learner.peerId), payload: hostileValue }),
		fc.record({ type: media, dst, src: fc.constant(learner.peerId), payload: hostileValue }),
		fc.record({
			type: media,
			dst: hostileValue.filter((id) => typeof id !== 'string'),
			payload: fc.constant(offer('').payload)
		})
	);
}

/** All of them by people who may, so many a person; resolves when the server has dealt with the last. */
async function sendAll(frames: Buffer[]): Promise<number> {
	let refused = 0;
	for (let from = 0; from < frames.length; from += AT_ONCE) {
		const { socket, peerId } = await attacker();
		const last = `last-${from}`;
		for (const frame of frames.slice(from, from + AT_ONCE)) socket.write(frame);
		socket.write(says(offer(last)));
		const ended = socket.closed.then((code) => {
			throw new Error(`The server ended it with ${code}.`);
		});
		await Promise.race([socket.text((text) => text.includes(last)), ended]);
		ended.catch(() => undefined);
		// The answer to nobody's being there comes to whoever asked.
		expect(socket.texts.at(-1)).toBe(JSON.stringify({ type: 'EXPIRE', src: last, dst: peerId }));
		refused += socket.texts.filter((text) => text.includes(NOT_UNDERSTOOD)).length;
		socket.reset();
	}
	return refused;
}

test('[B2] [S4] malformed, forged and foreign frames, and such to nobody: refused, not kept, and a call goes on', async () => {
	process.stdout.write(`PEERLEARN_ATTACKS=${ATTACKS}\n`);
	const before = await metricsOf(world);
	let warm = 0;
	const talks: number[] = [];
	let over = false;
	const attack = (async () => {
		for (let sent = 0; sent < FRAMES; sent += 2_000) {
			const frames = fc.sample(malformed(), { seed: ATTACKS + sent, numRuns: 2_000 }).map(says);
			const small = frames.filter(({ length }) => length < 64_000);
			expect(await sendAll(small)).toBe(small.length);
			// To people who are not there, or whom one has nothing to do with.
			const lost = Array.from({ length: 2_000 }, (_, i) =>
				says({ ...offer(i % 3 === 0 ? call.learner.peerId : createId()), src: call.mentor.peerId })
			);
			expect(await sendAll(lost)).toBe(0);
			// A server that is busy for the first time grows by itself.
			if (sent <= FRAMES / 4) warm = (await metricsOf(world)).process_resident_memory_bytes!;
		}
		for (const { bytes, codes } of fc.sample(brokenFrames, { seed: ATTACKS, numRuns: BROKEN })) {
			const { socket } = await attacker();
			socket.write(bytes);
			expect(codes).toContain(await socket.closed);
		}
	})();
	void attack.finally(() => (over = true)).catch(() => undefined);
	while (!over || talks.length < 20) {
		talks.push(await talk());
		await new Promise((done) => setTimeout(done, 30));
	}
	await attack;
	await until(async () => expect((await metricsOf(world)).peerlearn_peers).toBe(before.peerlearn_peers));
	const after = (await metricsOf(world)).process_resident_memory_bytes!;
	measured('[B2] malformed frames to the PeerServer, and as many to nobody', '', FRAMES, 'none relayed');
	measured('[B2] memory of the server after the first quarter of them', 'MB', warm / 1e6, '');
	measured('[B2] the same after all', 'MB', after / 1e6, '');
	measured('[B2] from one to the other in a call meanwhile', 'ms', talks, '');
	expect((after - warm) / 1e6).toBeLessThan(GROWTH_MAX_MB);
	// Nobody got through to the two: all the one heard is the other.
	expect(call.mentor.socket.texts).toEqual([JSON.stringify({ type: 'OPEN' })]);
	const heard = call.learner.socket.texts
		.slice(1)
		.map((text) => JSON.parse(text) as { src: string; type: string });
	expect(heard.every(({ src, type }) => src === call.mentor.peerId && type === 'CANDIDATE')).toBe(true);
	const relayed = (await metricsOf(world)).peerlearn_peer_frames_total! - before.peerlearn_peer_frames_total!;
	expect(relayed).toBe(talks.length);
	expect(world.server.output().slice(0, 1_000)).toBe('');
});

test('[B2] [S4] nothing waits for somebody who comes later', async () => {
	const { socket } = await attacker();
	const later = createId();
	const ticket = await intruder(later);
	for (const type of ['ANSWER', 'CANDIDATE', 'OFFER']) socket.write(says({ ...offer(later), type }));
	await socket.text((text) => text.includes('EXPIRE'));
	const come = await connect(later, makeTicket(SECRET, ticket));
	come.write(says(offer('nobody')));
	await come.text((text) => text.includes('EXPIRE'));
	expect(come.texts.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual(['OPEN', 'EXPIRE']);
});

test('[B2] [S4] stolen, old, forged and changed tickets are refused in words, and nobody loses their place', async () => {
	const { mentor, learner } = call;
	const of = (given: object) =>
		makeTicket(SECRET, {
			...{ peerId: mentor.peerId, sessionId: 's', userId: 'u', expiresAt: Date.now() + 60_000 },
			...given
		});
	const [, payload = '', mac = ''] = mentor.token.split('.');
	const tickets: [string, string][] = [
		// A ticket of somebody else for one's own id, and one's own for the id of somebody else.
		[createId(), mentor.token],
		[mentor.peerId, learner.token],
		[mentor.peerId, makeTicket(SECRET, await intruder(mentor.peerId))],
		[mentor.peerId, of({ expiresAt: Date.now() - 1 })],
		[mentor.peerId, `9999999999999.${payload}.${mac}`],
		[mentor.peerId, mentor.token.slice(0, -1)],
		[mentor.peerId, `${mentor.token}A`],
		...['', '..', '1.a.b', 'x'.repeat(3_000), '__proto__'].map((token): [string, string] => [
			mentor.peerId,
			token
		])
	];
	for (const [peerId, token] of tickets) {
		const socket = await connect(peerId, token);
		expect(socket.texts).toEqual([
			JSON.stringify({ type: 'ERROR', payload: { msg: 'The ticket is not valid.' } })
		]);
		expect(await socket.closed).toBe(1008);
	}
	await talk();
});
