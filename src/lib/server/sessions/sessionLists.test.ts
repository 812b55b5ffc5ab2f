import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../db/store.ts';
import { AISHA, ENDS_AT, LIAM, MAYA, planLesson, STARTS_AT, type Lesson } from './lessonFixture.ts';
import { createSessionLists, type SessionLists } from './sessionLists.ts';

const mentor = { id: 'maya', role: 'mentor' } as const;
const settings = { startEarlyMinutes: 15, currency: 'EUR' };
let lesson: Lesson;
let lists: SessionLists;

beforeEach(async () => {
	lesson = await planLesson();
	lists = createSessionLists({ store: lesson.store, now: lesson.time.now, settings });
});
afterEach(() => lesson.close());

/** Completed sessions of Maya and Liam with these starts. */
async function taught(starts: number[]): Promise<string[]> {
	const { sessions, sessionMembers } = lesson.store.tables;
	const template = await lesson.session();
	const rows: Row<'sessions'>[] = starts.map((at, nth) => ({
		...template,
		id: `past-${String(nth).padStart(5, '0')}`,
		roomCode: `room-${nth}`,
		status: 'completed' as const,
		startsAt: new Date(at),
		endsAt: new Date(at + 3_600_000)
	}));
	await lesson.store.transact(function* (tx) {
		for (const row of rows) {
			yield tx.insert(sessions).values(row).returning();
			const of = { sessionId: row.id, startsAt: row.startsAt };
			yield tx
				.insert(sessionMembers)
				.values([
					{ ...of, userId: 'maya', role: 'mentor' as const },
					{ ...of, userId: 'liam', role: 'learner' as const }
				])
				.returning();
		}
	});
	return rows.map(({ roomCode }) => roomCode);
}

describe('lists', () => {
	test('[F7] one’s own sessions: upcoming by start, past latest first, nobody else’s', async () => {
		const { roomCode } = await lesson.plan({
			title: 'Later',
			learnerEmails: ['liam@x.test'],
			startsAt: STARTS_AT + 7_200_000,
			minutes: 45,
			priceMinor: 4_500
		});
		const first = await lesson.session();
		const done = await lesson.planAnother();
		await lesson.sessions.start(done);
		await lesson.sessions.end(done, 'mentor');
		const upcoming = await lists.upcoming({ id: 'liam' });
		expect(upcoming.map((session) => session.roomCode)).toEqual([first.roomCode, roomCode]);
		expect(upcoming[0]).toEqual({
			roomCode: first.roomCode,
			title: 'Fractions',
			status: 'scheduled',
			startableFrom: STARTS_AT - 15 * 60_000,
			startsAt: STARTS_AT,
			endsAt: ENDS_AT,
			startedAt: null,
			endedAt: null,
			durationSeconds: null,
			priceMinor: 4_500,
			currency: 'EUR',
			people: [MAYA, AISHA, LIAM]
		});
		const { sessions, older } = await lists.past({ id: 'liam' }, null);
		expect(sessions).toMatchObject([
			{ id: done.id, summary: { roomCode: done.roomCode, status: 'completed', durationSeconds: 0 } }
		]);
		expect(older).toBeNull();
		expect(await lists.upcoming({ id: 'omar' })).toEqual([]);
		expect(await lists.past({ id: 'omar' }, null)).toEqual({ sessions: [], older: null });
	});

	test('[F7] a session that runs longer and longer stays among the upcoming', async () => {
		await lesson.sessions.start(await lesson.session());
		await lesson.time.advance(24 * 3_600_000);
		expect(await lists.upcoming(mentor)).toMatchObject([{ status: 'live' }]);
	});

	test('[F7] page after page, all past sessions come once and in order, several of one instant included', async () => {
		const starts = fc.sample(fc.array(fc.nat(40), { minLength: 73, maxLength: 73 }), {
			numRuns: 1,
			seed: 5
		})[0]!;
		await taught(starts.map((hour) => STARTS_AT - (hour + 2) * 3_600_000));
		for (const pageSize of [1, 7, 73, 100]) {
			const paged = createSessionLists({ store: lesson.store, now: lesson.time.now, settings, pageSize });
			const seen: { id: string; startsAt: number }[] = [];
			let before: string | null = null;
			do {
				const page: Awaited<ReturnType<typeof paged.past>> = await paged.past({ id: 'liam' }, before);
				expect(page.sessions.length).toBeGreaterThan(0);
				expect(page.sessions.length).toBeLessThanOrEqual(pageSize);
				seen.push(...page.sessions.map(({ id, summary }) => ({ id, startsAt: summary.startsAt })));
				before = page.older;
			} while (before);
			expect(new Set(seen.map(({ id }) => id)).size).toBe(73);
			const ordered = seen.toSorted((a, b) => b.startsAt - a.startsAt || (a.id < b.id ? 1 : -1));
			expect(seen).toEqual(ordered);
		}
	});

	test('[F7] a place that nobody wrote shows the latest ones', async () => {
		await taught([STARTS_AT - 7_200_000]);
		for (const before of ['', 'x', '1', '1.', '99999999999999999.x', "1.'; drop table sessions"])
			expect((await lists.past({ id: 'liam' }, before)).sessions).toHaveLength(1);
		expect((await lists.past({ id: 'liam' }, '0.x')).sessions).toEqual([]);
	});
});
