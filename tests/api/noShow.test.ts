import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClient, type LiveClient } from '../support/liveClient.ts';
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

/** In the room, until the end. */
async function come(person: Person, lesson: Lesson) {
	const client = openClient(world.url, person);
	clients.push(client);
	const live = client.followLive(lesson);
	await until(() => expect(live.people().map(({ userId }) => userId)).toContain(person.id));
	return { client, seatId: live.seatId };
}

/** What each member was told of this session, by name and kind. */
async function told({ roomCode, mentor, learners }: Lesson): Promise<string[]> {
	const { db, tables } = world.store;
	const lists = [mentor, ...learners].map(async ({ id, role }) => {
		const rows = await db.select().from(tables.notifications).where(eq(tables.notifications.userId, id));
		return rows.filter(({ payload }) => payload.roomCode === roomCode).map(({ kind }) => `${role} ${kind}`);
	});
	return (await Promise.all(lists)).flat().sort();
}

/** The page without its tags. */
async function recap(lesson: Lesson, who: Person): Promise<string> {
	const page = await request(world.url, `${lesson.path}/recap`, who);
	expect(page.status).toBe(200);
	const html = (await page.text()).replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
	return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

async function statusOf(lesson: Lesson): Promise<string> {
	return (await world.session(lesson)).status;
}

const SHOULD_RUN = { startsIn: -60, priceMinor: 4_200 };
const MISSED = ['learner session-missed', 'mentor session-missed'];

describe('[P7] [F9] somebody does not come', () => {
	test('nobody: missed, once, nothing earned, everybody is told', async () => {
		const lesson = await world.classroom(SHOULD_RUN);
		await world.endsIn(lesson, 1);
		await until(async () => expect(await statusOf(lesson)).toBe('missed'));
		await until(async () => expect(await told(lesson)).toEqual(MISSED));
		expect(await world.ledger(lesson)).toEqual([]);
		expect(await recap(lesson, lesson.mentor)).toContain('This session did not take place.');
		expect((await world.jobs(lesson)).map(({ kind }) => kind)).toEqual(['notify-missed']);
	});

	test('the mentor: missed, and the recap says who waited, when, and with what trouble', async () => {
		const lesson = await world.classroom(SHOULD_RUN);
		const learner = lesson.learners[0]!;
		const { client, seatId } = await come(learner, lesson);
		const deviceTrouble = { camera: 'denied', microphone: 'denied' } as const;
		await client.trpc.room.update.mutate({ roomCode: lesson.roomCode, seatId, deviceTrouble });
		await until(async () => expect(await world.attendance(lesson)).toMatchObject([{ deviceTrouble }]));
		const endsAt = await world.endsIn(lesson, 1);
		await until(async () => expect(await statusOf(lesson)).toBe('missed'));
		await until(async () => expect(await told(lesson)).toEqual(MISSED));
		expect(await world.ledger(lesson)).toEqual([]);
		expect(await world.attendance(lesson)).toMatchObject([
			{ userId: learner.id, leftAt: endsAt, deviceTrouble }
		]);
		for (const person of [learner, lesson.mentor]) {
			expect(await recap(lesson, person)).toMatch(
				/Waited \d+ s.* \d\d:\d\d – \d\d:\d\d, without camera or microphone: the permission was denied/
			);
			expect(await recap(lesson, person)).toMatch(/Not there/);
		}
	});

	test('the learner: the lesson took place, nothing is earned and nobody is asked to rate', async () => {
		const lesson = await world.classroom(SHOULD_RUN);
		const { client } = await come(lesson.mentor, lesson);
		await client.trpc.room.start.mutate({ roomCode: lesson.roomCode });
		await world.endsIn(lesson, 1);
		await until(async () => expect(await statusOf(lesson)).toBe('completed'));
		await until(async () =>
			expect(await told(lesson)).toEqual(['learner session-ended', 'mentor session-ended'])
		);
		expect(await world.session(lesson)).toMatchObject({ endReason: 'time' });
		expect(await world.ledger(lesson)).toMatchObject([{ amountMinor: 0 }]);
		expect((await world.jobs(lesson)).map(({ kind }) => kind)).toEqual(['analytics', 'notify-end']);
		expect(await recap(lesson, lesson.mentor)).toMatch(/Not there/);
	});
});
