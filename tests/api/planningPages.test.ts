import { afterAll, beforeAll, expect, test } from 'vitest';
import { postForm, request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

const TITLE = 'Planned 8c1f';
let world: World;
let lesson: Lesson;
let stranger: Person;
let otherMentor: Person;

beforeAll(async () => {
	world = await startWorld();
	lesson = await world.classroom({ title: TITLE, startsIn: 86_400 });
	stranger = await world.person('learner');
	otherMentor = await world.person('mentor');
});
afterAll(() => world.close());

const page = () => `/sessions/${lesson.roomCode}`;

test('[E2] [S1] the page of a planned session and its calendar file are for its members', async () => {
	for (const path of [page(), `${page()}/lesson.ics`]) {
		for (const who of [stranger, otherMentor]) {
			const answer = await request(world.url, path, who);
			expect(answer.status).toBe(403);
			expect(await answer.text()).not.toContain('8c1f');
		}
		const signedOut = await request(world.url, path, null);
		expect(signedOut.headers.get('location')).toBe(`/login?next=${encodeURIComponent(path)}`);
		for (const who of [lesson.mentor, ...lesson.learners]) {
			const answer = await request(world.url, path, who);
			expect(answer.status).toBe(200);
			expect(await answer.text()).toContain('8c1f');
		}
	}
	expect((await request(world.url, '/sessions/no-such-room', lesson.mentor)).status).toBe(404);
});

test('[S1] nobody but the mentor changes a session by its forms', async () => {
	const before = await world.session(lesson);
	const later = { date: '2099-01-05', time: '10:00', minutes: '60', scope: 'this' };
	const edit = { title: 'Mine now', description: '', price: '1', learnerEmails: stranger.email };
	for (const who of [null, stranger, otherMentor, lesson.learners[0]!]) {
		for (const [action, fields] of [
			['reschedule', later],
			['edit', edit],
			['cancel', { reason: 'no', scope: 'this' }]
		] as const) {
			const answer = await postForm(world.url, `${page()}?/${action}`, fields, who);
			// Signed out the page itself leads to the login.
			if (who) expect(answer.status).toBeGreaterThanOrEqual(400);
			else expect(answer.headers.get('location')).toContain('/login');
		}
	}
	expect(await world.session(lesson)).toEqual(before);
});

test('[A2] what is wrong with a change is said at its field', async () => {
	const send = async (action: string, fields: Record<string, string>) =>
		(
			await postForm(world.url, `${page()}?/${action}`, fields, lesson.mentor, {
				accept: 'application/json',
				'x-sveltekit-action': 'true'
			})
		).text();
	expect(await send('reschedule', { date: '2001-01-01', time: '10:00', minutes: '60' })).toContain(
		'This lies in the past.'
	);
	expect(await send('edit', { title: '', description: '', price: '5', learnerEmails: 'a@b.test' })).toContain(
		'Give the session a title.'
	);
	expect(
		await send('edit', { title: 'x', description: '', price: 'much', learnerEmails: 'a@b.test' })
	).toContain('Enter a price');
	expect(await send('cancel', { reason: 'x'.repeat(501) })).toContain('A reason has at most');
});

test('[S1] [A2] conflicts are for signed-in mentors, and tell nothing of people who have not made themselves known', async () => {
	const ask = (who: Person | null, learnerEmails: string[]) =>
		request(world.url, '/sessions/conflicts', who, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ startsAt: 4e12, minutes: 60, weeks: 1, learnerEmails, except: null })
		});
	expect((await ask(null, [])).status).toBe(401);
	expect((await ask(stranger, [])).status).toBe(403);
	const known = await (await ask(otherMentor, [lesson.learners[0]!.email])).text();
	const unknown = await (await ask(otherMentor, ['nobody@people.test'])).text();
	expect(known).toBe(unknown);
	expect(JSON.parse(known)).toMatchObject({ conflicts: [], zones: [] });
});

test('[S1] an invitation that never was looks like any address that leads nowhere', async () => {
	const token = 'A'.repeat(22);
	for (const who of [null, stranger, lesson.mentor]) {
		expect((await request(world.url, `/invitation/${token}`, who)).status).toBe(404);
		for (const action of ['accept', 'decline']) {
			const answer = await postForm(world.url, `/invitation/${token}?/${action}`, {}, who);
			expect(answer.status).toBeGreaterThanOrEqual(400);
		}
	}
});

test('[F7] [S1] the calendar shows one’s own week', async () => {
	const day = (await world.session(lesson)).startsAt.toISOString().slice(0, 10);
	const of = async (who: Person) => (await request(world.url, `/calendar?week=${day}&view=list`, who)).text();
	expect(await of(lesson.mentor)).toContain('8c1f');
	expect(await of(lesson.learners[0]!)).toContain('8c1f');
	expect(await of(stranger)).not.toContain('8c1f');
	expect((await request(world.url, '/calendar', null)).headers.get('location')).toBe(
		'/login?next=%2Fcalendar'
	);
	expect((await request(world.url, '/calendar?week=nonsense', stranger)).status).toBe(200);
});
