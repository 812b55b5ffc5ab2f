import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createId } from '../../src/lib/server/ids.ts';
import { openClient } from '../support/liveClient.ts';
import { mailsTo } from '../support/mailbox.ts';
import { until } from '../support/until.ts';
import { postForm, request } from '../support/visitor.ts';
import { PASSWORD, startWorld, type Person, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

/** One pixel. */
const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64'
);
function sendPicture(who: Person | null, bytes: Buffer | null): Promise<Response> {
	const body = new FormData();
	if (bytes) body.set('picture', new File([new Uint8Array(bytes)], 'me.png', { type: 'image/png' }));
	else body.set('remove', 'yes');
	return request(world.url, '/account?/picture', who, { method: 'POST', body });
}
const pictureIn = (html: string, { id }: Person) =>
	new RegExp(`/people/${id}/picture/[\\w-]+`).exec(html)?.[0] ?? null;

describe('[A1] the profile', () => {
	test('name, zone and language are kept; wrong input is explained and nothing typed is lost', async () => {
		const person = await world.person('learner');
		const save = (fields: Record<string, string>) =>
			postForm(world.url, '/account?/profile', { __superform_id: 'profile', ...fields }, person);
		const wrong = await save({ name: '  ', timeZone: 'Mars/Olympus', language: 'en' });
		expect(wrong.status).toBe(400);
		const html = await wrong.text();
		expect(html).toContain('Enter your name.');
		expect(html).toContain('Choose a time zone from the list.');
		const saved = await save({ name: ' New Name ', timeZone: 'Asia/Kolkata', language: 'ar' });
		expect(saved.status).toBe(200);
		expect(saved.headers.getSetCookie().join()).toMatch(/language=ar;/);
		// Another device, which has chosen nothing, is asked to come again, and reads the language from then on.
		const elsewhere = await request(world.url, '/dashboard?by=month', person);
		expect(elsewhere.status).toBe(303);
		expect(elsewhere.headers.get('location')).toBe('/dashboard?by=month');
		expect(elsewhere.headers.getSetCookie().join()).toMatch(/language=ar;/);
		const withCookie = { cookie: `${person.cookie}; language=ar` };
		const page = await (await request(world.url, '/account', withCookie)).text();
		expect(page).toContain('dir="rtl"');
		expect(page).toContain('New Name');
		await postForm(world.url, '/language', { language: 'en', next: '/account' }, person);
		const english = await request(world.url, '/account', { cookie: `${person.cookie}; language=en` });
		expect(english.status).toBe(200);
		expect(await english.text()).toContain('dir="ltr"');
	});

	test('[S6] a picture is shown to whoever is signed in, is what it contains, and can be removed', async () => {
		const lesson = await world.classroom();
		const { mentor } = lesson;
		const [learner] = lesson.learners;
		expect((await sendPicture(mentor, Buffer.from('<script>alert(1)</script>'))).status).toBe(400);
		expect((await sendPicture(null, PNG)).status).toBe(303);
		expect((await sendPicture(mentor, PNG)).status).toBe(200);
		for (const path of ['/dashboard', lesson.path]) {
			const html = await (await request(world.url, path, learner!)).text();
			expect(pictureIn(html, mentor)).not.toBeNull();
		}
		const html = await (await request(world.url, '/account', mentor)).text();
		const path = pictureIn(html, mentor)!;
		const answer = await request(world.url, path, learner!);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toBe('image/png');
		expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		expect(answer.headers.get('cache-control')).toBe('private, max-age=86400, immutable');
		expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
		expect((await request(world.url, path, null)).status).toBe(404);
		expect((await request(world.url, `${path.slice(0, -3)}xyz`, learner!)).status).toBe(404);
		expect((await sendPicture(mentor, null)).status).toBe(200);
		expect((await request(world.url, path, learner!)).status).toBe(404);
	});
});

test('[A1] one’s data is one file, with one’s own words and none that others keep to themselves', async () => {
	const lesson = await world.classroom({ names: ['Maya Export', 'Liam Export'] });
	const { mentor } = lesson;
	const learner = lesson.learners[0]!;
	const clients = [openClient(world.url, mentor), openClient(world.url, learner)] as const;
	const { roomCode } = lesson;
	const [seat] = clients.map((client) => client.followLive(lesson));
	await until(() => expect(seat!.people()).toHaveLength(2));
	await clients[0].trpc.room.start.mutate({ roomCode });
	await clients[0].trpc.room.say.mutate({ roomCode, clientId: createId(), text: 'words of the mentor' });
	await clients[1].trpc.room.say.mutate({ roomCode, clientId: createId(), text: 'words of the learner' });
	await clients[0].trpc.room.end.mutate({ roomCode });
	const rating = { stars: 2, comment: 'not for their eyes yet', connectionToBlame: null };
	await clients[0].trpc.feedback.save.mutate({ roomCode, ratings: [{ rateeId: learner.id, ...rating }] });
	await Promise.all(clients.map((client) => client.close()));

	expect((await request(world.url, '/account/export', null)).status).toBe(303);
	const answer = await request(world.url, '/account/export', learner);
	expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=".*\.json"$/);
	expect(answer.headers.get('cache-control')).toBe('no-store');
	const text = await answer.text();
	expect(JSON.parse(text)).toMatchObject({
		profile: { name: 'Liam Export', email: learner.email, role: 'learner', hasPicture: false },
		sessions: [{ roomCode, status: 'completed', with: [{ name: 'Maya Export', role: 'mentor' }] }],
		messages: [{ roomCode, text: 'words of the learner' }],
		ratings: { given: [], received: [] },
		earnings: []
	});
	for (const foreign of ['words of the mentor', 'not for their eyes yet', mentor.email, 'argon2id'])
		expect(text).not.toContain(foreign);
	const own = await (await request(world.url, '/account/export', mentor)).json();
	expect(own.earnings).toHaveLength(1);
	expect(own.ratings.given).toMatchObject([{ about: 'Liam Export', stars: 2 }]);
});

