import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openClient, type LiveClient } from '../support/liveClient.ts';
import { planningForms } from '../support/planningForms.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { PASSWORD, startWorld, type Person, type World } from '../support/world.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
let world: World;
let forms: ReturnType<typeof planningForms>;
let mentor: Person;
let learner: Person;
const clients: LiveClient[] = [];

beforeAll(async () => {
	world = await startWorld();
	forms = planningForms(world);
	mentor = await world.person('mentor', 'Grace Hopper');
	learner = await world.person('learner', 'Alan Turing');
});
afterAll(async () => {
	await Promise.all(clients.map((client) => client.close()));
	await world.close();
});

const post = (path: string, fields: Record<string, string>, who: Person | null) =>
	forms.post(path, fields, who);
const form = (at: number, fields: Record<string, string> = {}) =>
	forms.form(at, { learnerEmails: learner.email, ...fields });
const plan = (at: number, fields: Record<string, string> = {}) =>
	forms.plan(mentor, at, { learnerEmails: learner.email, ...fields });

function open(person: Person): LiveClient {
	const client = openClient(world.url, person);
	clients.push(client);
	return client;
}

describe('[A2] from the plan to the lesson', () => {
	test('a new person is invited, signs up with the link, accepts, and is in the lesson', async () => {
		const address = forms.newAddress();
		const session = await plan(DAY, { learnerEmails: address, description: 'Bring a ruler.\nAnd a pencil.' });
		const link = await forms.linkTo(address);
		expect(await forms.words(link, null)).toMatch(/^200 .*Fractions.*Grace Hopper/);
		const answer = await post(
			'/signup',
			{ role: 'learner', name: 'Emmy Noether', email: address, password: PASSWORD, timeZone: 'Asia/Tokyo' },
			null
		);
		expect(answer.status).toBe(303);
		const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
		const emmy = { ...learner, cookie };
		expect(await forms.words(`/sessions/${session.roomCode}`, emmy)).not.toContain('Bring a ruler.');
		expect((await request(world.url, `/session/${session.roomCode}`, emmy)).status).toBe(403);
		expect((await post(`${link}?/accept`, {}, emmy)).status).toBe(200);
		expect((await post(`${link}?/accept`, {}, emmy)).status).toBe(200);
		expect((await request(world.url, `/session/${session.roomCode}`, emmy)).status).toBe(200);
		expect(await forms.words(`/sessions/${session.roomCode}`, mentor)).toContain('Emmy Noether');
		const { db, tables } = world.store;
		const [user] = await db.select().from(tables.users).where(eq(tables.users.email, address));
		expect(user?.emailVerifiedAt).not.toBe(null);
	});

	test('a form that is sent again plans one lesson and leads to it', async () => {
		const fields = form(DAY, { title: 'Only once', weeks: '3' });
		const answers = await Promise.all([1, 2, 3, 4].map(() => post('/sessions/new', fields, mentor)));
		expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`)).size).toBe(
			1
		);
		const { db, tables } = world.store;
		const rows = await db.select().from(tables.sessions).where(eq(tables.sessions.title, 'Only once'));
		expect(rows).toHaveLength(3);
		const mails = (await forms.mailsTo(learner.email)).filter(({ subject }) => subject.includes('Only once'));
		expect(mails).toHaveLength(1);
	});

	test('wrong addresses are explained at their field, and what was typed is there again', async () => {
		const fields = form(DAY, {
			title: 'Typed carefully',
			description: 'Every word of it',
			learnerEmails: `${mentor.email} nobody`
		});
		const first = await post('/sessions/new', fields, mentor);
		expect(first.status).toBe(400);
		const second = await post('/sessions/new', { ...fields, learnerEmails: mentor.email }, mentor);
		expect(second.status).toBe(400);
		const html = await second.text();
		for (const text of ['This is your own address.', 'Typed carefully', 'Every word of it'])
			expect(html).toContain(text);
		expect((await post('/sessions/new', form(DAY), learner)).status).not.toBe(303);
	});

	test('[B4] line breaks and tags become no header and no element, in the page and in the mail', async () => {
		const title = 'Ratio\r\nBcc: all@people.test <img src=x onerror=alert(1)>';
		const session = await plan(2 * DAY, { title, description: '</p><script>alert(1)</script>' });
		const [mail] = (await forms.mailsTo(learner.email)).filter(({ subject }) => subject.includes('Ratio'));
		expect(mail?.subject).not.toMatch(/[\r\n]/);
		expect(mail?.html).not.toContain('<img src=x');
		expect(mail?.html).not.toContain('<script>');
		expect(mail?.calendar).not.toMatch(/^Bcc:/m);
		const page = await (await request(world.url, `/sessions/${session.roomCode}`, learner)).text();
		expect(page).not.toContain('<img src=x');
		expect(page).not.toContain('<script>alert(1)');
	});
});

describe('[A2] a change reaches who waits', () => {
	test('moved: the open lobby has the new time, lists and mails too', async () => {
		const session = await plan(10 * MINUTE);
		const { roomCode } = session;
		const client = open(learner);
		const log = client.followLog(session);
		const live = client.followLive(session);
		await until(() => expect(live.people()).toHaveLength(1));
		const { date, time } = form(2 * DAY);
		const fields = { date: date!, time: time!, minutes: '45', scope: 'this' };
		for (let nth = 0; nth < 2; nth++)
			expect((await post(`/sessions/${roomCode}?/reschedule`, fields, mentor)).status).toBe(200);
		const moved = await forms.sessionOf(roomCode);
		expect(moved).toMatchObject({ calendarSequence: 1, status: 'scheduled' });
		await until(() =>
			expect(log.got).toContainEqual(
				expect.objectContaining({
					type: 'session.moved',
					payload: { startsAt: moved.startsAt.getTime(), endsAt: moved.endsAt.getTime(), sequence: 1 }
				})
			)
		);
		const state = await client.trpc.room.state.query({ roomCode });
		expect(state.session).toMatchObject({ startsAt: moved.startsAt.getTime(), sequence: 1 });
		const mails = (await forms.mailsTo(learner.email)).filter(({ kind }) => kind === 'lesson-moved');
		expect(mails.at(-1)?.calendar).toMatch(/METHOD:REQUEST[\s\S]*SEQUENCE:1/);
		expect(log.refused()).toBe(null);
	});

	test('[E2] cancelled: whoever waits is told why, the seat is given back, nothing is earned', async () => {
		const session = await plan(10 * MINUTE);
		const { roomCode } = session;
		const client = open(learner);
		const log = client.followLog(session);
		const live = client.followLive(session);
		await until(() => expect(live.people()).toHaveLength(1));
		const fields = { reason: 'I lost my voice.', scope: 'this' };
		expect((await post(`/sessions/${roomCode}?/cancel`, fields, mentor)).status).toBe(200);
		await until(() => expect(log.got.map(({ type }) => type)).toContain('session.cancelled'));
		await until(() => expect(live.people()).toEqual([]));
		const state = await client.trpc.room.state.query({ roomCode });
		expect(state.session).toMatchObject({ status: 'cancelled', cancelReason: 'I lost my voice.' });
		expect(await forms.words(`/session/${roomCode}`, learner)).toMatch(/^200 .*I lost my voice\./);
		const { db, tables } = world.store;
		expect(await db.select().from(tables.ledger).where(eq(tables.ledger.sessionId, session.id))).toEqual([]);
		const mails = (await forms.mailsTo(learner.email)).filter(({ kind }) => kind === 'lesson-cancelled');
		expect(mails.at(-1)?.calendar).toMatch(/METHOD:CANCEL/);
	});

	test('[S2] taken off the list: out of the lobby within a second, and out of the lesson', async () => {
		const other = await world.person('learner', 'Ada Lovelace');
		const session = await plan(10 * MINUTE, { learnerEmails: `${learner.email} ${other.email}` });
		const { roomCode } = session;
		const client = open(other);
		const log = client.followLog(session);
		const live = client.followLive(session);
		await until(() => expect(live.people()).toHaveLength(1));
		const fields = { title: 'Fractions', description: '', price: '35', learnerEmails: learner.email };
		const since = performance.now();
		expect((await post(`/sessions/${roomCode}?/edit`, fields, mentor)).status).toBe(200);
		await until(() => expect([log.refused(), live.refused()]).toEqual(['removed', 'removed']));
		expect(performance.now() - since).toBeLessThan(3_000);
		expect((await request(world.url, `/session/${roomCode}`, other)).status).toBe(403);
		// Their part of the log does not say that there was an account behind the address.
		const { db, tables } = world.store;
		const entries = await db
			.select()
			.from(tables.roomLog)
			.where(and(eq(tables.roomLog.sessionId, session.id), eq(tables.roomLog.type, 'learner.removed')));
		expect(entries).toEqual([]);
	});

	test('edited from one lesson of a series on, also when the form is sent several times at once: one mail each', async () => {
		const other = forms.newAddress();
		const first = await plan(4 * DAY, {
			title: 'Weekly words',
			weeks: '3',
			learnerEmails: `${learner.email} ${other}`
		});
		const { db, tables } = world.store;
		const series = () =>
			db.select().from(tables.sessions).where(eq(tables.sessions.seriesId, first.seriesId!));
		const second = (await series()).toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())[1]!;
		const added = forms.newAddress();
		const fields = {
			...{ title: 'Other words', description: 'Page 12', price: '35', scope: 'following' },
			learnerEmails: `${learner.email} ${added}`
		};
		const path = `/sessions/${second.roomCode}?/edit`;
		const answers = await Promise.all([1, 2, 3].map(() => post(path, fields, mentor)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect((await post(path, fields, mentor)).status).toBe(200);
		const after = (await series()).toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
		expect(after.map(({ title, calendarSequence }) => [title, calendarSequence])).toEqual([
			...[
				['Weekly words', 0],
				...[
					['Other words', 1],
					['Other words', 1]
				]
			]
		]);
		const about = async (address: string) =>
			(await forms.mailsTo(address))
				.filter(({ subject }) => /Weekly words|Other words/.test(subject))
				.map(({ kind, calendar }) => `${kind} ${calendar?.match(/BEGIN:VEVENT/g)?.length}`);
		expect((await about(learner.email)).toSorted()).toEqual(['invitation 3', 'lesson-changed 2']);
		expect((await about(other)).toSorted()).toEqual(['invitation 3', 'invitation-withdrawn 2']);
		expect(await about(added)).toEqual(['invitation 2']);
	});

	test('declined: the mentor is told live, and the lesson is gone from the learner’s room', async () => {
		const session = await plan(3 * DAY);
		const news: string[] = [];
		const { unsubscribe } = open(mentor).trpc.notifications.follow.subscribe(
			{},
			{ onData: ({ data }) => void news.push(...data.notifications.map(({ kind }) => kind)) }
		);
		await until(async () => {
			expect((await post(`/sessions/${session.roomCode}?/accept`, {}, learner)).status).toBe(200);
			expect((await post(`/sessions/${session.roomCode}?/decline`, {}, learner)).status).toBe(200);
			expect(news).toContain('invitation-answered');
		});
		unsubscribe();
		expect((await request(world.url, `/session/${session.roomCode}`, learner)).status).toBe(403);
	});
});
