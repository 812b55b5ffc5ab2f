import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NOTIFICATIONS_PER_PAGE, type NotificationNews, type Nudge } from '../../shared/notification.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { App } from '../createApp.ts';
import { planLesson, type Lesson } from '../sessions/lessonFixture.ts';
import { unlimited } from '../trpc/context.ts';
import { createCallerFactory } from '../trpc/procedures.ts';
import { notificationsRouter } from './notificationsRouter.ts';
import { createNotifications, type NewNotification, type Notifications } from './notificationsService.ts';
import { publishToPerson } from './personMessages.ts';
import { createPersonFeed } from './personFeed.ts';

let lesson: Lesson;
let notifications: Notifications;
let abort: AbortController;

beforeEach(async () => {
	lesson = await planLesson();
	notifications = createNotifications({ ...lesson, now: lesson.time.now });
	abort = new AbortController();
});
afterEach(async () => {
	abort.abort();
	await lesson.close();
});

function as(id: string | null) {
	// Only what this router asks of the app.
	const app = { notifications, personFeed: createPersonFeed(lesson) } as unknown as App;
	const user: SignedInUser | null = id
		? { id, name: id, email: `${id}@x.test`, role: 'learner', timeZone: 'UTC' }
		: null;
	return createCallerFactory(notificationsRouter)(
		{ app, user, ...unlimited, caughtUp: async () => undefined },
		{ signal: abort.signal }
	);
}

function reminder(key: string, userId = 'liam', roomCode = 'room'): NewNotification {
	return { userId, kind: 'rating-reminder', uniqueKey: key, payload: { roomCode, title: 'Fractions' } };
}

/** Adds one after the other, so that each has its own place. */
async function addMany(count: number, prefix = 'n'): Promise<void> {
	for (let n = 1; n <= count; n += 1) await notifications.add([reminder(`${prefix}${n}`)]);
}

type Tracked = [id: string, news: NotificationNews, ...rest: unknown[]];

/** Opens the subscription; `next` answers with its next message. */
async function follow(who: string, lastEventId?: string) {
	const messages = (await as(who).follow({ lastEventId })) as unknown as AsyncIterable<Tracked>;
	const iterator = messages[Symbol.asyncIterator]();
	return async () => {
		const { value } = (await iterator.next()) as { value: Tracked };
		const [id, { notifications: told, unread }] = value;
		return { id, seqs: told.map(({ seq }) => seq), unread };
	};
}

async function nudges(who: string) {
	const iterator = ((await as(who).nudges()) as AsyncIterable<Nudge>)[Symbol.asyncIterator]();
	return async () => (await iterator.next()).value as Nudge;
}

describe('who may call', () => {
	const CALLS: Record<string, (caller: ReturnType<typeof as>) => Promise<unknown>> = {
		follow: (caller) => caller.follow({}),
		nudges: (caller) => caller.nudges(),
		page: (caller) => caller.page({}),
		markRead: (caller) => caller.markRead({ upTo: 10 }),
		choices: (caller) => caller.choices(),
		setChoice: (caller) => caller.setChoice({ kind: 'rating-reminder', wanted: false })
	};

	test('[S1] this test knows every procedure', () => {
		expect(Object.keys(CALLS).sort()).toEqual(Object.keys(notificationsRouter._def.record).sort());
	});

	test.each(Object.keys(CALLS))('[S1] %s: signed-out people get nothing', async (name) => {
		await expect(CALLS[name]?.(as(null))).rejects.toMatchObject({ cause: { reason: 'signed-out' } });
	});

	test('[S1] nobody reads, follows, marks or mutes what is somebody else’s', async () => {
		await notifications.add([reminder('a')]);
		const [{ id } = { id: '' }] = await notifications.latestOf('liam', 1);
		const omar = as('omar');
		expect((await omar.page({})).notifications).toEqual([]);
		expect(await (await follow('omar'))()).toEqual({ id: '0', seqs: [], unread: 0 });
		for (const which of [{ ids: [id] }, { upTo: 1_000 }, { roomCode: 'room' }]) await omar.markRead(which);
		await omar.setChoice({ kind: 'rating-reminder', wanted: false });
		await notifications.add([reminder('b')]);
		expect(await notifications.unreadOf('liam')).toBe(2);
		expect(await as('liam').choices()).toMatchObject({ 'rating-reminder': true });
	});
});

