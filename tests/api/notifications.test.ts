import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Notification, Nudge } from '../../src/lib/shared/notification.ts';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { postForm, request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
	// Due at once; the schedule looks every second.
	world = await startWorld({ env: { RATING_REMINDER_MINUTES: '0' } });
});
afterAll(() => world.close());

function open(person: Person): LiveClient {
	const client = openClient(world.url, person);
	onTestFinished(() => client.close());
	return client;
}

/** One page of a person: what it was told, and what it would show. */
function openPage(person: Person) {
	const client = open(person);
	const got: Notification[] = [];
	const unread: number[] = [];
	const nudges: Nudge[] = [];
	let last: string | null = null;
	client.trpc.notifications.follow.subscribe(
		{},
		{
			onData({ id, data }) {
				last = id;
				got.push(...data.notifications);
				unread.push(data.unread);
			}
		}
	);
	client.trpc.notifications.nudges.subscribe(undefined, { onData: (nudge) => nudges.push(nudge) });
	return {
		...{ client, got, unread, nudges },
		last: () => last,
		kinds: () => got.map(({ kind }) => kind).sort(),
		/** Both subscriptions are there. */
		ready: () => until(() => expect([unread.length, nudges.length]).toEqual([1, 1]))
	};
}

/** Everybody comes, and the mentor starts and ends. */
async function hold(lesson: Lesson): Promise<void> {
	const clients = [lesson.mentor, ...lesson.learners].map((person) => openClient(world.url, person));
	const seats = clients.map((client) => client.followLive(lesson));
	for (const seat of seats) await until(() => expect(seat.people()).toHaveLength(clients.length));
	const { room } = clients[0]!.trpc;
	await room.start.mutate({ roomCode: lesson.roomCode });
	await room.end.mutate({ roomCode: lesson.roomCode });
	await Promise.all(clients.map((client) => client.close()));
}

/** As they stand in the database, in order. */
function stored({ id }: Person) {
	const { notifications } = world.store.tables;
	return world.store.db
		.select()
		.from(notifications)
		.where(eq(notifications.userId, id))
		.orderBy(asc(notifications.seq));
}

/** What the end of a lesson brings to a learner who has not rated. */
const AFTER_A_LESSON = ['rating-reminder', 'session-ended'];

