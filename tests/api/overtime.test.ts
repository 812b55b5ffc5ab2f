import { afterAll, beforeAll, expect, test } from 'vitest';
import { TRPCClientError } from '@trpc/client';
import { createId } from '../../src/lib/server/ids.ts';
import { openClient, outcome } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { startWorld, type Lesson, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

/** A lesson that runs, with the sessions that follow it; minutes from its end. */
async function followedBy(plan: (lesson: Lesson, lasts: number) => Promise<Lesson>) {
	const lesson = await world.classroom({ startsIn: -60, lasts: 1_200 });
	const next = await plan(lesson, 1_140);
	const mentor = openClient(world.url, lesson.mentor);
	await mentor.trpc.room.start.mutate({ roomCode: lesson.roomCode });
	const { endsAt } = await world.session(lesson);
	const startsAt = (await world.session(next)).startsAt.getTime();
	const extend = (minutes: 5 | 10 | 15, clientId: string, overlapAccepted?: boolean) =>
		mentor.trpc.room.extend.mutate({ roomCode: lesson.roomCode, clientId, minutes, overlapAccepted });
	return { lesson, mentor, endsAt: endsAt.getTime(), startsAt, extend };
}

test('[M2] overtime into the mentor’s next session is refused with its time, until the mentor means it', async () => {
	const { lesson, mentor, endsAt, startsAt, extend } = await followedBy(async ({ mentor }, left) =>
		world.lesson({ mentor, learners: [await world.person('learner')], startsIn: left + 480, lasts: 60 })
	);
	expect((await mentor.trpc.room.state.query({ roomCode: lesson.roomCode })).nextStartsAt).toBe(startsAt);
	const id = createId();
	const refused = await extend(10, id).catch((error: unknown) => error);
	expect(refused).toBeInstanceOf(TRPCClientError);
	expect((refused as TRPCClientError<never>).data).toMatchObject({
		reason: 'overlaps-next',
		next: [{ userId: lesson.mentor.id, startsAt }]
	});
	expect((await world.session(lesson)).endsAt.getTime()).toBe(endsAt);
	// Up to its start is nobody's business.
	expect(await outcome(extend(5, createId()))).toBe('ok');
	expect(await outcome(extend(10, id, true))).toBe('ok');
	expect(await outcome(extend(10, id))).toBe('ok');
	expect((await world.session(lesson)).endsAt.getTime()).toBe(endsAt + 15 * 60_000);
	await mentor.close();
});

test('[M2] [S6] of a learner’s next session the mentor learns the time and nothing else', async () => {
	const { lesson, mentor, startsAt, extend } = await followedBy(async ({ learners }, left) =>
		world.lesson({
			...{ mentor: await world.person('mentor'), learners, startsIn: left + 120, lasts: 60 },
			title: 'A secret title'
		})
	);
	const learner = lesson.learners[0]!;
	// Who never answered and never came is nobody of whom the mentor hears.
	const there = openClient(world.url, learner);
	const live = there.followLive(lesson);
	await until(() => expect(live.people()).not.toEqual([]));
	const refused = await extend(5, createId()).catch((error: unknown) => error as TRPCClientError<never>);
	const said = JSON.stringify([(refused as TRPCClientError<never>).data, (refused as Error).message]);
	expect(JSON.parse(said)[0].next).toEqual([{ userId: learner.id, startsAt }]);
	expect(said).not.toContain('secret');
	expect((await mentor.trpc.room.state.query({ roomCode: lesson.roomCode })).nextStartsAt).toBeNull();
	await Promise.all([mentor.close(), there.close()]);
});
