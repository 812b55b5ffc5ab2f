import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookingPath, OPEN_BOOKINGS_MAX } from '../../src/lib/shared/booking.ts';
import { lessonPagePath } from '../../src/lib/shared/planning.ts';
import { postForm, request } from '../support/visitor.ts';
import { startWorld, type Person, type World } from '../support/world.ts';

/** On the mentor’s page one books an hour for 35.00, from nine to five of every day. */
const FIELDS = {
	...{ open: 'on', title: 'An hour of algebra', introduction: 'Bring <b>questions</b>.' },
	...{ minutes: '60', price: '35', pause: '0', notice: '0', ahead: '14' }
};
const NINE_TO_FIVE = Array.from({ length: 7 }, (_, day) => [
	[`week.${day}.from`, '09:00'],
	[`week.${day}.to`, '17:00']
]).flat();

let world: World;
let pages = 0;

beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());

/** A mentor who can be booked, and the address of their page. */
async function bookable(fields: Record<string, string> = {}): Promise<{ mentor: Person; slug: string }> {
	pages += 1;
	const [mentor, slug] = [await world.person('mentor', 'Grace Hopper'), `grace-${pages}`];
	const answer = await save(mentor, { slug, ...fields });
	expect(answer.status).toBe(200);
	return { mentor, slug };
}

function save(mentor: Person | null, fields: Record<string, string>): Promise<Response> {
	const all = { ...Object.fromEntries(NINE_TO_FIVE), ...FIELDS, ...fields };
	return postForm(world.url, '/availability', all, mentor);
}

/** The times that a page offers, ms since the epoch, in order. */
async function timesOf(slug: string): Promise<number[]> {
	const html = await (await request(world.url, bookingPath(slug), null)).text();
	const list = /times:\[([\d,]*)\]/.exec(html)?.[1] ?? '';
	return list.split(',').filter(Boolean).map(Number);
}

function book(learner: Person | null, slug: string, at: number, fields: Record<string, string> = {}) {
	const sent = { at: String(at), minutes: '60', price: '3500', note: 'Matrices', ...fields };
	return postForm(world.url, bookingPath(slug, at), sent, learner);
}

async function sessionsOf(mentor: Person) {
	const rows = await world.store.db.select().from(world.store.tables.sessions);
	return rows.filter(({ mentorId }) => mentorId === mentor.id);
}

describe('availability', () => {
	test('[A2] wrong input is explained at its field, with everything that was typed', async () => {
		const mentor = await world.person('mentor');
		const answer = await save(mentor, { slug: 'Not This', title: 'Kept title', 'week.0.to': '08:00' });
		expect(answer.status).toBe(400);
		const html = await answer.text();
		for (const words of ['Use small letters without accents', 'The end has to come after', 'Kept title'])
			expect(html).toContain(words);
		expect((await request(world.url, bookingPath('Not This'), null)).status).toBe(404);
	});

	test('[A2] an address belongs to one mentor', async () => {
		const { slug } = await bookable();
		const answer = await save(await world.person('mentor'), { slug });
		expect(answer.status).toBe(409);
		expect(await answer.text()).toContain('Somebody else has this address already.');
	});

	test('[S1] is for mentors: others are led to sign in, or see that it is not for them', async () => {
		const learner = await world.person('learner');
		expect((await request(world.url, '/availability', null)).headers.get('location')).toBe(
			'/login?next=%2Favailability'
		);
		expect((await request(world.url, '/availability', learner)).status).toBe(403);
		expect((await save(learner, { slug: 'a-learner' })).status).toBe(403);
		expect((await save(null, { slug: 'a-stranger' })).headers.get('location')).toContain('/login');
		for (const slug of ['a-learner', 'a-stranger'])
			expect((await request(world.url, bookingPath(slug), null)).status).toBe(404);
	});
});

describe('the booking page', () => {
	test('[A2] [S1] shows a stranger what is offered, and nothing of anybody’s lessons or address', async () => {
		const { mentor, slug } = await bookable();
		const learner = await world.person('learner', 'Alan Turing');
		await world.lesson({ mentor, learners: [learner], title: 'Secret lesson', startsIn: 7_200 });
		const answer = await request(world.url, bookingPath(slug), null);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('x-robots-tag')).toContain('noindex');
		const html = await answer.text();
		expect(html).toContain('Grace Hopper');
		expect(html).toContain('An hour of algebra');
		expect(html).toContain('Bring &lt;b>questions&lt;/b>.');
		for (const hidden of ['Secret lesson', 'Alan Turing', mentor.email, learner.email, '@people.test'])
			expect(html).not.toContain(hidden);
		expect((await timesOf(slug)).length).toBeGreaterThan(100);
	});

	test('[S1] closed and never there look the same', async () => {
		const { mentor, slug } = await bookable();
		const { open: _, ...closed } = { ...Object.fromEntries(NINE_TO_FIVE), ...FIELDS, slug };
		await postForm(world.url, '/availability', closed, mentor);
		const learner = await world.person('learner');
		for (const who of [null, learner]) {
			const [one, other] = await Promise.all(
				[slug, 'never-there'].map((each) => request(world.url, bookingPath(each), who))
			);
			expect([one!.status, other!.status]).toEqual([404, 404]);
			const plain = async (answer: Response, name: string) =>
				(await answer.text()).replaceAll(name, '').replace(/nonce="[^"]*"|\d{10,}|[\w-]{15,}/g, '');
			expect(await plain(one!, slug)).toBe(await plain(other!, 'never-there'));
			expect((await book(learner, slug, Date.now() + 86_400_000)).status).toBe(404);
		}
		expect((await request(world.url, bookingPath(slug), mentor)).status).toBe(200);
	});
});

