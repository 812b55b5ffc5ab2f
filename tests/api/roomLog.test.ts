import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import type { RoomEvent } from '../../src/lib/shared/roomEvents.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
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

const say = (client: LiveClient, { roomCode }: Lesson, text: string, clientId = createId()) =>
	client.trpc.room.say.mutate({ roomCode, clientId, text });
const seqs = (entries: { seq: number }[]) => entries.map((entry) => entry.seq);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const texts = (entries: RoomEvent[]) =>
	entries.flatMap((entry) => (entry.type === 'chat.message' ? [entry.payload.text] : []));

describe('reading', () => {
	test('[T3] late joiners get everything from the start, in order', async () => {
		const lesson = await world.classroom();
		const mentor = open(lesson.mentor);
		for (const text of ['one', 'two', 'three']) await say(mentor, lesson, text);
		const late = open(lesson.learners[0]!).followLog(lesson);
		await until(() => expect(texts(late.got)).toEqual(['one', 'two', 'three']));
		expect(seqs(late.got)).toEqual([1, 2, 3]);
	});

	test('[T3] `after` gives only what came later', async () => {
		const lesson = await world.classroom();
		const mentor = open(lesson.mentor);
		for (const text of ['one', 'two', 'three']) await say(mentor, lesson, text);
		const rest = mentor.followLog(lesson, 2);
		await until(() => expect(texts(rest.got)).toEqual(['three']));
	});

	test('[T3] cut again and again while many write: nothing missing, nothing twice, the same for all', async () => {
		const names = ['Maya', 'Ann', 'Ben', 'Cem'];
		const lesson = await world.classroom({ names });
		const readers = [lesson.mentor, ...lesson.learners].map(open);
		const followed = readers.map((reader) => reader.followLog(lesson));
		const writers = [lesson.mentor, ...lesson.learners].map(open);
		const EACH = 60;
		const writing = writers.map(async (writer, w) => {
			for (let n = 0; n < EACH; n += 1) await say(writer, lesson, `${w}-${n}`);
		});
		let busy = true;
		const all = Promise.all(writing).then(() => (busy = false));
		// Every few entries the connection of another reader breaks.
		for (let cut = 0; busy; cut += 1) {
			const before = followed[cut % readers.length]!.got.length;
			await until(() => expect(!busy || followed[cut % readers.length]!.got.length > before + 5).toBe(true));
			readers[cut % readers.length]!.cut();
		}
		await all;
		const total = EACH * writers.length;
		for (const { got } of followed) await until(() => expect(got).toHaveLength(total));
		for (const { got } of followed) {
			expect(seqs(got)).toEqual(upTo(total));
			expect(got).toEqual(followed[0]!.got);
		}
		expect(seqs(await world.log(lesson))).toEqual(upTo(total));
		expect(new Set(texts(followed[0]!.got)).size).toBe(total);
		// What one person wrote stays in the order of writing.
		for (let w = 0; w < writers.length; w += 1) {
			const own = texts(followed[0]!.got).filter((text) => text.startsWith(`${w}-`));
			expect(own).toEqual(Array.from({ length: EACH }, (_, n) => `${w}-${n}`));
		}
	});

	test('[E1] entries carry the person the server knows, whatever the browser says', async () => {
		const lesson = await world.classroom();
		const learner = open(lesson.learners[0]!);
		const forged = { roomCode: lesson.roomCode, clientId: createId(), text: 'hi', actorId: lesson.mentor.id };
		expect(await outcome(learner.trpc.room.say.mutate(forged))).toBe('bad-input');
		await say(learner, lesson, 'hi');
		const [entry] = await world.log(lesson);
		expect(entry?.actorId).toBe(lesson.learners[0]!.id);
	});
});

describe('writing', () => {
	test('[B8] the same message 50 times in parallel is one entry, and all get it as their answer', async () => {
		const lesson = await world.classroom();
		const writer = open(lesson.learners[0]!);
		const clientId = createId();
		const answers = await Promise.all(upTo(50).map(() => say(writer, lesson, 'once', clientId)));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(await world.log(lesson)).toHaveLength(1);
	});

	test('[B8] another text under the same id: the first stays, the second is a conflict', async () => {
		const lesson = await world.classroom();
		const writer = open(lesson.learners[0]!);
		const clientId = createId();
		await say(writer, lesson, 'first', clientId);
		expect(await outcome(say(writer, lesson, 'second', clientId))).toBe('id-conflict');
		expect(await outcome(say(open(lesson.mentor), lesson, 'first', clientId))).toBe('id-conflict');
		expect((await world.log(lesson)).map((entry) => entry.payload)).toEqual([{ text: 'first' }]);
	});

	test('[X1] 2,000 characters are a message, 2,001 and nothing are not', async () => {
		const lesson = await world.classroom();
		const writer = open(lesson.learners[0]!);
		expect(await outcome(say(writer, lesson, 'x'.repeat(2_000)))).toBe('ok');
		expect(await outcome(say(writer, lesson, 'x'.repeat(2_001)))).toBe('bad-input');
		expect(await outcome(say(writer, lesson, ' \n '))).toBe('bad-input');
		expect(await world.log(lesson)).toHaveLength(1);
	});

	test('[B4] hostile text comes back exactly as text', async () => {
		const lesson = await world.classroom();
		const writer = open(lesson.learners[0]!);
		const reader = open(lesson.mentor).followLog(lesson);
		const hostile = [
			'<script>alert(1)</script>',
			'javascript:alert(1)',
			"'; drop table room_log; --",
			'\u202Egnp.exe',
			'{"__proto__":{"admin":true}}',
			`a${'\u0316'.repeat(8)}`,
			'👩‍👩‍👧‍👦 مرحبا שלום'
		];
		for (const text of hostile) await say(writer, lesson, text);
		await until(() => expect(texts(reader.got)).toEqual(hostile));
		// What no database keeps is taken out: NUL, and halves of characters. And what would cover the messages around it.
		const answer = await say(writer, lesson, `a\0b\ud800c${'\u0316'.repeat(1_900)}`);
		expect(answer.payload).toEqual({ text: `ab\ufffdc${'\u0316'.repeat(8)}` });
	});

	test('[X1] a lesson that is over takes no more messages', async () => {
		const lesson = await world.classroom({ startsIn: -1 });
		const mentor = open(lesson.mentor);
		await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
		await mentor.trpc.room.end.mutate({ roomCode: lesson.roomCode });
		expect(await outcome(say(mentor, lesson, 'too late'))).toBe('session-over');
	});
});
