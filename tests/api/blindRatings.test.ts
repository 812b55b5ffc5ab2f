import { readdirSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { appRouter } from '../../src/lib/server/trpc/appRouter.ts';
import { fileUploads } from '../support/fileUpload.ts';
import { openClient, outcome, type LiveClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

/** Stand in a rating's words and nowhere else. */
const WORDS = 'canary-4d1f';

let world: World;
const clients = new Map<string, LiveClient>();

beforeAll(async () => {
	world = await startWorld();
});
afterAll(async () => {
	await Promise.all([...clients.values()].map((client) => client.close()));
	await world.close();
});

function clientOf(person: Person): LiveClient {
	const known = clients.get(person.id) ?? openClient(world.url, person);
	clients.set(person.id, known);
	return known;
}

/** A lesson of a mentor and two learners that is over, with the two of the first pair there. */
async function ended(): Promise<Lesson & { first: Person }> {
	const lesson = await world.classroom({ names: ['Grace Hopper', 'Alan Turing', 'Ada Lovelace'] });
	const { roomCode } = lesson;
	const first = lesson.learners[0]!;
	const seats = [lesson.mentor, first].map((person) => clientOf(person).followLive(lesson));
	await until(() => expect(seats[0]?.people()).toHaveLength(2));
	await clientOf(lesson.mentor).trpc.room.start.mutate({ roomCode });
	await clientOf(lesson.mentor).trpc.room.end.mutate({ roomCode });
	seats.forEach((seat) => seat.stop());
	return { ...lesson, first };
}

function rate(
	{ roomCode }: Lesson,
	by: Person,
	about: Person,
	stars: number,
	more: { comment?: string; connectionToBlame?: boolean } = {}
): Promise<string> {
	const ratings = [{ rateeId: about.id, stars, comment: WORDS, ...more }];
	return outcome(clientOf(by).trpc.feedback.save.mutate({ roomCode, ratings }));
}

/** Addresses of every page and endpoint, those that come in future too. */
function addresses({ roomCode }: Lesson, fileId: string): string[] {
	const found = readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
		.map((path) => path.replaceAll('\\', '/'))
		.filter((path) => /(^|\/)\+(page\.svelte|server\.ts)$/.test(path))
		.map((path) => `/${path.replace(/\/?\+(page\.svelte|server\.ts)$/, '')}`);
	return found
		.filter((path) => !/log(in|out)$/.test(path))
		.map((path) => path.replace(/\/\([^)]*\)/g, '').replace('[roomCode]', roomCode))
		.flatMap((path) => {
			const full = path.replace(/\[[^\]]+\]/g, fileId);
			return [full, `${full.replace(/\/$/, '')}/__data.json`];
		});
}

/** Everything that a procedure answers with, whatever it wants to be asked with. */
async function everythingOf(client: LiveClient, { roomCode }: Lesson): Promise<string> {
	type Loose = Record<string, Record<string, never>>;
	const input = { roomCode, seatId: createId(), seated: false, after: 0, limit: 50, clientId: createId() };
	const procedures = Object.entries(
		appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>
	);
	const answers: unknown[] = [];
	for (const [path, { _def }] of procedures) {
		const [module = '', name = ''] = path.split('.');
		const procedure = (client.trpc as unknown as Loose)[module]![name] as unknown as {
			query(input: unknown): Promise<unknown>;
			subscribe(input: unknown, handlers: object): { unsubscribe(): void };
		};
		if (_def.type === 'query') answers.push([path, await procedure.query(input).catch(String)]);
		if (_def.type === 'subscription') {
			await new Promise<void>((done) => {
				// A stream that says nothing says nothing wrong.
				const timer = setTimeout(end, 500);
				const subscription = procedure.subscribe(input, {
					onData: (data: unknown) => {
						answers.push([path, data]);
						clearTimeout(timer);
						setTimeout(end, 50);
					},
					onError: end
				});
				function end() {
					subscription.unsubscribe();
					done();
				}
			});
		}
	}
	return JSON.stringify(answers);
}