describe('[A1] deleting an account', () => {
	const remove = (who: Person, password: string, headers = {}) =>
		postForm(world.url, '/account?/farewell', { __superform_id: 'farewell', password }, who, headers);

	test('asks for the password, and not while one gives a lesson', async () => {
		const lesson = await world.classroom();
		const client = openClient(world.url, lesson.mentor);
		await client.trpc.room.start.mutate({ roomCode: lesson.roomCode });
		await client.close();
		const wrong = await remove(lesson.mentor, 'not-my-password');
		expect(await wrong.text()).toContain('This password is not right.');
		const live = await remove(lesson.mentor, PASSWORD);
		expect(live.status).toBe(400);
		expect(await live.text()).toContain('You are giving a session right now.');
		const foreign = await remove(lesson.learners[0]!, PASSWORD, { origin: 'https://evil.example' });
		expect(foreign.status).toBe(403);
	});

	test('leaves nobody behind: what was stays without a name, what was planned is called off by mail', async () => {
		const past = await world.classroom({ names: ['Maya Leaving', 'Liam Staying'] });
		const { mentor, learners } = past;
		const client = openClient(world.url, mentor);
		const { roomCode } = past;
		await client.trpc.room.start.mutate({ roomCode });
		await client.trpc.room.say.mutate({ roomCode, clientId: createId(), text: 'what I said stays' });
		await client.trpc.room.end.mutate({ roomCode });
		const future = await world.lesson({ mentor, learners, startsIn: 86_400 });

		const answer = await remove(mentor, PASSWORD);
		expect(answer.headers.get('location')).toBe('/login?after=deleted');
		expect((await request(world.url, '/account', mentor)).status).toBe(303);
		const recap = await (await request(world.url, `${past.path}/recap`, learners[0]!)).text();
		expect(recap).toContain('what I said stays');
		expect(recap).toContain('Deleted account');
		expect(recap).not.toContain('Maya Leaving');
		for (const path of [`${past.path}/recap`, '/dashboard', '/account/export']) {
			const arabic = { headers: { 'accept-language': 'ar' } };
			const page = await (await request(world.url, path, learners[0]!, arabic)).text();
			expect(page).toContain('حساب محذوف');
			expect(page).not.toContain('Deleted account');
		}
		expect((await world.session(future)).status).toBe('cancelled');
		const [mail] = await mailsTo(world, learners[0]!.email);
		expect(mail).toMatchObject({ kind: 'lesson-cancelled', calendarMethod: 'CANCEL' });
		expect(await mailsTo(world, mentor.email)).toEqual([]);
		const again = await postForm(world.url, '/login', { email: mentor.email, password: PASSWORD });
		expect(again.status).toBe(400);
		await client.close();
	});

	test('a learner leaves the lists of lessons to come; the lesson takes place', async () => {
		const lesson = await world.classroom({
			names: ['Grace', 'Alan Leaving', 'Ada Staying'],
			startsIn: 86_400
		});
		const [leaving, staying] = lesson.learners;
		await remove(leaving!, PASSWORD);
		expect((await world.session(lesson)).status).toBe('scheduled');
		const { sessionMembers } = world.store.tables;
		const members = (await world.store.db.select().from(sessionMembers)).filter(
			({ sessionId }) => sessionId === lesson.id
		);
		expect(members.map(({ userId }) => userId).sort()).toEqual([lesson.mentor.id, staying!.id].sort());
	});
});

test('[S5] the eleventh wrong password is refused as one too many, right or wrong, with a way out', async () => {
	const person = await world.person('learner');
	const signIn = (password: string) => postForm(world.url, '/login', { email: person.email, password });
	for (let round = 0; round < 10; round += 1) expect((await signIn(`wrong-${round}`)).status).toBe(400);
	const answer = await signIn(PASSWORD);
	expect(answer.status).toBe(400);
	const html = await answer.text();
	expect(html).toContain('Too many tries.');
	expect(html).toContain('href="/forgot"');
});
