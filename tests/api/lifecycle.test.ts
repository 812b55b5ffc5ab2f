import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
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

const start = (client: LiveClient, { roomCode }: Lesson) => client.trpc.room.start.mutate({ roomCode });
const end = (client: LiveClient, { roomCode }: Lesson) => client.trpc.room.end.mutate({ roomCode });
const extend = (client: LiveClient, { roomCode }: Lesson, minutes: 5 | 10 | 15, clientId = createId()) =>
	client.trpc.room.extend.mutate({ roomCode, clientId, minutes });
const types = (entries: { type: string }[]) => entries.map((entry) => entry.type);

/** Mentor and first learner in the lobby, with what they hear. */
async function inLobby(plan: Parameters<World['classroom']>[0] = {}) {
	const lesson = await world.classroom(plan);
	const mentor = open(lesson.mentor);
	const learner = open(lesson.learners[0]!);
	const log = learner.followLog(lesson);
	const live = mentor.followLive(lesson);
	learner.followLive(lesson);
	await until(() => expect(live.people()).toHaveLength(2));
	return { lesson, mentor, learner, log, live };
}

describe('start', () => {
	test('[L3] from 15 minutes before the scheduled start, not earlier', async () => {
		const early = await world.classroom({ startsIn: 15 * 60 + 30 });
		const mentor = open(early.mentor);
		expect(await outcome(start(mentor, early))).toBe('too-early');
		expect((await world.session(early)).status).toBe('scheduled');
		const soon = await world.lesson({ ...early, startsIn: 15 * 60 - 5 });
		expect(await outcome(start(mentor, soon))).toBe('ok');
		expect((await world.session(soon)).status).toBe('live');
	});

	test('[L3] only the mentor; everybody in the lobby hears of it', async () => {
		const { lesson, mentor, learner, log } = await inLobby();
		expect(await outcome(start(learner, lesson))).toBe('not-mentor');
		expect((await world.session(lesson)).status).toBe('scheduled');
		await start(mentor, lesson);
		await until(() => expect(types(log.got)).toContain('session.start'));
	});

	test('[L3] twice, and ten times at once, is one start', async () => {
		const lesson = await world.classroom();
		const mentor = open(lesson.mentor);
		const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcome(start(mentor, lesson))));
		expect(new Set(outcomes)).toEqual(new Set(['ok']));
		expect(types(await world.log(lesson))).toEqual(['session.start']);
	});

	test('[L3] not after the scheduled end', async () => {
		const lesson = await world.classroom({ startsIn: -60, lasts: 61 });
		await until(async () => expect((await world.session(lesson)).endsAt.getTime()).toBeLessThan(Date.now()));
		expect(['too-late', 'session-over']).toContain(await outcome(start(open(lesson.mentor), lesson)));
	});

	test('[F9] a session whose end passes without a start is missed, and nothing is earned', async () => {
		const { lesson, live } = await inLobby({ startsIn: -60 });
		const endsAt = await world.endsIn(lesson, 1);
		await until(async () => expect((await world.session(lesson)).status).toBe('missed'));
		// By the server's own clock: what is to be told is due at the moment of the change.
		const notify = (await world.jobs(lesson)).find(({ kind }) => kind === 'notify-missed');
		expect(notify!.dueAt.getTime() - endsAt.getTime()).toBeLessThan(2_000);
		expect(await world.ledger(lesson)).toEqual([]);
		expect((await world.attendance(lesson)).map(({ leftAt }) => leftAt !== null)).toEqual([true, true]);
		await until(() => expect(live.people()).toEqual([]));
	});
});