describe('[F4] while it is hidden', () => {
	test.each(['learner', 'mentor'] as const)(
		'what the %s said is on no page, in no answer and in no notification of anybody else',
		async (role) => {
			const lesson = await ended();
			const [by, about] = role === 'learner' ? [lesson.first, lesson.mentor] : [lesson.mentor, lesson.first];
			expect(await rate(lesson, by, about, 2, { connectionToBlame: true })).toBe('ok');
			const { id } = await fileUploads(world.url, lesson, lesson.mentor).handOver(
				'notes.txt',
				new TextEncoder().encode('Notes')
			);
			const others = [lesson.mentor, ...lesson.learners].filter((person) => person !== by);
			for (const person of others) {
				const looked = addresses(lesson, id);
				expect(looked).toContain(`${lesson.path}/recap`);
				for (const path of looked) {
					const answer = await request(world.url, path, person);
					expect(await answer.text(), path).not.toContain(WORDS);
				}
				const answers = await everythingOf(clientOf(person), lesson);
				expect(answers).toContain(
					person === lesson.learners[1] ? '["feedback.mine",[]' : '["feedback.mine",[{"person"'
				);
				expect(answers).not.toContain(WORDS);
				const pairs = await clientOf(person).trpc.feedback.mine.query({ roomCode: lesson.roomCode });
				expect(pairs.map(({ mine, theirs }) => [mine, theirs])).toEqual(pairs.map(() => [null, null]));
			}
			const { notifications } = world.store.tables;
			for (const person of others) {
				const rows = await world.store.db
					.select()
					.from(notifications)
					.where(eq(notifications.userId, person.id));
				expect(rows.map(({ kind }) => kind)).not.toContain('rating-revealed');
			}
			// And whoever said it finds it on their recap.
			const own = await request(world.url, `${lesson.path}/recap`, by);
			expect(await own.text()).toContain(WORDS);
		}
	);
});

test('[F3] who never came is rated by nobody and rates nobody', async () => {
	const lesson = await ended();
	const absent = lesson.learners[1]!;
	expect(await rate(lesson, lesson.mentor, absent, 1)).toBe('bad-input');
	expect(await rate(lesson, absent, lesson.mentor, 1)).toBe('bad-input');
	const recap = async (who: Person) => (await request(world.url, `${lesson.path}/recap`, who)).text();
	expect(await recap(lesson.mentor)).toMatch(/Rate your learner(?![\s\S]*Rate your learner)/);
	expect(await recap(absent)).not.toContain('Rate your mentor');
});

describe('[F4] once it is revealed', () => {
	async function toldOf(person: Person) {
		const { notifications } = world.store.tables;
		const rows = await world.store.db.select().from(notifications).where(eq(notifications.userId, person.id));
		return rows.filter(({ kind }) => kind === 'rating-revealed').map(({ payload }) => payload);
	}

	test('both read it without the answer about the connection, are told once, and nobody changes it', async () => {
		const lesson = await ended();
		const { roomCode, title, mentor, first } = lesson;
		await rate(lesson, first, mentor, 5, { connectionToBlame: true });
		await rate(lesson, mentor, first, 4);
		expect(await clientOf(mentor).trpc.feedback.mine.query({ roomCode })).toMatchObject([
			{ person: { userId: first.id }, mine: { revealed: true }, theirs: { stars: 5 } }
		]);
		const data = await request(world.url, `${lesson.path}/recap/__data.json`, mentor);
		const text = await data.text();
		expect(text).toContain(WORDS);
		// One’s own answer, which was none, and no other.
		expect(text).not.toMatch(/true[^}]*connectionToBlame|connectionToBlame[^}]*:true/);
		expect(await rate(lesson, first, mentor, 1)).toBe('rating-revealed');
		expect(await rate(lesson, first, mentor, 5, { connectionToBlame: true })).toBe('ok');
		const other = await request(world.url, `${lesson.path}/recap`, lesson.learners[1]!);
		expect(await other.text()).not.toContain(WORDS);
		await until(async () => {
			expect(await toldOf(mentor)).toEqual([{ roomCode, title, raterName: first.name, stars: 5 }]);
			expect(await toldOf(first)).toEqual([{ roomCode, title, raterName: mentor.name, stars: 4 }]);
		});
	});

	test('by its day, which the schedule keeps by itself', async () => {
		const lesson = await ended();
		const { mentor, first } = lesson;
		await rate(lesson, first, mentor, 3);
		const { jobs } = world.store.tables;
		const key = `reveal-ratings:${lesson.id}:${first.id}:${mentor.id}`;
		const [job] = await world.store.db.select().from(jobs).where(eq(jobs.uniqueKey, key));
		const { endedAt } = await world.session(lesson);
		expect(job?.dueAt.getTime()).toBe(endedAt!.getTime() + 7 * 86_400_000);
		await world.store.transact(function* (tx) {
			yield tx.update(jobs).set({ dueAt: new Date() }).where(eq(jobs.uniqueKey, key)).returning();
		});
		await until(async () => expect(await toldOf(mentor)).toHaveLength(1));
		const [pair] = await clientOf(mentor).trpc.feedback.mine.query({ roomCode: lesson.roomCode });
		expect(pair).toMatchObject({ mine: null, theirs: { stars: 3 } });
	});
});

