import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseMoney } from '../../shared/money.ts';
import type { SignedInUser } from '../accounts/accountsService.ts';
import type { Store } from '../db/store.ts';
import { readCsv } from '../earnings/csvFixture.ts';
import { createEarnings } from '../earnings/earningsService.ts';
import { createFigures } from '../earnings/figuresService.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { planLesson, STARTS_AT, type Lesson } from '../sessions/lessonFixture.ts';
import { createDashboards, type Dashboards } from './dashboardsService.ts';
import { writeHistory } from './historyFixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
const maya: SignedInUser = {
	id: 'maya',
	name: 'Maya',
	email: 'm@x.test',
	role: 'mentor',
	timeZone: 'Europe/Berlin'
};
const liam: SignedInUser = { id: 'liam', name: 'Liam', email: 'l@x.test', role: 'learner', timeZone: 'UTC' };
const first = { by: 'week', before: null } as const;
const DAY = 86_400_000;
let files = 0;
let lesson: Lesson;
let dashboards: Dashboards;

beforeEach(async () => {
	lesson = await planLesson({ file: join(folder, `${(files += 1)}.sqlite`) });
	dashboards = on(lesson.store);
});
afterEach(() => lesson.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function on(store: Store, currency = 'EUR'): Dashboards {
	const { sessions, roomLog, time } = lesson;
	const now = time.now;
	return createDashboards({
		store,
		now,
		attendance: createAttendance({ store, roomLog }),
		earnings: createEarnings({ store, currency }),
		figures: createFigures({ store, sessions, roomLog, now }),
		feedback: {
			standingOf: async (userId) => ({
				ratings: userId === 'maya' ? 400 : 0,
				average: userId === 'maya' ? 4.8 : null
			})
		},
		settings: { startEarlyMinutes: 15, currency }
	});
}

const history = (lessons: number) => ({
	...{ mentorId: 'maya', learnerId: 'liam', lessons, everyMs: DAY, priceMinor: 4_550, currency: 'EUR' },
	latest: STARTS_AT - 2 * DAY
});

async function statement(user: SignedInUser, year: number | null): Promise<string[][]> {
	let text = '';
	for await (const piece of dashboards.statement(user, year)) text += piece;
	expect(text.startsWith('\uFEFF')).toBe(true);
	return readCsv(text.slice(1));
}

describe('the mentor’s dashboard', () => {
	test('[F7] somebody new has nothing, and nothing is missing', async () => {
		const ines: SignedInUser = { ...maya, id: 'aisha' };
		expect(await dashboards.read(ines, first)).toMatchObject({
			past: { sessions: [], older: null },
			figures: {
				currency: 'EUR',
				totals: { sessions: 0, lessonSeconds: 0, interruptedSeconds: 0, amountMinor: 0, feeMinor: 0 },
				learners: { learners: 0, cameBack: 0 },
				rating: { ratings: 0, average: null },
				otherCurrencies: [],
				years: []
			}
		});
	});

	test('[F7] weeks and months add up what the ledger holds, without gaps', async () => {
		await writeHistory(lesson.store, history(400));
		const read = async (by: 'week' | 'month') => (await dashboards.read(maya, { by, before: null })).figures!;
		const [weeks, months] = [await read('week'), await read('month')];
		expect([weeks.periods.length, months.periods.length]).toEqual([12, 12]);
		// One a day, two days ago the latest; the fixture's day is a Monday.
		expect(weeks.periods.slice(-3).map(({ sessions }) => sessions)).toEqual([7, 6, 0]);
		expect(weeks.periods.slice(0, 10).every(({ amountMinor }) => amountMinor === 7 * 4_550)).toBe(true);
		expect(months.periods.slice(0, -1).map(({ sessions }) => sessions)).toEqual([
			...[30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28]
		]);
		expect(weeks.totals).toEqual({
			...{ sessions: 400, lessonSeconds: 400 * 3_000, interruptedSeconds: 400 * 30 },
			...{ amountMinor: 400 * 4_550, feeMinor: 0, currency: 'EUR' }
		});
		expect(weeks.rating).toEqual({ ratings: 400, average: 4.8 });
		expect(weeks.learners).toEqual({ learners: 1, cameBack: 1 });
		expect(weeks.years).toEqual([2026, 2025]);
	});

	test('[F7] [F8] the CSV’s amounts add up to the page’s totals to the cent', async () => {
		await writeHistory(lesson.store, history(1_203));
		const { figures } = await dashboards.read(maya, first);
		const [head, ...rows] = await statement(maya, null);
		expect(head).toEqual([
			...['Date', 'Time', 'Lesson', 'Learners', 'Minutes', 'Currency', 'Price', 'Platform fee', 'Earned']
		]);
		expect(rows).toHaveLength(1_203);
		expect(rows.at(-1)).toEqual([
			...['2026-02-28', '11:50', 'Lesson 0', 'Liam', '50', 'EUR', '45.50', '0.00', '45.50']
		]);
		const sum = (column: number) => rows.reduce((all, row) => all + parseMoney(row[column]!, 'EUR')!, 0);
		const { amountMinor, feeMinor } = figures!.totals;
		expect([sum(6), sum(7), sum(8)]).toEqual([amountMinor, feeMinor, amountMinor - feeMinor]);
		const years = await Promise.all(figures!.years.map((year) => statement(maya, year)));
		expect(years.reduce((all, rows) => all + rows.length - 1, 0)).toBe(1_203);
		for (const [nth, year] of figures!.years.entries())
			expect(years[nth]!.slice(1).every(([date]) => date!.startsWith(String(year)))).toBe(true);
	});

	test('[F8] what was booked in another currency stands apart', async () => {
		await writeHistory(lesson.store, { ...history(3), currency: 'USD' });
		const { figures } = await on(lesson.store, 'EUR').read(maya, first);
		expect(figures).toMatchObject({
			totals: { sessions: 3, amountMinor: 0, currency: 'EUR' },
			otherCurrencies: [{ amountMinor: 3 * 4_550, feeMinor: 0, currency: 'USD' }]
		});
		expect(figures!.periods.every(({ amountMinor }) => amountMinor === 0)).toBe(true);
	});
});

describe('past sessions', () => {
	test('[F7] each says what is left to do and to find, to each what they may know', async () => {
		await writeHistory(lesson.store, history(12));
		const { tables } = lesson.store;
		await lesson.store.transact(function* (tx) {
			yield tx.update(tables.ratings).set({ revealedAt: null }).returning();
			yield tx
				.update(tables.resources)
				.set({ removedAt: new Date(1) })
				.returning();
		});
		const { past, figures } = await dashboards.read(liam, first);
		expect(figures).toBeNull();
		expect(past.sessions).toHaveLength(10);
		expect(past.sessions[0]).toMatchObject({
			title: 'Lesson 0',
			files: 0,
			toRate: [],
			given: [5],
			got: [],
			earned: null
		});
		const mentors = (await dashboards.read(maya, first)).past;
		// Hidden until both have rated.
		expect(mentors.sessions[0]).toMatchObject({
			...{ toRate: [{ userId: 'liam' }], given: [], got: [] },
			earned: { amountMinor: 4_550, feeMinor: 0, currency: 'EUR' }
		});
		await lesson.store.transact(function* (tx) {
			yield tx
				.update(tables.ratings)
				.set({ revealedAt: new Date(2) })
				.returning();
			yield tx.update(tables.resources).set({ removedAt: null }).returning();
		});
		const older = await dashboards.past(maya, mentors.older);
		expect(older).toMatchObject({ older: null, sessions: [{ title: 'Lesson 10', files: 1, got: [5] }, {}] });
	});
});

/** Lessons to come to which Aisha was asked, who has not answered. */
async function askTo(lessons: number): Promise<void> {
	const { invitations } = lesson.store.tables;
	for (let nth = 0; nth < lessons; nth += 1) {
		const startsAt = STARTS_AT + (nth + 1) * DAY;
		const { roomCode } = await lesson.plan({
			...{ title: 'Decimals', learnerEmails: ['aisha@x.test'], minutes: 60, priceMinor: 1, startsAt }
		});
		const { session } = await lesson.sessions.membership(roomCode, { id: 'maya' });
		const invitation = {
			...{ id: `asked-${nth}`, sessionId: session.id, email: 'aisha@x.test', userId: 'aisha' },
			...{ tokenHash: `hash-${nth}`, createdAt: new Date(0) }
		};
		await lesson.store.transact(function* (tx) {
			yield tx.insert(invitations).values(invitation).returning();
		});
	}
}

test('[F7] every list is read along an index, and nothing reads the whole history', async () => {
	await writeHistory(lesson.store, history(50));
	await askTo(30);
	const connection = new BetterSqlite(join(folder, `${files}.sqlite`), { readonly: true });
	const asked: { query: string; params: unknown[] }[] = [];
	const logger = { logQuery: (query: string, params: unknown[]) => void asked.push({ query, params }) };
	const watched = on({ ...lesson.store, db: drizzle(connection, { logger }) });
	const { past } = await watched.read(maya, { by: 'month', before: null });
	await watched.past(maya, past.older);
	await watched.read(liam, first);
	for await (const _ of watched.statement(maya, 2026));
	const plans = asked.map(({ query, params }) => {
		const steps = connection.prepare(`explain query plan ${query}`).all(...params) as { detail: string }[];
		return { query, steps: steps.map(({ detail }) => detail).join('; ') };
	});
	connection.close();
	expect(plans.length).toBeGreaterThan(40);
	for (const { query, steps } of plans) expect(`${steps} <- ${query}`).not.toMatch(/^SCAN|; SCAN/);
	// The range is part of the search, so that what lies outside of it is not looked at.
	for (const search of [
		'session_members USING INDEX session_members_user_starts (user_id=? AND starts_at>?)',
		'session_members USING INDEX session_members_user_starts (user_id=? AND starts_at<?)',
		'ledger USING INDEX ledger_mentor_booked (mentor_id=? AND booked_at>? AND booked_at<?)',
		'lesson_figures USING INDEX lesson_figures_mentor_ended (mentor_id=? AND ended_at>? AND ended_at<?)'
	])
		expect(plans.map(({ steps }) => steps).join('\n')).toContain(search);
	// Not from all sessions of the mentor to the few that are shown.
	for (const { query, steps } of plans)
		expect(`${steps} <- ${query}`).not.toContain('sessions_mentor_starts (mentor_id=?)');
	expect(plans.map(({ steps }) => steps).join('\n')).toContain('attendance_user (user_id=?)');
});
