import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { median } from '../../scripts/bench/statistics.ts';
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

function open(person: Person): LiveClient {
	const client = openClient(world.url, person);
	clients.push(client);
	return client;
}

/** A person in a room, with what they see. */
function enter(person: Person, lesson: Lesson, options: { seated?: boolean; seatId?: string } = {}) {
	const client = open(person);
	return { client, person, live: client.followLive(lesson, options), log: client.followLog(lesson) };
}

const names = (people: { name: string }[]) => people.map((person) => person.name).sort();
const types = (entries: { type: string }[]) => entries.map((entry) => entry.type);

describe('the lobby', () => {
	test('[L2] an arrival shows on both sides and is an entry of the log', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		await until(() => expect(names(mentor.live.people())).toEqual(['Grace Hopper']));
		const learner = enter(lesson.learners[0]!, lesson);
		for (const { live } of [mentor, learner])
			await until(() => expect(names(live.people())).toEqual(['Alan Turing', 'Grace Hopper']));
		await until(() => expect(types(mentor.log.got)).toEqual(['mentor.join', 'learner.join']));
		const [first, second] = mentor.live.people().sort((a, b) => a.arrival - b.arrival);
		expect(first?.userId).toBe(lesson.mentor.id);
		expect(second?.arrival).toBeGreaterThan(first!.arrival);
	});

	test('[L4] whoever only watches is not there', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const watching = enter(lesson.learners[0]!, lesson, { seated: false });
		await until(() => expect(names(watching.live.people())).toEqual(['Grace Hopper']));
		expect(names(mentor.live.people())).toEqual(['Grace Hopper']);
		expect(await world.attendance(lesson)).toHaveLength(1);
	});
});

describe('leaving', () => {
	test('[T8] with a goodbye over the socket the others know at once', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const learner = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		const { roomCode } = lesson;
		const { seatId } = learner.live;
		const at = Date.now();
		await learner.client.trpc.room.leaveSeat.mutate({ roomCode, seatId });
		await until(() => expect(mentor.live.people()).toHaveLength(1));
		// Long before a lost connection would be given up.
		expect(Date.now() - at).toBeLessThan(5_000);
		await until(() => expect(mentor.log.got.at(-1)?.type).toBe('learner.leave'));
		expect(mentor.log.got.at(-1)?.payload).toEqual({ reason: 'goodbye' });
		// Saying it twice changes nothing.
		expect(await outcome(learner.client.trpc.room.leaveSeat.mutate({ roomCode, seatId }))).toBe('ok');
		expect(types(await world.log(lesson)).filter((type) => type === 'learner.leave')).toHaveLength(1);
	});

	test('[T8] with a beacon of the closing page the others know at once', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const learner = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		const answer = await request(world.url, `${lesson.path}/goodbye`, learner.person, {
			method: 'POST',
			body: learner.live.seatId,
			headers: { 'content-type': 'text/plain;charset=UTF-8' }
		});
		expect(answer.status).toBe(204);
		await until(() => expect(mentor.live.people()).toHaveLength(1));
	});

	test('[T8] a lost connection is “away” first; who comes back in time keeps the seat', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const learner = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		// A client that comes back at once may do so before anybody was told: this one stays away until they are.
		learner.client.cut();
		await learner.client.close();
		await until(() => expect(mentor.live.got.some(isAway)).toBe(true));
		enter(learner.person, lesson, { seatId: learner.live.seatId });
		await until(() => expect(mentor.live.people().every(({ state }) => state === 'here')).toBe(true));
		expect(types(await world.log(lesson)).sort()).toEqual(['learner.join', 'mentor.join']);
		expect(await world.attendance(lesson)).toHaveLength(2);
	});

	test('[T8] a crash is a departure within 15 s', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const learner = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		const at = Date.now();
		await learner.client.close();
		await until(() => expect(mentor.live.people()).toHaveLength(1));
		expect(Date.now() - at).toBeLessThan(15_000);
		const lost = { reason: 'lost', since: expect.any(Number) };
		await until(() => expect(mentor.log.got.at(-1)?.payload).toEqual(lost));
		const { since } = mentor.log.got.at(-1)?.payload as { since: number };
		expect(Math.abs(since - at)).toBeLessThan(3_000);
		// Whoever of the two came first.
		const stays = await world.attendance(lesson);
		expect(stays.find(({ userId }) => userId === lesson.learners[0]!.id)?.leftAt).toBeInstanceOf(Date);
	});

	function isAway(message: { type: string; participants?: { state: string }[] }): boolean {
		return message.participants?.some(({ state }) => state === 'away') ?? false;
	}
});

