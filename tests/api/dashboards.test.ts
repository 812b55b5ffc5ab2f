import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../../src/lib/server/earnings/csvFixture.ts';
import { writeHistory } from '../../src/lib/server/dashboards/historyFixture.ts';
import { parseMoney } from '../../src/lib/shared/money.ts';
import { createId } from '../../src/lib/server/ids.ts';
import { openClient } from '../support/liveClient.ts';
import { until } from '../support/until.ts';
import { request } from '../support/visitor.ts';
import { startWorld, type Lesson, type Person, type World } from '../support/world.ts';

const CSV = '/dashboard/earnings.csv';
let world: World;
let mentor: Person;
let learner: Person;
let otherMentor: Person;

beforeAll(async () => {
	world = await startWorld({ env: { PLATFORM_FEE_PERCENT: '12.5' } });
	mentor = await world.person('mentor', '=HYPERLINK("evil")');
	learner = await world.person('learner', '@SUM(A1), "so called"');
	otherMentor = await world.person('mentor', 'Other Mentor');
	await writeHistory(world.store, {
		...{ mentorId: mentor.id, learnerId: learner.id, lessons: 23, everyMs: 86_400_000 },
		...{ latest: Date.now() - 2 * 86_400_000, priceMinor: 3_333, currency: 'EUR' }
	});
});
afterAll(() => world.close());

async function statement(who: Person, query = ''): Promise<string[][]> {
	const answer = await request(world.url, `${CSV}${query}`, who);
	expect(answer.status).toBe(200);
	const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
	expect(text.startsWith('\uFEFF')).toBe(true);
	return readCsv(text.slice(1)).slice(1);
}

/** What the page's data says, as its script reads it. */
async function page(who: Person, path = '/dashboard'): Promise<string> {
	return (await request(world.url, path, who)).text();
}

/** Starts and ends a lesson over the socket; the learner is there if told. */
async function teach(lesson: Lesson, there: boolean): Promise<void> {
	const clients = [openClient(world.url, lesson.mentor), openClient(world.url, lesson.learners[0]!)];
	const { roomCode } = lesson;
	if (there) {
		const seatId = createId();
		const followed = clients[1]!.followLive(lesson, { seatId });
		await until(() => expect(followed.people().some((one) => one.seatId === seatId)).toBe(true));
	}
	const { room } = clients[0]!.trpc;
	await room.start.mutate({ roomCode });
	await room.end.mutate({ roomCode });
	await Promise.all(clients.map((client) => client.close()));
}

const totalsOf = async (who: Person) => {
	const { mentorTotals } = world.store.tables;
	return world.store.db.select().from(mentorTotals).where(eq(mentorTotals.mentorId, who.id));
};

describe('who gets what', () => {
	test.each([
		['signed out', () => null, 303],
		['learner', () => learner, 403],
		['mentor', () => mentor, 200],
		['other mentor', () => otherMentor, 200]
	])('[S1] earnings as CSV: %s', async (_name, who, status) => {
		const answer = await request(world.url, CSV, who());
		expect(answer.status).toBe(status);
		const text = await answer.text();
		// Each mentor their own.
		expect(text.includes('Lesson 0')).toBe(who() === mentor);
		if (status !== 303) return;
		expect(answer.headers.get('location')).toBe('/login?next=%2Fdashboard');
	});

	test.each(['/dashboard/past', '/dashboard/past?before=99999999999999.zz'])(
		'[S1] %s: one’s own past sessions and nobody else’s',
		async (path) => {
			expect((await request(world.url, path, null)).status).toBe(401);
			expect(await page(otherMentor, path)).toBe('{"older":null,"sessions":[]}');
			for (const who of [mentor, learner]) expect(await page(who, path)).toContain('"title":"Lesson 0"');
			expect(await page(learner, path)).not.toContain('amountMinor');
		}
	);

	test('[E2] [F7] the dashboard asks to sign in and leads back; the start page leads to it', async () => {
		const answer = await request(world.url, '/dashboard?by=month', null);
		expect(answer.status).toBe(303);
		expect(answer.headers.get('location')).toBe('/login?next=%2Fdashboard%3Fby%3Dmonth');
		const start = await request(world.url, '/', learner);
		expect([start.status, start.headers.get('location')]).toEqual([303, '/dashboard']);
		expect((await request(world.url, '/', null)).status).toBe(200);
		const html = await page(learner);
		expect(html).toContain('<title>My Activity – PeerLearn</title>');
		expect(html).not.toContain('Earned');
		expect(await page(mentor)).toContain('<title>Dashboard – PeerLearn</title>');
	});
});

