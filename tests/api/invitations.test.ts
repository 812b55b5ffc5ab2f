import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planningForms } from '../support/planningForms.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Person, type World } from '../support/world.ts';

const DAY = 86_400_000;
let world: World;
let forms: ReturnType<typeof planningForms>;
let mentor: Person;
let learner: Person;

beforeAll(async () => {
	world = await startWorld();
	forms = planningForms(world);
	mentor = await world.person('mentor', 'Grace Hopper');
	learner = await world.person('learner', 'Alan Turing');
});
afterAll(() => world.close());

const post = (path: string, fields: Record<string, string>, who: Person | null) =>
	forms.post(path, fields, who);
const form = (at: number, fields: Record<string, string> = {}) =>
	forms.form(at, { learnerEmails: learner.email, ...fields });
const plan = (at: number, fields: Record<string, string> = {}, who = mentor) =>
	forms.plan(who, at, { learnerEmails: learner.email, ...fields });

describe('[S1] whose lesson it is', () => {
	test('other mentors, strangers and nobody change nothing, and learn nothing they could not know', async () => {
		const session = await plan(4 * DAY, { title: 'Private matter' });
		const path = `/sessions/${session.roomCode}`;
		const others = [await world.person('mentor'), await world.person('learner'), null];
		const { date, time } = form(5 * DAY);
		const attempts: [string, Record<string, string>][] = [
			[`${path}?/reschedule`, { date: date!, time: time!, minutes: '30', scope: 'following' }],
			[`${path}?/cancel`, { reason: 'No', scope: 'this' }],
			[`${path}?/edit`, { title: 'Mine', description: '', price: '0', learnerEmails: 'x@people.test' }],
			[`${path}?/accept`, {}],
			[`${path}?/decline`, {}]
		];
		for (const other of others) {
			for (const [action, fields] of attempts) {
				const answer = await post(action, fields, other);
				expect(answer.status, action).toBeGreaterThanOrEqual(400);
				expect(await answer.text()).not.toContain('Private matter');
			}
			const page = await request(world.url, path, other);
			expect(page.status).toBe(other ? 403 : 303);
			const unknown = await post('/sessions/no-such-room?/cancel', { reason: '', scope: 'this' }, other);
			expect(unknown.status).toBeGreaterThanOrEqual(400);
		}
		for (const [action, fields] of attempts.slice(0, 3))
			expect((await post(action, fields, learner)).status, action).toBe(400);
		expect(await forms.sessionOf(session.roomCode)).toEqual(session);
	});

	test('a mentor’s pages are the same for an address with and without an account', async () => {
		const stranger = await world.person('learner', 'Hidden Name');
		const address = forms.newAddress();
		const session = await plan(6 * DAY, { learnerEmails: `${stranger.email} ${address}` });
		for (const path of [`/sessions/${session.roomCode}`, '/dashboard', `/session/${session.roomCode}`]) {
			const page = await (await request(world.url, path, mentor)).text();
			expect(page, path).not.toContain('Hidden Name');
			expect(page, path).not.toContain(stranger.id);
		}
		const busy = await plan(7 * DAY, { learnerEmails: stranger.email }, await world.person('mentor'));
		const query = {
			...{ startsAt: busy.startsAt.getTime(), minutes: 60, weeks: 1, except: null },
			learnerEmails: [stranger.email, address]
		};
		const answer = await request(world.url, '/sessions/conflicts', mentor, {
			method: 'POST',
			body: JSON.stringify(query),
			headers: { 'content-type': 'application/json' }
		});
		expect(await answer.json()).toMatchObject({ conflicts: [] });
	});

	test('links that nobody sent lead nowhere, whatever they look like', async () => {
		for (const token of ['A'.repeat(22), 'x', '..%2f..', 'A'.repeat(3_000), '%00', "'--"]) {
			const page = await request(world.url, `/invitation/${token}`, null);
			expect([400, 404], token).toContain(page.status);
		}
	});

	test('[S3] a flood of new addresses ends with a sentence, and plans nothing', async () => {
		const flooder = await world.person('mentor');
		const crowd = () => Array.from({ length: 20 }, forms.newAddress).join(' ');
		await plan(DAY, { learnerEmails: crowd() }, flooder);
		await plan(DAY, { learnerEmails: crowd() }, flooder);
		const answer = await post('/sessions/new', form(DAY, { learnerEmails: crowd() }), flooder);
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain('You have invited many new people today.');
		const { db, tables } = world.store;
		const rows = await db.select().from(tables.sessions).where(eq(tables.sessions.mentorId, flooder.id));
		expect(rows).toHaveLength(2);
	});
});
