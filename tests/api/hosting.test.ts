import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createId } from '../../src/lib/server/ids.ts';
import type { LiveMessage } from '../../src/lib/shared/live.ts';
import type { CallTicket } from '../../src/lib/shared/roomState.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

let world: World;
const clients: LiveClient[] = [];

beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await Promise.all(clients.map((client) => client.close()));
	await world.close();
});

function enter(person: Person, lesson: Lesson) {
	const client = openClient(world.url, person);
	clients.push(client);
	const live = client.followLive(lesson);
	const { company, room } = client.trpc;
	return { person, client, live, company, room, from: { roomCode: lesson.roomCode, seatId: live.seatId } };
}

/** A running lesson of a mentor and two learners, everybody seated. */
async function lessonOn() {
	const lesson = await world.classroom({ names: ['Grace Hopper', 'Alan Turing', 'Ada Lovelace'] });
	const [mentor, alan, ada] = [lesson.mentor, ...lesson.learners].map((person) => enter(person, lesson)) as [
		ReturnType<typeof enter>,
		ReturnType<typeof enter>,
		ReturnType<typeof enter>
	];
	await until(() => expect(mentor.live.people()).toHaveLength(3));
	await mentor.room.start.mutate({ roomCode: lesson.roomCode });
	const removal = (person: Person) => ({
		roomCode: lesson.roomCode,
		clientId: createId(),
		userId: person.id
	});
	return { lesson, mentor, alan, ada, removal };
}

const of = <T extends LiveMessage['type']>(got: LiveMessage[], type: T) =>
	got.filter((message): message is LiveMessage & { type: T } => message.type === type);

describe('asking', () => {
	test('[C2] [E1] only the mentor’s own seat asks, and only the pages that are meant hear it', async () => {
		const { mentor, alan, ada } = await lessonOn();
		const ask = { what: 'mute', userId: alan.person.id } as const;
		expect(await mentor.company.ask.mutate({ ...mentor.from, ...ask })).toEqual({ asked: 1 });
		await until(() => expect(of(alan.live.got, 'hostRequest')).toHaveLength(1));
		expect(of(alan.live.got, 'hostRequest')[0]).toEqual({
			type: 'hostRequest',
			what: 'mute',
			fromUserId: mentor.person.id
		});
		expect(of(ada.live.got, 'hostRequest')).toEqual([]);
		// With a seat that is not theirs, or to somebody who is not here.
		const foreign = mentor.company.ask.mutate({ ...mentor.from, seatId: ada.live.seatId, ...ask });
		expect(await outcome(foreign)).toBe('no-seat');
		expect(await outcome(alan.company.ask.mutate({ ...alan.from, ...ask }))).toBe('not-mentor');
		expect(await mentor.company.ask.mutate({ ...mentor.from, what: 'mute', userId: createId() })).toEqual({
			asked: 0
		});
		// There is no word for unmuting.
		const unmute = { ...mentor.from, what: 'unmute', userId: alan.person.id } as never;
		expect(await outcome(mentor.company.ask.mutate(unmute))).toBe('bad-input');
	});

	test('[S3] too many requests are refused, and the room goes on', async () => {
		const { mentor, alan } = await lessonOn();
		const calls = Array.from({ length: 40 }, () =>
			outcome(mentor.company.ask.mutate({ ...mentor.from, what: 'lowerHand', userId: null }))
		);
		const answers = await Promise.all(calls);
		expect(answers.filter((answer) => answer === 'ok').length).toBeLessThanOrEqual(25);
		expect(answers).toContain('too-many');
		expect(of(alan.live.got, 'hostRequest').length).toBeLessThanOrEqual(25);
	});
});