describe('extend', () => {
	test('[M2] by 5, 10 or 15 minutes, by the mentor, while it is live; a repeat counts once', async () => {
		const { lesson, mentor, learner, log } = await inLobby();
		const { endsAt } = await world.session(lesson);
		expect(await outcome(extend(mentor, lesson, 5))).toBe('not-live');
		await start(mentor, lesson);
		expect(await outcome(extend(learner, lesson, 5))).toBe('not-mentor');
		expect(await outcome(extend(mentor, lesson, 7 as 5))).toBe('bad-input');
		const clientId = createId();
		await Promise.all([1, 2, 3].map(() => extend(mentor, lesson, 10, clientId)));
		await extend(mentor, lesson, 5);
		const later = endsAt.getTime() + 15 * 60_000;
		expect((await world.session(lesson)).endsAt.getTime()).toBe(later);
		await until(() => expect(log.got.at(-1)?.payload).toEqual({ minutes: 5, endsAt: later }));
		expect(await outcome(extend(mentor, lesson, 15, clientId))).toBe('id-conflict');
	});
});

describe('the end', () => {
	test('[F1] [F2] by the mentor: one end with log entry, duration, earning and follow-up work', async () => {
		const { lesson, mentor, learner, log, live } = await inLobby({ priceMinor: 4_200 });
		await start(mentor, lesson);
		expect(await outcome(end(learner, lesson))).toBe('not-mentor');
		await end(mentor, lesson);
		await until(() => expect(log.got.at(-1)?.type).toBe('session.end'));
		const session = await world.session(lesson);
		expect(session).toMatchObject({ status: 'completed', endReason: 'mentor' });
		const seconds = Math.round((session.endedAt!.getTime() - session.startedAt!.getTime()) / 1_000);
		expect(session.durationSeconds).toBe(seconds);
		expect(log.got.at(-1)?.payload).toEqual({ reason: 'mentor', durationSeconds: seconds });
		expect(await world.ledger(lesson)).toMatchObject([{ amountMinor: 4_200, mentorId: lesson.mentor.id }]);
		const jobs = await world.jobs(lesson);
		expect(jobs.map(({ kind }) => kind)).toEqual([
			'analytics',
			'notify-end',
			'rating-reminder',
			'rating-reminder'
		]);
		const reminder = jobs.find(({ kind }) => kind === 'rating-reminder')!;
		expect(reminder.dueAt.getTime() - session.endedAt!.getTime()).toBe(5 * 60_000);
		await until(() => expect(live.people()).toEqual([]));
		expect((await world.attendance(lesson)).every(({ leftAt }) => leftAt !== null)).toBe(true);
	});

	test('[F1] ten ends at once and an end after the end meet in exactly one', async () => {
		const { lesson, mentor } = await inLobby();
		await start(mentor, lesson);
		const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcome(end(mentor, lesson))));
		expect(new Set(outcomes)).toEqual(new Set(['ok']));
		expect(await outcome(end(mentor, lesson))).toBe('ok');
		expect(types(await world.log(lesson)).filter((type) => type === 'session.end')).toHaveLength(1);
		expect(await world.ledger(lesson)).toHaveLength(1);
	});

	test('[F1] [F2] the server ends a lesson of a few seconds within 2 s of its scheduled end', async () => {
		const { lesson, mentor, log } = await inLobby({ startsIn: -10 });
		await start(mentor, lesson);
		const endsAt = await world.endsIn(lesson, 1);
		await until(() => expect(log.got.at(-1)?.type).toBe('session.end'));
		// By the server's own clock: when this test is told is no matter of the schedule.
		const late = log.got.at(-1)!.at - endsAt.getTime();
		expect(late).toBeGreaterThanOrEqual(0);
		expect(late).toBeLessThan(2_000);
		const session = await world.session(lesson);
		expect(session).toMatchObject({ status: 'completed', endReason: 'time', endedAt: endsAt });
		expect(await world.ledger(lesson)).toMatchObject([{ amountMinor: 3_500 }]);
		expect((await world.jobs(lesson)).map(({ kind }) => kind)).toContain('notify-end');
		// The work that is due at once is done by itself, and once.
		const { tables, db } = world.store;
		const told = () =>
			db.select().from(tables.notifications).where(eq(tables.notifications.userId, lesson.learners[0]!.id));
		await until(async () => expect(await told()).toMatchObject([{ kind: 'session-ended' }]));
	});

	test('[F1] an extension moves the automatic end', async () => {
		const { lesson, mentor } = await inLobby({ startsIn: -10 });
		await start(mentor, lesson);
		const endsAt = await world.endsIn(lesson, 3);
		await extend(mentor, lesson, 5);
		await until(() => expect(Date.now()).toBeGreaterThan(endsAt.getTime() + 2_000));
		expect((await world.session(lesson)).status).toBe('live');
		await end(mentor, lesson);
	});

	test('[F2] [F8] without a learner in the live session nothing is earned, and one entry says so', async () => {
		const lesson = await world.classroom();
		const mentor = open(lesson.mentor);
		const live = mentor.followLive(lesson);
		await until(() => expect(live.people()).toHaveLength(1));
		await start(mentor, lesson);
		await end(mentor, lesson);
		expect(await world.ledger(lesson)).toMatchObject([{ amountMinor: 0 }]);
	});

	test('[F1] a learner leaving is not an end', async () => {
		const { lesson, mentor, learner, live } = await inLobby();
		await start(mentor, lesson);
		const { seatId } = live.people().find(({ role }) => role === 'learner')!;
		await learner.trpc.room.leaveSeat.mutate({ roomCode: lesson.roomCode, seatId });
		expect((await world.session(lesson)).status).toBe('live');
		await end(mentor, lesson);
	});
});