describe('being told', () => {
	test('[F5] live on each device of a person, once, and nothing that is for others', async () => {
		const lesson = await world.classroom();
		const learner = lesson.learners[0]!;
		const devices = [openPage(learner), openPage(learner)];
		const other = openPage(await world.person('learner'));
		for (const page of [...devices, other]) await page.ready();
		await hold(lesson);
		for (const page of devices) await until(() => expect(page.kinds()).toEqual(AFTER_A_LESSON));
		expect(devices[0]!.got).toEqual(devices[1]!.got);
		expect(devices[0]!.got).toMatchObject([
			{ payload: { roomCode: lesson.roomCode, title: lesson.title } },
			{ payload: { roomCode: lesson.roomCode, title: lesson.title } }
		]);
		expect(devices[0]!.unread.at(-1)).toBe(2);
		expect([other.got, other.nudges]).toEqual([[], [{ type: 'standing', unread: 0 }]]);
	});

	test('[F5] who was away is told when they come, once, by the place they had', async () => {
		const lesson = await world.classroom();
		const learner = lesson.learners[0]!;
		const before = openPage(learner);
		await before.ready();
		const lastEventId = before.last();
		await before.client.close();
		await hold(lesson);
		await until(async () => expect(await stored(learner)).toHaveLength(2));

		// A page that is opened now finds them in the centre, and is not told of them as if they were new.
		const fresh = openPage(learner);
		await fresh.ready();
		expect([fresh.got, fresh.unread]).toEqual([[], [2]]);
		const { notifications } = await fresh.client.trpc.notifications.page.query({});
		expect(notifications.map(({ kind }) => kind).sort()).toEqual(AFTER_A_LESSON);
		// One that was open all the time and was only cut off is told of each.
		const got: Notification[] = [];
		fresh.client.trpc.notifications.follow.subscribe(
			{ lastEventId },
			{ onData: ({ data }) => got.push(...data.notifications) }
		);
		await until(() => expect(got.map(({ kind }) => kind).sort()).toEqual(AFTER_A_LESSON));
	});

	test('[F7] the mentor’s pages hear that their figures changed, others do not', async () => {
		const lesson = await world.classroom();
		const [mentor, learner] = [openPage(lesson.mentor), openPage(lesson.learners[0]!)];
		for (const page of [mentor, learner]) await page.ready();
		await hold(lesson);
		const types = (page: typeof mentor) => page.nudges.map(({ type }) => type);
		await until(() => expect(types(mentor)).toContain('earnings'));
		await until(() => expect(learner.kinds()).toEqual(AFTER_A_LESSON));
		expect(types(learner)).not.toContain('earnings');
	});

	test('[F5] [K1] killed and cut again and again: each notification once and in order, whoever comes back', async () => {
		const { mentor, learners } = await world.classroom();
		const learner = learners[0]!;
		const pages = [openPage(learner), openPage(learner)];
		for (const page of pages) await page.ready();
		const held = [];
		for (let round = 0; round < 4; round += 1) {
			const lesson = await world.lesson({ mentor, learners });
			await hold(lesson);
			held.push(lesson);
			// Before, while or after the work that follows the end is done.
			if (round % 2 === 0) await world.restart(async () => undefined);
			else pages[0]!.client.cut();
		}
		const told = () => stored(learner);
		await until(async () => expect(await told()).toHaveLength(2 * held.length));
		const seqs = (await told()).map(({ seq }) => seq);
		for (const { got } of pages) {
			await until(() => expect(got.map(({ seq }) => seq)).toEqual(seqs));
			expect(new Set(got.map(({ id }) => id)).size).toBe(2 * held.length);
		}
		// After each connection a page hears where it stands.
		const standing = (nudges: Nudge[]) => nudges.filter(({ type }) => type === 'standing').length;
		for (const { nudges } of pages) await until(() => expect(standing(nudges)).toBeGreaterThanOrEqual(3));
	});
});

describe('reading', () => {
	test('[F5] what is read on one device is read on the other', async () => {
		const lesson = await world.classroom();
		const learner = lesson.learners[0]!;
		const [phone, laptop] = [openPage(learner), openPage(learner)];
		for (const page of [phone, laptop]) await page.ready();
		await hold(lesson);
		for (const page of [phone, laptop]) await until(() => expect(page.kinds()).toEqual(AFTER_A_LESSON));
		const { notifications } = phone.client.trpc;
		const said = (unread: number) =>
			until(() => expect(laptop.nudges.at(-1)).toEqual({ type: 'inbox', unread }));
		await notifications.markRead.mutate({ ids: [phone.got[0]!.id] });
		await said(1);
		await notifications.markRead.mutate({ roomCode: lesson.roomCode });
		await said(0);
		const shown = await laptop.client.trpc.notifications.page.query({});
		expect(shown.notifications.map(({ readAt }) => readAt === null)).toEqual([false, false]);
	});

	test('[S1] nobody reads or marks what is somebody else’s, by whatever id', async () => {
		const lesson = await world.classroom();
		const [learner, stranger] = [lesson.learners[0]!, await world.person('mentor')];
		await hold(lesson);
		await until(async () => expect(await stored(learner)).toHaveLength(2));
		const { notifications } = open(stranger).trpc;
		const ids = (await stored(learner)).map(({ id }) => id);
		for (const which of [{ ids }, { upTo: 1_000_000 }, { roomCode: lesson.roomCode }])
			expect(await notifications.markRead.mutate(which)).toEqual({ ok: true });
		expect(await notifications.page.query({})).toMatchObject({ notifications: [], older: false });
		expect((await stored(learner)).map(({ readAt }) => readAt)).toEqual([null, null]);
		const page = await (await request(world.url, '/notifications', stranger)).text();
		expect(page).not.toContain(lesson.title);
		for (const action of ['read', 'choose']) {
			const answer = await postForm(world.url, `/notifications?/${action}`, { upTo: '9' });
			expect(answer.headers.get('location')).toMatch(/^\/login/);
		}
		const signedOut = await request(world.url, '/notifications', null);
		expect(signedOut.headers.get('location')).toBe('/login?next=%2Fnotifications');
	});

	test('[S2] signing out ends it with the code on which pages stop', async () => {
		const person = await world.person('learner');
		const page = openPage(person);
		await page.ready();
		await request(world.url, '/logout', person, { method: 'POST' });
		await until(() => expect(page.client.closes[0]).toEqual({ code: 4401, reason: 'signed-out' }));
	});
});