describe('removing', () => {
	test('[C2] [E1] sockets, calls and files are closed to who was removed, until they are let in again', async () => {
		const { lesson, mentor, alan, ada, removal } = await lessonOn();
		const { roomCode } = lesson;
		const log = alan.client.followLog(lesson);
		const board: string[] = [];
		alan.client.trpc.board.follow.subscribe(
			{ roomCode },
			{ onError: (error) => board.push((error.data as { reason: string }).reason) }
		);
		const ticket = await alan.room.callTicket.query(alan.from);
		const peer = await connect(ticket);
		await until(() => expect(log.got.map(({ type }) => type)).toContain('session.start'));

		await mentor.company.remove.mutate(removal(alan.person));
		await until(() =>
			expect([alan.live.refused(), log.refused(), ...board]).toEqual(Array(3).fill('removed'))
		);
		await until(() => expect(ada.live.people().map(({ name }) => name)).not.toContain('Alan Turing'));
		await until(() => expect(peer.readyState).toBe(WebSocket.CLOSED));
		for (const attempt of [
			alan.room.say.mutate({ roomCode, clientId: createId(), text: 'Still here' }),
			alan.room.signal.mutate({ ...alan.from, toSeatId: ada.live.seatId, data: 'offer' }),
			alan.room.callTicket.query(alan.from),
			alan.company.react.mutate({ ...alan.from, reaction: 'clap' })
		])
			expect(await outcome(attempt)).toBe('removed');
		const again = alan.client.followLive(lesson);
		await until(() => expect(again.refused()).toBe('removed'));
		expect((await request(world.url, `${lesson.path}/board?page=p1`, alan.person)).status).toBe(403);
		expect(await alan.room.state.query({ roomCode })).toMatchObject({ removed: true });
		expect(
			(await world.log(lesson)).filter(({ actorId }) => actorId === alan.person.id).at(-1)
		).toMatchObject({
			type: 'learner.leave',
			payload: { reason: 'removed' }
		});

		await mentor.company.readmit.mutate(removal(alan.person));
		expect(await alan.room.state.query({ roomCode })).toMatchObject({ removed: false });
		alan.client.followLive(lesson);
		await until(() => expect(ada.live.people().map(({ name }) => name)).toContain('Alan Turing'));
	});

	test('[S4] an old ticket is worth nothing any more', async () => {
		const { mentor, alan, ada, removal } = await lessonOn();
		const [his, hers] = [
			await alan.room.callTicket.query(alan.from),
			await ada.room.callTicket.query(ada.from)
		];
		await mentor.company.remove.mutate(removal(alan.person));
		// Signed, and not too old.
		const here = await connect(his);
		await until(() => expect(here.readyState).toBe(WebSocket.CLOSED));
		const there = await connect(hers);
		expect(there.readyState).toBe(WebSocket.OPEN);
		there.close();
	});

	test('[F2] [F6] it outlives a restart, and the recap stays theirs', async () => {
		const { lesson, mentor, alan, removal } = await lessonOn();
		await mentor.company.remove.mutate(removal(alan.person));
		await world.restart(async () => undefined);
		expect(
			await outcome(alan.room.say.mutate({ roomCode: lesson.roomCode, clientId: createId(), text: 'x' }))
		).toBe('removed');
		await mentor.room.end.mutate({ roomCode: lesson.roomCode });
		expect(await alan.room.state.query({ roomCode: lesson.roomCode })).toMatchObject({ removed: false });
		expect((await request(world.url, `${lesson.path}/recap`, alan.person)).status).toBe(200);
		expect(await world.ledger(lesson)).toMatchObject([{ amountMinor: 3_500 }]);
		expect(await outcome(mentor.company.remove.mutate(removal(alan.person)))).toBe('session-over');
	});
});

describe('reactions and captions', () => {
	test('[S3] they reach the others as they are, within their rates, and are kept nowhere', async () => {
		const { lesson, mentor, alan, ada } = await lessonOn();
		const before = await world.log(lesson);
		const many = Array.from({ length: 30 }, () =>
			outcome(alan.company.react.mutate({ ...alan.from, reaction: 'party' }))
		);
		const answers = await Promise.all(many);
		expect(answers).toContain('too-many');
		await until(() => expect(of(ada.live.got, 'reaction').length).toBeGreaterThan(0));
		expect(of(ada.live.got, 'reaction').length).toBeLessThanOrEqual(10);
		expect(of(alan.live.got, 'reaction')).toEqual([]);

		const caption = { utterance: 1, text: '<b>\u202e =1+1\0', final: true };
		await ada.company.caption.mutate({ ...ada.from, caption });
		await until(() => expect(of(mentor.live.got, 'caption')).toHaveLength(1));
		expect(of(mentor.live.got, 'caption')[0]?.caption).toEqual({ ...caption, text: '<b>\u202e =1+1' });
		for (const wrong of [
			{ ...caption, text: 'x'.repeat(301) },
			{ ...caption, text: '' },
			{ ...caption, utterance: -1 },
			{ ...caption, html: true }
		])
			expect(await outcome(ada.company.caption.mutate({ ...ada.from, caption: wrong }))).toBe('bad-input');
		const wrong = { ...ada.from, reaction: '👎' } as never;
		expect(await outcome(ada.company.react.mutate(wrong))).toBe('bad-input');
		expect(await world.log(lesson)).toEqual(before);
	});

	test('[E1] without a seat, before the start and after the end there is nothing to pass on', async () => {
		const lesson = await world.classroom();
		const alan = enter(lesson.learners[0]!, lesson);
		await until(() => expect(alan.live.people()).toHaveLength(1));
		const react = () => outcome(alan.company.react.mutate({ ...alan.from, reaction: 'clap' }));
		expect(await react()).toBe('not-live');
		const mentor = enter(lesson.mentor, lesson);
		await mentor.room.start.mutate({ roomCode: lesson.roomCode });
		expect(await react()).toBe('ok');
		await alan.room.leaveSeat.mutate(alan.from);
		expect(await react()).toBe('no-seat');
		await mentor.room.end.mutate({ roomCode: lesson.roomCode });
		expect(await react()).toBe('session-over');
	});
});

/** An open connection to the PeerServer. */
async function connect({ peerId, token }: CallTicket): Promise<WebSocket> {
	const query = new URLSearchParams({ key: 'peerjs', id: peerId, token, version: '1.5.5' });
	const socket = new WebSocket(`${world.url.replace('http', 'ws')}/peerjs?${query}`, {
		headers: { origin: world.url }
	});
	await once(socket, 'message');
	return socket;
}