describe('afterwards', () => {
	test('[F3] [F4] feedback is saved, by whom it concerns, once a pair, and may be changed until it is shown', async () => {
		const { lesson, mentor, learner } = await inLobby();
		const { roomCode } = lesson;
		const [mentorId, learnerId] = [lesson.mentor.id, lesson.learners[0]!.id];
		const rate = (client: LiveClient, rateeId: string, stars: number, comment = '') =>
			outcome(client.trpc.feedback.save.mutate({ roomCode, ratings: [{ rateeId, stars, comment }] }));
		await start(mentor, lesson);
		expect(await rate(learner, mentorId, 5)).toBe('not-over');
		await end(mentor, lesson);
		expect(await rate(learner, mentorId, 4, 'Clear')).toBe('ok');
		expect(await rate(learner, mentorId, 5, 'Very clear')).toBe('ok');
		expect(await rate(learner, learnerId, 5)).toBe('bad-input');
		for (const stars of [0, 6, 2.5]) expect(await rate(learner, mentorId, stars)).toBe('bad-input');
		expect(await rate(learner, mentorId, 5, 'x'.repeat(2_001))).toBe('bad-input');
		expect(await learner.trpc.feedback.mine.query({ roomCode })).toMatchObject([
			{
				person: { userId: mentorId },
				mine: { stars: 5, comment: 'Very clear', connectionToBlame: null, revealed: false },
				theirs: null
			}
		]);
		expect(await rate(mentor, learnerId, 3)).toBe('ok');
		expect(await rate(learner, mentorId, 1)).toBe('rating-revealed');
		expect(await world.ratings(lesson)).toHaveLength(2);
	});

	test('[E2] [F6] the room leads to the recap, for both, and the recap shows the lesson', async () => {
		const { lesson, mentor, learner } = await inLobby();
		await start(mentor, lesson);
		const before = await request(world.url, `${lesson.path}/recap`, lesson.mentor);
		expect(before.headers.get('location')).toBe(lesson.path);
		await learner.trpc.room.say.mutate({
			roomCode: lesson.roomCode,
			clientId: createId(),
			text: 'See you <3'
		});
		await end(mentor, lesson);
		for (const person of [lesson.mentor, lesson.learners[0]!]) {
			const room = await request(world.url, lesson.path, person);
			expect(room.status).toBe(303);
			expect(room.headers.get('location')).toBe(`${lesson.path}/recap`);
			const recap = await request(world.url, `${lesson.path}/recap`, person);
			expect(recap.status).toBe(200);
			const html = await recap.text();
			expect(html).toMatch(/<title>Recap: [^<]+ – PeerLearn<\/title>/);
			expect(html).toContain(lesson.title);
			expect(html).toContain('See you &lt;3');
		}
	});
});
