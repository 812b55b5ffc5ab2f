import { expect, onTestFinished, test } from 'vitest';
import { dateIn, formatTime } from '../../src/lib/shared/time.ts';
import { startCrashing, type CrashingServer, type Visitor } from '../support/crashingServer.ts';
import type { KillPoint } from '../support/mishap.ts';
import { measured, SOAK } from '../support/rounds.ts';
import { postForm } from '../support/visitor.ts';

const PLANNING = 'insert into "sessions"';
const MOVING = 'update "sessions" set "starts_at"';
const DAY = 86_400_000;
const WEEKS = 3;

type Point = [name: string, Omit<KillPoint, 'armedBy'>];

/** Where the server dies while it plans a series of a known and a new learner. */
const POINTS: Point[] = [
	['before anything is written', { at: PLANNING, when: 'before' }],
	['when the lessons are written', { at: PLANNING, when: 'after' }],
	['before the members', { at: 'insert into "session_members"', when: 'before' }],
	['between two reminders', { at: 'insert into "jobs" .*"session-soon"', when: 'before', skip: 4 }],
	['before the invitations', { at: 'insert into "invitations"', when: 'before' }],
	['between two mails', { at: 'insert into "mails"', when: 'before', skip: 1 }],
	['before the word in the app', { at: 'insert into "notifications"', when: 'before' }],
	['before the commit', { at: '^COMMIT', when: 'before' }],
	['after the commit, before anybody is told', { at: '^COMMIT', when: 'after' }],
	// In the soak, each statement, one after the other.
	...Array.from({ length: SOAK ? 45 : 0 }, (_, skip): Point => [
		`before statement ${skip}`,
		{ at: '', when: 'before', skip }
	])
];

/** Sends a form until it is answered, as a page does whose server went away. */
async function send(
	url: string,
	path: string,
	fields: Record<string, string>,
	who: Visitor
): Promise<number> {
	for (;;) {
		const answer = await postForm(url, path, fields, who).catch(() => null);
		if (answer) return answer.status;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** What stands in the database of the lessons with this title. */
function storedOf(server: CrashingServer, title: string) {
	return server.atStore(async ({ db, tables }) => {
		const all = await db.select().from(tables.sessions);
		const sessions = all.filter((session) => session.title === title);
		const ids = new Set(sessions.map(({ id }) => id));
		const ofThem = <T extends { sessionId: string }>(rows: T[]) =>
			rows.filter((row) => ids.has(row.sessionId));
		const jobs = await db.select().from(tables.jobs);
		const mails = (await db.select().from(tables.mails)).filter(({ subject }) => subject.includes(title));
		const told = (await db.select().from(tables.notifications)).filter(
			({ payload }) => payload.title === title
		);
		return {
			sessions,
			counts: {
				sessions: sessions.length,
				members: ofThem(await db.select().from(tables.sessionMembers)).length,
				invitations: ofThem(await db.select().from(tables.invitations)).length,
				reminders: jobs.filter(({ payload }) => ids.has(payload.sessionId as string)).length,
				mails: mails.map(({ kind }) => kind).sort(),
				told: told.map(({ kind }) => kind).sort()
			}
		};
	});
}

const NOTHING = { sessions: 0, members: 0, invitations: 0, reminders: 0, mails: [], told: [] };
const WHOLE = {
	...{ sessions: WEEKS, members: WEEKS * 2, invitations: WEEKS * 2, reminders: WEEKS * 3 },
	mails: ['invitation', 'invitation'],
	told: ['session-planned']
};

/** For each round a mentor and a learner of their own: nobody asks or is asked too much in a day. */
async function school(rounds: number) {
	const server = await startCrashing(async (desk) => {
		const pairs: { mentor: Visitor; learner: Visitor }[] = [];
		for (let round = 0; round < rounds; round++)
			pairs.push({
				mentor: await desk.person('mentor', `Mentor ${round}`),
				learner: await desk.person('learner', `Learner ${round}`)
			});
		return pairs;
	});
	onTestFinished(server.close);
	const people = await server.atStore(({ db, tables }) => db.select().from(tables.users));
	const start = Math.ceil(Date.now() / DAY) * DAY + 3 * DAY;
	return server.planned.map(({ mentor, learner }, round) => {
		const zone = people.find(({ id }) => id === mentor.id)!.timeZone;
		const known = people.find(({ id }) => id === learner.id)!.email;
		const clock = (at: number) => ({ date: dateIn(at, zone), time: formatTime(at, zone) });
		const form = (title: string) => ({
			...{ clientId: `form-${round}`, title, description: '', ...clock(start) },
			...{ learnerEmails: `${known} new-${round}@people.test` },
			...{ minutes: '60', price: '35', weeks: String(WEEKS) }
		});
		return { server, mentor, form, clock };
	});
}

test('[K4] [A2] killed before, inside and after the transaction that plans: wholly there or not at all, and once', async () => {
	const pupils = await school(POINTS.length);
	for (const [round, [name, point]] of POINTS.entries()) {
		const { server, mentor, form } = pupils[round]!;
		const title = `Killed ${name}.`;
		await server.kill();
		await server.start({ killed: { ...point, armedBy: [`${PLANNING}.*${title}`] } });
		const planning = send(server.url, '/sessions/new', form(title), mentor);
		await server.died();
		const { counts } = await storedOf(server, title);
		expect([name, counts]).toEqual([name, counts.sessions > 0 ? WHOLE : NOTHING]);
		await server.start();
		// The form is sent again by whoever got no answer: it finds its first result, or plans now.
		expect(await planning).toBe(303);
		expect(await send(server.url, '/sessions/new', form(title), mentor)).toBe(303);
		expect([name, (await storedOf(server, title)).counts]).toEqual([name, WHOLE]);
	}
	measured('[K4] plans that were killed and sent again', '', POINTS.length, 'each once, whole');
});

test('[K4] [A2] killed while a series moves: all of it moved with its mails, or none of it', async () => {
	const points: Point[] = [
		['between two lessons', { at: MOVING, when: 'before', skip: 1 }],
		['before the mails', { at: 'insert into "mails"', when: 'before' }],
		['after the commit', { at: '^COMMIT', when: 'after' }]
	];
	const pupils = await school(points.length);
	for (const [round, [name, point]] of points.entries()) {
		const { server, mentor, form, clock } = pupils[round]!;
		const title = `Moved ${name}.`;
		expect(await send(server.url, '/sessions/new', form(title), mentor)).toBe(303);
		const before = (await storedOf(server, title)).sessions;
		const first = before.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())[0]!;
		await server.kill();
		await server.start({ killed: { ...point, armedBy: [MOVING] } });
		const fields = { ...clock(first.startsAt.getTime() + DAY), minutes: '45', scope: 'following' };
		const moving = send(server.url, `/sessions/${first.roomCode}?/reschedule`, fields, mentor);
		await server.died();
		const sequences = (await storedOf(server, title)).sessions.map(
			({ calendarSequence }) => calendarSequence
		);
		expect([name, new Set(sequences).size]).toEqual([name, 1]);
		await server.start();
		expect(await moving).toBe(200);
		const { sessions, counts } = await storedOf(server, title);
		expect(sessions.map(({ calendarSequence }) => calendarSequence)).toEqual([1, 1, 1]);
		expect(counts.mails.filter((kind) => kind === 'lesson-moved')).toHaveLength(2);
	}
});