describe('[F6] the note for the next lesson', () => {
	const save = (lesson: Lesson, who: Person | null, text: string) =>
		request(world.url, `${lesson.path}/recap?/note`, who, {
			method: 'POST',
			body: new URLSearchParams({ text }),
			headers: { 'x-sveltekit-action': 'true', accept: 'application/json' }
		}).then(async (answer) => ((await answer.json()) as { type: string }).type);

	test('the mentor writes it after the end; members read it as text, nobody else', async () => {
		const lesson = await ended();
		const stranger = await world.person('learner', 'Stranger');
		expect(await save(lesson, lesson.mentor, '  <b>Fractions</b>\nagain ')).toBe('success');
		for (const who of [lesson.first, stranger]) expect(await save(lesson, who, 'mine')).toBe('failure');
		expect(await save(lesson, null, 'mine')).toBe('failure');
		expect(await save(lesson, lesson.mentor, 'x'.repeat(4_001))).toBe('failure');
		for (const who of [lesson.mentor, lesson.first]) {
			const html = await (await request(world.url, `${lesson.path}/recap`, who)).text();
			expect(html).toContain('&lt;b>Fractions&lt;/b>\nagain');
		}
		expect(await save(lesson, lesson.mentor, '')).toBe('success');
		const html = await (await request(world.url, `${lesson.path}/recap`, lesson.first)).text();
		expect(html).not.toContain('Note for the next lesson');

		const next = await world.lesson({ ...lesson });
		expect(await save(next, lesson.mentor, 'early')).toBe('failure');
	});

	test('the next session of the same people begins with it, for those who were there', async () => {
		const lesson = await ended();
		await save(lesson, lesson.mentor, 'Bring a ruler');
		const [first, second] = lesson.learners;
		const newcomer = await world.person('learner', 'Newcomer');
		const next = await world.lesson({ ...lesson, learners: [first!, newcomer], startsIn: 120 });
		const read = async (who: Person | null, { path } = next) => {
			const answer = await request(world.url, path, who);
			const html = await answer.text();
			return {
				status: answer.status,
				note: html.includes('Bring a ruler') && html.includes(lesson.roomCode)
			};
		};
		for (const who of [lesson.mentor, first!]) expect(await read(who)).toEqual({ status: 200, note: true });
		expect(await read(newcomer)).toEqual({ status: 200, note: false });
		expect(await read(second!)).toEqual({ status: 403, note: false });
		expect(await read(null)).toEqual({ status: 303, note: false });
		const others = await world.lesson({ ...lesson, learners: [newcomer], startsIn: 120 });
		expect(await read(lesson.mentor, others)).toEqual({ status: 200, note: false });
	});

	test('the next session is planned with the same people, by their mentor only', async () => {
		const lesson = await ended();
		const plan = async (who: Person) =>
			(await request(world.url, `/sessions/new?after=${lesson.roomCode}`, who)).text();
		const own = await plan(lesson.mentor);
		for (const { email } of lesson.learners) expect(own).toContain(email);
		expect(own).toContain(lesson.title);
		const foreign = await plan(await world.person('mentor'));
		expect(foreign).toContain('Plan a session');
		for (const { email } of lesson.learners) expect(foreign).not.toContain(email);

		const next = await world.lesson({ ...lesson, title: 'What comes next' });
		for (const who of [lesson.mentor, lesson.first]) {
			const html = await (await request(world.url, `${lesson.path}/recap`, who)).text();
			expect(html).toContain('What comes next');
			expect(html).toContain(next.path);
		}
	});
});