describe('the file', () => {
	test('[F7] [S6] is an attachment that no spreadsheet runs', async () => {
		const answer = await request(world.url, `${CSV}?year=${new Date().getFullYear()}`, mentor);
		expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
		expect(answer.headers.get('content-disposition')).toMatch(
			/^attachment; filename="peerlearn-earnings-\d{4}\.csv"$/
		);
		expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		expect(answer.headers.get('cache-control')).toContain('no-store');
		const [row] = await statement(mentor);
		expect(row!.slice(2)).toEqual([
			...['Lesson 22', '\'@SUM(A1), "so called"', '50', 'EUR', '33.33', '0.00', '33.33']
		]);
		for (const cell of (await statement(mentor)).flat()) expect(cell).not.toMatch(/^[=+\-@]/);
	});

	test.each(['x', '20260', '../etc', ''])('[S6] year “%s” is refused', async (year) => {
		const path = `${CSV}?year=${encodeURIComponent(year)}`;
		expect((await request(world.url, path, mentor)).status).toBe(400);
	});
});

describe('past sessions', () => {
	test('[F7] “Show older” is a link that works without scripts, to the last one', async () => {
		const seen: string[] = [];
		let path: string | null = '/dashboard';
		for (let pages = 0; path; pages++) {
			expect(pages).toBeLessThan(5);
			const html = await page(learner, path);
			seen.push(...[...html.matchAll(/Lesson \d+(?=(?:<\/bdi>)?\s*<\/a>)/g)].map(([title]) => title));
			path = /href="(\/dashboard\?before=[^"#]+)/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null;
		}
		expect(seen).toEqual(Array.from({ length: 23 }, (_, nth) => `Lesson ${nth}`));
	});
});

test('[F2] [F7] [F8] an end is on the dashboard within seconds, with its fee, to the cent in page and file', async () => {
	const lessons = [true, false].map(() => world.lesson({ mentor, learners: [learner], priceMinor: 3_333 }));
	const [taught, alone] = await Promise.all(lessons);
	await teach(taught!, true);
	await teach(alone!, false);
	await until(async () => expect((await totalsOf(mentor))[0]?.sessions).toBe(24));
	const [totals] = await totalsOf(mentor);
	expect(totals).toMatchObject({ amountMinor: 24 * 3_333, feeMinor: 417 });
	expect(await world.ledger(taught!)).toMatchObject([{ amountMinor: 3_333, feeMinor: 417 }]);
	expect(await world.ledger(alone!)).toMatchObject([{ amountMinor: 0, feeMinor: 0 }]);

	const rows = await statement(mentor);
	const sum = (column: number) => rows.reduce((all, row) => all + parseMoney(row[column]!, 'EUR')!, 0);
	expect([sum(6), sum(7), sum(8)]).toEqual([24 * 3_333, 417, 24 * 3_333 - 417]);
	const html = (await page(mentor)).replaceAll(/\s+/g, ' ');
	expect(html).toContain('€795.75');
	expect(html).toContain('€799.92 less €4.17 fee');
	// In the past, and not among the upcoming any more.
	const past = JSON.parse(await page(mentor, '/dashboard/past')) as { sessions: { title: string }[] };
	expect(past.sessions.map(({ title }) => title)).toEqual(
		expect.arrayContaining([taught!.title, alone!.title])
	);
});

test('[F7] people read amounts as their browser’s language writes them', async () => {
	const answer = await request(world.url, '/dashboard', mentor, {
		headers: { 'accept-language': 'de-DE,de;q=0.9' }
	});
	expect((await answer.text()).replaceAll('\u00a0', ' ')).toContain('795,75 €');
});

test('[K2] [F2] killed again and again right after ends: every lesson is in the figures once', async () => {
	const [teacher, pupil] = [await world.person('mentor'), await world.person('learner')];
	for (let round = 0; round < 3; round++) {
		const lesson = await world.lesson({ mentor: teacher, learners: [pupil], priceMinor: 1_000 });
		await teach(lesson, true);
		await world.restart(async () => undefined);
	}
	await until(async () => expect((await totalsOf(teacher))[0]?.sessions).toBe(3));
	// What was claimed by a dead server has its turn too, and changes nothing.
	await world.store.transact(function* (tx) {
		const { jobs } = world.store.tables;
		yield tx
			.update(jobs)
			.set({ leaseUntil: null, doneAt: null, dueAt: new Date(0) })
			.returning();
	});
	await until(async () => {
		const waiting = await world.store.db.select().from(world.store.tables.jobs);
		expect(waiting.filter(({ kind, doneAt }) => kind === 'analytics' && doneAt === null)).toEqual([]);
	});
	expect(await totalsOf(teacher)).toMatchObject([{ sessions: 3, amountMinor: 3_000, feeMinor: 375 }]);
	const { mentorLearners } = world.store.tables;
	const pairs = await world.store.db
		.select()
		.from(mentorLearners)
		.where(eq(mentorLearners.mentorId, teacher.id));
	expect(pairs).toMatchObject([{ learnerId: pupil.id, sessions: 3 }]);
}, 120_000);