describe('without scripts', () => {
	test('[F5] the page tells everything, page by page, marks as read and keeps the choices', async () => {
		const { mentor, learners } = await world.classroom();
		const learner = learners[0]!;
		const payload = { roomCode: 'nowhere', title: 'Long ago' };
		const { transact, tables } = world.store;
		const rows = Array.from({ length: 130 }, (_, n) => ({
			...{ id: `${learner.id}-${n}`, userId: learner.id, seq: n + 1, uniqueKey: `${learner.id}-${n}` },
			...{ kind: 'material-added' as const, payload: { ...payload, fileName: `file-${n + 1}.md` } },
			...{ createdAt: new Date(), readAt: null }
		}));
		await transact(function* (tx) {
			yield tx.insert(tables.notifications).values(rows).returning();
			yield tx.insert(tables.inboxes).values({ userId: learner.id, lastSeq: 130 }).returning();
		});
		const read = async (path: string) => (await request(world.url, path, learner)).text();
		const files = (html: string) => {
			const list = html.slice(html.indexOf('<main'), html.indexOf('</main'));
			return [...list.matchAll(/>file-(\d+)\.md</g)].map(([, n]) => Number(n));
		};
		const older = (html: string) =>
			`/notifications${/href="(\?[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''}`;

		let html = await read('/notifications');
		expect(html).toContain('aria-label="Notifications, more than 99 unread"');
		expect(files(html)).toEqual(Array.from({ length: 20 }, (_, n) => 130 - n));
		// Below each other up to a hundred, then on a page of its own.
		for (const shown of [40, 60, 80, 100]) {
			html = await read(older(html));
			expect(files(html)).toHaveLength(shown);
		}
		html = await read(older(html));
		expect(files(html)).toEqual(Array.from({ length: 20 }, (_, n) => 30 - n));
		html = await read(older(html));
		expect(files(html)).toEqual(Array.from({ length: 30 }, (_, n) => 30 - n));
		expect(html).not.toContain('Show older');

		await postForm(world.url, '/notifications?/read', { upTo: '127' }, learner);
		expect(await read('/notifications')).toContain('aria-label="Notifications, 3 unread"');
		await postForm(world.url, '/notifications?/choose', { kind: 'rating-reminder' }, learner);
		const lesson = await world.lesson({ mentor, learners });
		await hold(lesson);
		// The mentor is told of the end; for the learner there is only what they chose.
		await until(async () => expect(await stored(mentor)).toHaveLength(2));
		await until(async () =>
			expect((await stored(learner)).slice(130)).toMatchObject([{ kind: 'rating-reminder' }])
		);
	});

	test('[F5] reading a recap reads what was told about it; loading it ahead does not', async () => {
		const lesson = await world.classroom();
		const learner = lesson.learners[0]!;
		await hold(lesson);
		await until(async () => expect(await stored(learner)).toHaveLength(2));
		const unread = async () => (await stored(learner)).filter(({ readAt }) => readAt === null).length;
		await request(world.url, `${lesson.path}/recap/__data.json`, learner);
		expect(await unread()).toBe(2);
		expect((await request(world.url, `${lesson.path}/recap`, learner)).status).toBe(200);
		expect(await unread()).toBe(0);
	});
});
