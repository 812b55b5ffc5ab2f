import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hashLoginId } from '../../src/lib/server/accounts/loginStore.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { appRouter } from '../../src/lib/server/trpc/appRouter.ts';
import { openClient, outcome, reasonOf, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { cookieOf, postForm, request } from '../support/visitor.ts';
import { PASSWORD, startWorld, type Lesson, type Person, type World } from '../support/world.ts';

/** So soon a right that is lost ends what it allowed (spec S2), ms. */
const AT_ONCE = 1_000;
const NEW_PASSWORD = 'another-horse-battery';

let world: World;
const clients: LiveClient[] = [];
beforeAll(async () => {
	world = await startWorld();
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
afterAll(() => world.close());

function open(person: Person): LiveClient {
	const client = openClient(world.url, person);
	clients.push(client);
	return client;
}

/** Another login of the same person. */
async function elsewhere({ email }: Person, password = PASSWORD): Promise<{ cookie: string }> {
	const answer = await postForm(world.url, '/login', { email, password });
	return { cookie: cookieOf(answer)! };
}

/** What another server of the same installation does to a login, or the calendar. */
async function changeLogin({ login }: Person, change: { expiresAt: Date } | null): Promise<void> {
	const { logins } = world.store.tables;
	const isIt = eq(logins.idHash, hashLoginId(login.value));
	await world.store.transact(function* (tx) {
		yield (change ? tx.update(logins).set(change).where(isIt) : tx.delete(logins).where(isIt)).returning();
	});
}

describe('a login', () => {
	const ENDS: Record<string, (person: Person) => Promise<unknown>> = {
		'signing out': (person) => request(world.url, '/logout', person, { method: 'POST' }),
		'signing out everywhere, from another device': async (person) =>
			postForm(world.url, '/account?/everywhere', {}, await elsewhere(person)),
		'ending it from another device': async (person) =>
			postForm(
				world.url,
				'/account?/endLogin',
				{ key: hashLoginId(person.login.value) },
				await elsewhere(person)
			),
		'a new password': async (person) =>
			postForm(
				world.url,
				'/account?/password',
				{ current: PASSWORD, password: NEW_PASSWORD, __superform_id: 'password' },
				await elsewhere(person)
			),
		'a password that was forgotten': async (person) => {
			await postForm(world.url, '/forgot', { email: person.email });
			const { mails } = world.store.tables;
			const isLink = and(eq(mails.toAddress, person.email), eq(mails.kind, 'reset-password'));
			const path = await until(async () => {
				const [mail] = await world.store.db.select().from(mails).where(isLink);
				return /\/reset\/[\w-]+/.exec(mail!.text)![0];
			});
			return postForm(world.url, path, { password: NEW_PASSWORD });
		},
		'the end of the account': (person) =>
			postForm(world.url, '/account?/farewell', { password: PASSWORD, __superform_id: 'farewell' }, person),
		'thirty days': (person) => changeLogin(person, { expiresAt: new Date() }),
		'another server': (person) => changeLogin(person, null)
	};

	test.each(Object.entries(ENDS))('[S2] [P10] %s closes its sockets and nobody else’s', async (_, end) => {
		const [person, staying] = [await world.person('learner'), await world.person('learner')];
		const [client, other] = [open(person), open(staying)];
		const got: unknown[] = [];
		client.trpc.notifications.nudges.subscribe(undefined, { onData: (nudge) => got.push(nudge) });
		await until(() => expect(got).toHaveLength(1));
		expect(await outcome(other.trpc.room.clock.query())).toBe('ok');
		await end(person);
		await until(() => expect(client.closes[0]).toEqual({ code: 4401, reason: 'signed-out' }), AT_ONCE);
		expect(other.closes).toEqual([]);
		expect((await request(world.url, '/account', person)).headers.get('location')).toContain('/login');
	});

	test('[S2] its end leaves other logins of the same person alone', async () => {
		const person = await world.person('learner');
		const client = open(person);
		expect(await outcome(client.trpc.room.clock.query())).toBe('ok');
		await request(world.url, '/logout', await elsewhere(person), { method: 'POST' });
		expect(await outcome(client.trpc.room.clock.query())).toBe('ok');
		expect(client.closes).toEqual([]);
	});
});

describe('a membership', () => {
	/** Every subscription of the router that is about one session: a new one is here by itself. */
	const followed = Object.entries(
		appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
	)
		.filter(([path, { _def }]) => _def.type === 'subscription' && !path.startsWith('notifications.'))
		.map(([path]) => path);

	/** What each subscription heard, and why it ended. */
	function followAll(client: LiveClient, { roomCode }: Lesson) {
		type Loose = Record<string, Record<string, { subscribe(input: unknown, handlers: object): unknown }>>;
		return followed.map((path) => {
			const [module = '', name = ''] = path.split('.');
			const heard = { path, messages: 0, refused: null as string | null, code: null as string | null };
			const input = path === 'room.live' ? { roomCode, seatId: createId(), seated: true } : { roomCode };
			(client.trpc as unknown as Loose)[module]![name]!.subscribe(input, {
				onData: () => (heard.messages += 1),
				onError: (error: { data?: { code: string } }) => {
					heard.refused = reasonOf(error);
					heard.code = error.data?.code ?? null;
				}
			});
			return heard;
		});
	}

	const changeMember = async (lesson: Lesson, person: Person, change: { removedAt: Date } | null) => {
		const { sessionMembers } = world.store.tables;
		const isIt = and(eq(sessionMembers.sessionId, lesson.id), eq(sessionMembers.userId, person.id));
		await world.store.transact(function* (tx) {
			const changing = change
				? tx.update(sessionMembers).set(change).where(isIt)
				: tx.delete(sessionMembers).where(isIt);
			yield changing.returning();
		});
	};

	const ENDS: Record<string, { live?: true; end(lesson: Lesson, learner: Person): Promise<unknown> }> = {
		'the mentor removes somebody': {
			live: true,
			end: (lesson, { id }) =>
				open(lesson.mentor).trpc.company.remove.mutate({
					...{ roomCode: lesson.roomCode, clientId: createId(), userId: id }
				})
		},
		'the mentor takes somebody off the list': {
			end: ({ roomCode, mentor, learners }, learner) =>
				postForm(
					world.url,
					`/sessions/${roomCode}?/edit`,
					{
						...{ title: 'For the others', description: '', price: '1' },
						learnerEmails: learners.find(({ id }) => id !== learner.id)!.email
					},
					mentor
				)
		},
		'somebody says no': {
			end: ({ roomCode }, learner) => postForm(world.url, `/sessions/${roomCode}?/decline`, {}, learner)
		},
		'another server removes somebody': {
			live: true,
			end: (lesson, learner) => changeMember(lesson, learner, { removedAt: new Date() })
		},
		'another server takes somebody off the list': {
			end: (lesson, learner) => changeMember(lesson, learner, null)
		}
	};

	test.each(Object.entries(ENDS))('[S2] [S1] ends all it allowed when %s', async (_, { live, end }) => {
		const lesson = await world.classroom({ names: ['Grace', 'Alan', 'Ada'] });
		const [alan, ada] = lesson.learners as [Person, Person];
		if (live) await open(lesson.mentor).trpc.room.start.mutate({ roomCode: lesson.roomCode });
		const client = open(alan);
		const [his, hers] = [followAll(client, lesson), followAll(open(ada), lesson)];
		const isOpen = ({ path, messages }: (typeof his)[number]) =>
			// An empty log says nothing.
			expect(messages, path).toBeGreaterThan(path === 'room.log' && !live ? -1 : 0);
		await until(() => [...his, ...hers].forEach(isOpen));
		await end(lesson, alan);
		await until(
			() => expect(his.map(({ refused }) => refused)).toEqual(followed.map(() => 'removed')),
			AT_ONCE
		);
		// Its right ended, nothing broke.
		expect(his.map(({ code }) => code)).toEqual(followed.map(() => 'PRECONDITION_FAILED'));
		const counts = his.map(({ messages }) => messages);
		const { roomCode } = lesson;
		const clientId = createId();
		await open(lesson.mentor).trpc.room.say.mutate({ roomCode, clientId, text: 'Not for everybody' });
		// Behind what was said: had he been told of it, he would have heard it by now.
		expect(['removed', 'not-found']).toContain(await outcome(client.trpc.feedback.mine.query({ roomCode })));
		expect(his.map(({ messages }) => messages)).toEqual(counts);
		expect(hers.map(({ refused }) => refused)).toEqual(followed.map(() => null));
		// The socket itself, and whatever else it is for, goes on.
		expect(await outcome(client.trpc.room.clock.query())).toBe('ok');
	});
});