describe('booking', () => {
	test('[A2] [A3] writes the session, the mails, the notification and the reminders, and says so', async () => {
		const { mentor, slug } = await bookable();
		const learner = await world.person('learner', 'Alan Turing');
		const at = (await timesOf(slug)).at(-1)!;
		const answer = await book(learner, slug, at);
		expect(answer.status).toBe(303);
		const path = answer.headers.get('location')!;
		const [session] = await sessionsOf(mentor);
		expect(session).toMatchObject({ bookedById: learner.id, description: 'Matrices', priceMinor: 3_500 });
		expect(session!.startsAt.getTime()).toBe(at);
		expect(path).toBe(`${bookingPath(slug)}/${session!.roomCode}`);
		expect(await (await request(world.url, path, learner)).text()).toContain('Your session is booked');

		const { tables, db } = world.store;
		const mails = (await db.select().from(tables.mails)).filter(({ uniqueKey }) =>
			uniqueKey.includes(session!.id)
		);
		expect(mails.map(({ userId }) => userId).sort()).toEqual([mentor.id, learner.id].sort());
		expect(mails.every(({ calendar }) => calendar?.includes(session!.id))).toBe(true);
		const told = (await db.select().from(tables.notifications)).filter(
			({ kind }) => kind === 'session-booked'
		);
		expect(told).toMatchObject([{ userId: mentor.id }]);
		const reminders = (await db.select().from(tables.jobs)).filter(
			({ kind, payload }) => kind === 'session-soon' && payload.sessionId === session!.id
		);
		expect(reminders).toHaveLength(3);

		// The page and the file are the learner’s alone; the room is for both.
		const file = await request(world.url, `${lessonPagePath(session!.roomCode)}/lesson.ics`, learner);
		expect(file.headers.get('content-type')).toContain('text/calendar');
		expect(await file.text()).toContain(`UID:${session!.id}@`);
		for (const other of [mentor, await world.person('learner')]) {
			expect((await request(world.url, path, other)).status).toBe(404);
		}
		expect((await request(world.url, `/session/${session!.roomCode}`, mentor)).status).toBe(200);
	});

	test('[B8] of many learners at once for one time one wins, and repeating it changes nothing', async () => {
		const { mentor, slug } = await bookable();
		const at = (await timesOf(slug))[3]!;
		const learners = await Promise.all(Array.from({ length: 6 }, () => world.person('learner')));
		const answers = await Promise.all([...learners, ...learners].map((learner) => book(learner, slug, at)));
		const [winner, ...more] = learners.filter((_, nth) => answers[nth]!.status === 303);
		expect(more).toEqual([]);
		for (const [nth, answer] of answers.entries()) {
			expect(answer.status).toBe(learners[nth % learners.length] === winner ? 303 : 409);
			if (answer.status === 303) continue;
			const html = await answer.text();
			expect(html).toContain('Somebody else was a moment faster');
		}
		expect(await sessionsOf(mentor)).toHaveLength(1);
		expect(await timesOf(slug)).not.toContain(at);
		expect((await book(winner!, slug, at)).status).toBe(303);
		expect(await sessionsOf(mentor)).toHaveLength(1);
	});

	test('[S1] not signed out, not by mentors, not at other times or prices', async () => {
		const { mentor, slug } = await bookable();
		const at = (await timesOf(slug))[0]!;
		const learner = await world.person('learner');
		expect((await book(null, slug, at)).status).toBe(401);
		expect((await book(mentor, slug, at)).status).toBe(409);
		expect((await book(await world.person('mentor'), slug, at)).status).toBe(409);
		expect((await book(learner, slug, at + 60_000)).status).toBe(409);
		expect((await book(learner, slug, at, { price: '1' })).status).toBe(409);
		expect((await book(learner, slug, at, { minutes: '600' })).status).toBe(409);
		expect((await book(learner, slug, at, { at: 'soon' })).status).toBe(400);
		expect((await book(learner, slug, at, { note: 'x'.repeat(5_000) })).status).toBe(400);
		expect(await sessionsOf(mentor)).toEqual([]);
	});

	test('[B6] nobody fills a mentor’s calendar', async () => {
		const { mentor, slug } = await bookable();
		const times = await timesOf(slug);
		const learner = await world.person('learner');
		// Every second one: an hour each, every half hour.
		const picked = times.filter((_, nth) => nth % 2 === 0).slice(0, OPEN_BOOKINGS_MAX.oneMentor + 3);
		const statuses = [];
		for (const at of picked) statuses.push((await book(learner, slug, at)).status);
		expect(statuses.filter((status) => status === 303)).toHaveLength(OPEN_BOOKINGS_MAX.oneMentor);
		expect(await sessionsOf(mentor)).toHaveLength(OPEN_BOOKINGS_MAX.oneMentor);
		const flood = await Promise.all(Array.from({ length: 20 }, () => book(learner, slug, times.at(-1)!)));
		expect(flood.map(({ status }) => status)).toContain(429);
		expect((await book(await world.person('learner'), slug, times.at(-1)!)).status).toBe(303);
	});
});