describe('following', () => {
	test('[F5] begins at the present end with the unread count, then each new one', async () => {
		await addMany(3);
		const next = await follow('liam');
		expect(await next()).toEqual({ id: '3', seqs: [], unread: 3 });
		await notifications.add([reminder('d'), reminder('other', 'aisha')]);
		expect(await next()).toEqual({ id: '4', seqs: [4], unread: 4 });
	});

	test('[F5] goes on after the last one a page has, over gaps, none twice', async () => {
		await addMany(2);
		await notifications.add([reminder('n1')]);
		await addMany(2, 'later');
		const next = await follow('liam', '1');
		expect(await next()).toEqual({ id: '5', seqs: [2, 4, 5], unread: 4 });
		await notifications.add([reminder('later1')]);
		await notifications.add([reminder('new')]);
		expect((await next()).seqs).toEqual([7]);
	});

	test('[K10] a place that a restored backup does not have: from the present end on', async () => {
		await addMany(2);
		const next = await follow('liam', '40');
		expect(await next()).toEqual({ id: '2', seqs: [], unread: 2 });
		await notifications.add([reminder('new')]);
		expect((await next()).seqs).toEqual([3]);
	});

	test('[F5] whoever comes at whatever moment gets each once, in order', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }),
				fc.nat(7),
				async (bursts, joins) => {
					const who = 'aisha';
					const from = (await follow(who))();
					const start = Number((await from).id);
					let reading: Promise<number[]> | null = null;
					let added = 0;
					const total = bursts.reduce((sum, size) => sum + size, 0);
					const read = async () => {
						const next = await follow(who, String(start));
						const got: number[] = [];
						while (got.length < total) got.push(...(await next()).seqs);
						return got;
					};
					for (const [place, size] of bursts.entries()) {
						if (place === joins % bursts.length) reading = read();
						await Promise.all(
							Array.from({ length: size }, () => notifications.add([reminder(`${start} ${added++}`, who)]))
						);
					}
					const got = await reading!;
					expect(got).toEqual(Array.from({ length: total }, (_, n) => start + 1 + n));
				}
			),
			{ numRuns: 25 }
		);
	});
});

describe('nudges', () => {
	test('[F7] begin with where one stands, then say what changed', async () => {
		await addMany(2);
		const next = await nudges('liam');
		expect(await next()).toEqual({ type: 'standing', unread: 2 });
		notifications.earningsChanged('liam');
		notifications.earningsChanged('maya');
		publishToPerson(lesson.bus, 'liam', { type: 'sessions' });
		expect([await next(), await next()]).toEqual([{ type: 'earnings' }, { type: 'sessions' }]);
		await as('liam').markRead({ upTo: 1 });
		expect(await next()).toEqual({ type: 'inbox', unread: 1 });
	});

	test('[S3] who does not take them gets one of each kind in the end', async () => {
		const next = await nudges('liam');
		await next();
		for (let n = 0; n < 1_000; n += 1) {
			notifications.earningsChanged('liam');
			publishToPerson(lesson.bus, 'liam', { type: 'sessions' });
		}
		expect([await next(), await next()]).toEqual([{ type: 'earnings' }, { type: 'sessions' }]);
		await as('liam').setChoice({ kind: 'session-ended', wanted: false });
		expect(await next()).toEqual({ type: 'inbox', unread: 0 });
	});
});