describe('seats', () => {
	test('[T9] the newest tab takes the seat, the first hears of it, and may take it back', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const first = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		const second = enter(lesson.learners[0]!, lesson);
		await until(() => expect(first.live.got).toContainEqual({ type: 'seatTaken' }));
		await until(() => {
			expect(mentor.live.people().map(({ seatId }) => seatId)).toContain(second.live.seatId);
			expect(mentor.live.people()).toHaveLength(2);
		});
		const { roomCode } = lesson;
		const update = { roomCode, seatId: first.live.seatId, handRaised: true };
		expect(await outcome(first.client.trpc.room.update.mutate(update))).toBe('seat-taken');
		// Nobody left and nobody came.
		expect(types(await world.log(lesson)).sort()).toEqual(['learner.join', 'mentor.join']);

		first.live.stop();
		const again = first.client.followLive(lesson);
		await until(() => expect(second.live.got).toContainEqual({ type: 'seatTaken' }));
		await until(() => expect(mentor.live.people().map(({ seatId }) => seatId)).toContain(again.seatId));
	});

	test('[C5] [M1] media states and raised hands reach the other side within 300 ms', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const learner = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		const seen = () => mentor.live.people().find(({ userId }) => userId === learner.person.id);
		const delays: number[] = [];
		for (const on of [true, false, true, false, true]) {
			const state = { media: { microphone: on, camera: !on, screen: on }, handRaised: on };
			const at = Date.now();
			await learner.client.trpc.room.update.mutate({
				...{ roomCode: lesson.roomCode, seatId: learner.live.seatId, ...state }
			});
			await until(() => expect(seen()).toMatchObject(state));
			delays.push(Date.now() - at);
		}
		// The middle one is what people feel: a single one may meet whatever else this machine does.
		expect(median(delays)).toBeLessThan(300);
	});

	test('[C2] each says how large they show whom, and what does not fit is refused', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const learner = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		const seat = { roomCode: lesson.roomCode, seatId: learner.live.seatId };
		const shows = { [mentor.person.id]: 'thumb' as const };
		const { update } = learner.client.trpc.room;
		await update.mutate({ ...seat, shows });
		const seen = () => mentor.live.people().find(({ userId }) => userId === learner.person.id)?.shows;
		await until(() => expect(seen()).toEqual(shows));
		await update.mutate({ ...seat, handRaised: true });
		await until(() => expect(mentor.live.people().some(({ handRaised }) => handRaised)).toBe(true));
		expect(seen()).toEqual(shows);
		const crowd = Object.fromEntries(Array.from({ length: 17 }, (_, nth) => [`someone-${nth}`, 'thumb']));
		for (const wrong of [{ [mentor.person.id]: 'huge' }, { 'not an id!': 'thumb' }, crowd])
			await expect(update.mutate({ ...seat, shows: wrong as typeof shows })).rejects.toThrow();
		expect(seen()).toEqual(shows);
	});

	test('[E1] nobody changes or gives back the seat of somebody else', async () => {
		const lesson = await world.classroom();
		const mentor = enter(lesson.mentor, lesson);
		const learner = enter(lesson.learners[0]!, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(2));
		const { roomCode } = lesson;
		const { seatId } = mentor.live;
		const { room } = learner.client.trpc;
		expect(await outcome(room.update.mutate({ roomCode, seatId, handRaised: true }))).toBe('no-seat');
		expect(await outcome(room.callTicket.query({ roomCode, seatId }))).toBe('no-seat');
		await room.leaveSeat.mutate({ roomCode, seatId });
		await request(world.url, `${lesson.path}/goodbye`, learner.person, { method: 'POST', body: seatId });
		expect(types(await world.log(lesson)).sort()).toEqual(['learner.join', 'mentor.join']);
		expect(mentor.live.people()).toHaveLength(2);
	});

	test('[C2] a further member is told that the room is full, until somebody leaves', async () => {
		const lesson = await world.classroom({ names: ['Mentor', 'Ann', 'Ben', 'Cem', 'Dora'] });
		const seated = [lesson.mentor, ...lesson.learners.slice(0, 3)].map((person) => enter(person, lesson));
		await until(() => expect(seated[0]!.live.people()).toHaveLength(4));
		const dora = lesson.learners[3]!;
		const late = enter(dora, lesson);
		await until(() => expect(late.live.refused()).toBe('room-full'));
		expect(seated[0]!.live.people()).toHaveLength(4);
		// The chat is there for every member.
		expect(late.log.refused()).toBeNull();

		const { live, client } = seated[3]!;
		await client.trpc.room.leaveSeat.mutate({ roomCode: lesson.roomCode, seatId: live.seatId });
		const again = late.client.followLive(lesson);
		await until(() => expect(names(again.people())).toEqual(['Ann', 'Ben', 'Dora', 'Mentor']));
	});

	test('[C2] learners alone cannot fill the room: one place is kept for the mentor', async () => {
		const lesson = await world.classroom({ names: ['Mentor', 'Ann', 'Ben', 'Cem', 'Dora'] });
		const seated = lesson.learners.slice(0, 3).map((person) => enter(person, lesson));
		await until(() => expect(seated[0]!.live.people()).toHaveLength(3));
		const fourth = enter(lesson.learners[3]!, lesson);
		await until(() => expect(fourth.live.refused()).toBe('room-full'));
		const mentor = enter(lesson.mentor, lesson);
		await until(() => expect(mentor.live.people()).toHaveLength(4));
	});
});