describe('the centre', () => {
	test('[F5] small pages, the newest first', async () => {
		await addMany(NOTIFICATIONS_PER_PAGE + 3);
		const first = await as('liam').page({});
		expect(first.notifications.map(({ seq }) => seq)).toEqual(
			Array.from({ length: NOTIFICATIONS_PER_PAGE }, (_, n) => NOTIFICATIONS_PER_PAGE + 3 - n)
		);
		expect(first.older).toBe(true);
		const rest = await as('liam').page({ before: first.notifications.at(-1)!.seq });
		expect(rest.notifications.map(({ seq }) => seq)).toEqual([3, 2, 1]);
		expect(rest.older).toBe(false);
	});

	test('[F5] read: these, up to a place, or of one lesson; once, and the first time counts', async () => {
		await addMany(4);
		await notifications.add([reminder('other', 'liam', 'another-room')]);
		const liam = as('liam');
		const ids = (await liam.page({})).notifications.map(({ id }) => id);
		const unread = () => notifications.unreadOf('liam');
		await liam.markRead({ ids: [ids.at(-1)!, 'unknown'] });
		expect(await unread()).toBe(4);
		await lesson.time.advance(1_000);
		await liam.markRead({ upTo: 2 });
		expect(await unread()).toBe(3);
		const first = (await liam.page({})).notifications.at(-1);
		expect(first?.readAt).toBe(lesson.time.now() - 1_000);
		await liam.markRead({ roomCode: 'room' });
		expect((await liam.page({})).notifications.filter(({ readAt }) => readAt === null)).toMatchObject([
			{ payload: { roomCode: 'another-room' } }
		]);
		for (let times = 0; times < 2; times += 1) await liam.markRead({ upTo: 1_000 });
		expect(await unread()).toBe(0);
	});

	test('[F5] the pages of a person are told of what was read, once', async () => {
		await addMany(1);
		let told = 0;
		lesson.bus.subscribe('notifications:liam', () => (told += 1));
		for (let times = 0; times < 3; times += 1) await as('liam').markRead({ upTo: 9 });
		expect(told).toBe(1);
	});

	test('[F5] a kind that is not wanted is not made; what cannot be missed cannot be turned off', async () => {
		const liam = as('liam');
		await liam.setChoice({ kind: 'rating-reminder', wanted: false });
		const missed = { roomCode: 'room', title: 'Fractions' };
		const add = (key: string) =>
			notifications.add([
				reminder(`${key} reminder`),
				reminder(`${key} other`, 'aisha'),
				{ userId: 'liam', kind: 'session-missed', uniqueKey: `${key} missed`, payload: missed }
			]);
		await add('first');
		expect(await notifications.latestOf('liam', 9)).toMatchObject([{ kind: 'session-missed' }]);
		expect(await notifications.latestOf('aisha', 9)).toHaveLength(1);
		await expect(liam.setChoice({ kind: 'session-missed' as never, wanted: false })).rejects.toMatchObject({
			code: 'BAD_REQUEST'
		});
		for (let times = 0; times < 2; times += 1)
			await liam.setChoice({ kind: 'rating-reminder', wanted: true });
		await add('second');
		expect((await notifications.latestOf('liam', 9)).map(({ kind }) => kind).sort()).toEqual([
			'rating-reminder',
			'session-missed',
			'session-missed'
		]);
		expect(Object.values(await liam.choices())).toEqual([true, true, true, true]);
	});

	test('[B3] whatever is sent, the answer is a result or a refusal with its reason', async () => {
		const anything = fc.anything({ withNullPrototype: false, maxDepth: 2 });
		const near = fc.record(
			{
				ids: fc.oneof(anything, fc.array(anything)),
				upTo: anything,
				roomCode: anything,
				before: anything,
				kind: anything,
				wanted: anything,
				lastEventId: anything
			},
			{ requiredKeys: [] }
		);
		type Caller = ReturnType<typeof as>;
		const names = fc.constantFrom(...(Object.keys(notificationsRouter._def.record) as (keyof Caller)[]));
		await fc.assert(
			fc.asyncProperty(names, fc.oneof(anything, near), async (name, input) => {
				const call = as('liam')[name] as unknown as (input: unknown) => Promise<unknown>;
				const code = await call(input).then(
					() => null,
					(error: { code: string }) => error.code
				);
				expect(code).not.toBe('INTERNAL_SERVER_ERROR');
			}),
			{ numRuns: 300 }
		);
	}, 60_000);
});
