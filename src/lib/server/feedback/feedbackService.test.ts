import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../shared/refusals.ts';
import type { Row } from '../db/store.ts';
import { DAY, endLesson, REVEAL_DAYS, userOf, type RatedLesson } from './feedbackFixture.ts';

let rated: RatedLesson;
let session: Row<'sessions'>;

beforeEach(async () => {
	rated = await endLesson();
	session = await rated.lesson.session();
});
afterEach(() => rated.lesson.close());

const all = <K extends 'ratings' | 'ratingTotals' | 'notifications' | 'jobs'>(table: K) =>
	rated.lesson.store.db.select().from(rated.lesson.store.tables[table]) as unknown as Promise<Row<K>[]>;

/** What `who` reads of the pair with `other`. */
async function read(who: string, other: string, { roomCode } = session) {
	const pairs = await rated.servers[0].feedback.pairs(roomCode, userOf(who));
	return pairs.find(({ person }) => person.userId === other);
}

async function tick(): Promise<void> {
	await Promise.all(rated.servers.map(({ jobs }) => jobs.runDue()));
}

async function toldOf(userId: string): Promise<unknown[]> {
	const mine = await rated.servers[0].notifications.latestOf(userId, 100);
	return mine.filter(({ kind }) => kind === 'rating-revealed').map(({ payload }) => payload);
}

describe('[F4] a rating is blind', () => {
	test('until the other one has rated too; then both are shown, counted and told, once and for good', async () => {
		await rated.rate(session, 'liam', 'maya', 4, { comment: 'Clear', connectionToBlame: true });
		expect(await read('maya', 'liam')).toMatchObject({ mine: null, theirs: null });
		expect(await read('liam', 'maya')).toMatchObject({
			mine: { stars: 4, comment: 'Clear', connectionToBlame: true, revealed: false },
			theirs: null,
			revealsAt: session.endedAt!.getTime() + REVEAL_DAYS * DAY
		});
		await rated.rate(session, 'liam', 'maya', 5, { comment: 'Very clear' });
		expect(await all('ratingTotals')).toEqual([]);
		const pair = { sessionId: session.id, raterId: 'liam', rateeId: 'maya' };
		expect(await rated.servers[0].feedback.revealed(pair)).toBeNull();

		await rated.rate(session, 'maya', 'liam', 3);
		// The question about the connection is no part of what the other one reads.
		expect((await read('maya', 'liam'))?.theirs).toEqual({ stars: 5, comment: 'Very clear' });
		expect(await read('liam', 'maya')).toMatchObject({ mine: { revealed: true }, theirs: { stars: 3 } });
		expect((await all('ratingTotals')).sort((a, b) => a.stars - b.stars)).toEqual([
			{ userId: 'liam', ratings: 1, stars: 3 },
			{ userId: 'maya', ratings: 1, stars: 5 }
		]);
		await tick();
		await tick();
		const { roomCode, title } = session;
		expect(await toldOf('maya')).toEqual([{ roomCode, title, raterName: 'Liam', stars: 5 }]);
		expect(await toldOf('liam')).toEqual([{ roomCode, title, raterName: 'Maya', stars: 3 }]);
		// Aisha has a pair of her own with Maya.
		expect(await read('aisha', 'maya')).toMatchObject({ mine: null, theirs: null });

		const change = rated.rate(session, 'liam', 'maya', 1);
		await expect(change).rejects.toMatchObject({ reason: 'rating-revealed' });
		// A page that never heard the answer sends the same once more.
		await rated.rate(session, 'maya', 'liam', 3);
		expect((await read('maya', 'liam'))?.theirs).toEqual({ stars: 5, comment: 'Very clear' });
	});

	test('seven days after the end it is shown by itself, by whichever server comes first', async () => {
		await rated.rate(session, 'liam', 'maya', 4, { comment: 'Clear' });
		const due = session.endedAt!.getTime() + REVEAL_DAYS * DAY;
		await rated.lesson.time.advance(due - 1 - rated.lesson.time.now());
		await tick();
		expect(await read('maya', 'liam')).toMatchObject({ mine: null, theirs: null });
		await rated.lesson.time.advance(1);
		await tick();
		await tick();
		expect(await read('maya', 'liam')).toMatchObject({ mine: null, theirs: { stars: 4, comment: 'Clear' } });
		expect(await all('ratingTotals')).toEqual([{ userId: 'maya', ratings: 1, stars: 4 }]);
		expect(await toldOf('maya')).toHaveLength(1);

		// The first rating is still possible, is shown at once and stays as it is.
		await rated.rate(session, 'maya', 'liam', 2);
		expect(await all('ratingTotals')).toContainEqual({ userId: 'maya', ratings: 1, stars: 4 });
		await expect(rated.rate(session, 'maya', 'liam', 5)).rejects.toMatchObject({ reason: 'rating-revealed' });
		await tick();
		expect(await read('liam', 'maya')).toMatchObject({ theirs: { stars: 2 } });
		expect(await toldOf('liam')).toHaveLength(1);
	});

	test('also where the clock of the server that keeps it is behind that of the one that showed the others', async () => {
		await rated.rate(session, 'liam', 'maya', 4);
		const { time } = rated.lesson;
		await time.advance(session.endedAt!.getTime() + REVEAL_DAYS * DAY - time.now());
		await tick();
		expect(await read('maya', 'liam')).toMatchObject({ theirs: { stars: 4 } });
		await time.advance(-60_000);
		await rated.rate(session, 'aisha', 'maya', 2);
		expect(await read('maya', 'aisha')).toMatchObject({ theirs: null });
		await time.advance(60_000);
		await tick();
		expect(await read('maya', 'aisha')).toMatchObject({ theirs: { stars: 2 } });
	});

	test('of several people sent at once all are kept or none', async () => {
		await rated.rate(session, 'liam', 'maya', 4);
		await rated.rate(session, 'maya', 'liam', 4);
		const both = [
			{ rateeId: 'aisha', stars: 5, comment: '' },
			{ rateeId: 'liam', stars: 1, comment: '' }
		];
		const sent = rated.servers[0].feedback.save(session.roomCode, userOf('maya'), both);
		await expect(sent).rejects.toMatchObject({ reason: 'rating-revealed' });
		expect((await read('maya', 'aisha'))?.mine).toBeNull();
	});

	test('an average is shown from three revealed ratings on', async () => {
		const { standingOf } = rated.servers[0].feedback;
		expect(await standingOf('maya')).toEqual({ ratings: 0, average: null });
		for (const [nth, stars] of [5, 4, 4].entries()) {
			const another = await rated.endAnother();
			await rated.rate(another, 'liam', 'maya', stars);
			expect((await standingOf('maya')).ratings).toBe(nth);
			await rated.rate(another, 'maya', 'liam', 5);
			expect(await standingOf('maya')).toEqual({ ratings: nth + 1, average: nth < 2 ? null : 13 / 3 });
		}
	});
});

describe('[F4] at the same moment', () => {
	test('both rate: both are shown, whichever server they reach', async () => {
		for (let round = 0; round < 25; round += 1) {
			const another = await rated.endAnother();
			const [server, other] = rated.servers;
			await Promise.all([
				rated.rate(another, 'liam', 'maya', 4, { server }),
				rated.rate(another, 'maya', 'liam', 3, { server: other })
			]);
			expect(await read('maya', 'liam', another)).toMatchObject({ theirs: { stars: 4 } });
			expect(await read('liam', 'maya', another)).toMatchObject({ theirs: { stars: 3 } });
		}
		await tick();
		expect(await toldOf('maya')).toHaveLength(25);
		expect(await all('ratingTotals')).toContainEqual({ userId: 'maya', ratings: 25, stars: 100 });
	});

	test('an edit meets the other one’s rating: changed before it is shown, or refused, never after', async () => {
		for (let round = 0; round < 25; round += 1) {
			const another = await rated.endAnother();
			await rated.rate(another, 'liam', 'maya', 4);
			const steps = [
				() => rated.rate(another, 'liam', 'maya', 1, { server: rated.servers[0] }),
				() => rated.rate(another, 'maya', 'liam', 5, { server: rated.servers[1] })
			];
			const [edit] = await Promise.allSettled(
				round % 2 === 0 ? steps.map((step) => step()) : [steps[1]!(), steps[0]!()].reverse()
			);
			const shown = (await read('maya', 'liam', another))?.theirs?.stars;
			expect(shown).toBe(edit?.status === 'fulfilled' ? 1 : 4);
			if (edit?.status === 'rejected')
				expect(edit.reason).toMatchObject({ reason: 'rating-revealed' } satisfies Partial<Refusal>);
		}
	});

	test('[F5] a rating meets its reminder: at most one reminder, and none when the rating was first', async () => {
		await rated.lesson.time.advance(5 * 60_000);
		await Promise.all([tick(), rated.rate(session, 'liam', 'maya', 5)]);
		await tick();
		const reminders = async (userId: string) =>
			(await rated.servers[0].notifications.latestOf(userId, 100)).filter(
				({ kind }) => kind === 'rating-reminder'
			).length;
		expect(await reminders('liam')).toBeLessThanOrEqual(1);
		expect(await reminders('maya')).toBe(1);

		const another = await rated.endAnother();
		const before = await reminders('liam');
		await rated.rate(another, 'liam', 'maya', 5);
		await rated.lesson.time.advance(5 * 60_000);
		await tick();
		expect(await reminders('liam')).toBe(before);
	});
});

test('[F4] in any order of rating, editing, waiting and ticking nobody reads what is hidden, and what is shown stays', async () => {
	const PAIRS = [
		['liam', 'maya'],
		['maya', 'liam'],
		['aisha', 'maya'],
		['maya', 'aisha']
	] as const;
	const step = fc.oneof(
		fc.record({ pair: fc.constantFrom(...PAIRS), stars: fc.integer({ min: 1, max: 5 }) }),
		fc.constantFrom('wait' as const, 'tick' as const)
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
			const lesson = await rated.endAnother();
			const ends = rated.lesson.time.now();
			/** By rater and ratee. */
			const hidden = new Map<string, number>();
			const shown = new Map<string, number>();
			const show = (key: string) => {
				const stars = hidden.get(key);
				if (stars === undefined) return;
				shown.set(key, stars);
				hidden.delete(key);
			};
			for (const next of steps) {
				const late = rated.lesson.time.now() >= ends + REVEAL_DAYS * DAY;
				if (next === 'wait') await rated.lesson.time.advance(3 * DAY);
				else if (next === 'tick') {
					await tick();
					if (late) [...hidden.keys()].forEach(show);
				} else {
					const [by, about] = next.pair;
					const [key, back] = [`${by} ${about}`, `${about} ${by}`];
					const saved = rated.rate(lesson, by, about, next.stars);
					if (shown.has(key) && shown.get(key) !== next.stars) await expect(saved).rejects.toThrow(Refusal);
					else {
						await saved;
						const changed = !shown.has(key) && hidden.get(key) !== next.stars;
						if (!shown.has(key)) hidden.set(key, next.stars);
						if (changed && (late || hidden.has(back) || shown.has(back))) [key, back].forEach(show);
					}
				}
				for (const [by, about] of PAIRS) {
					const pair = await read(about, by, lesson);
					expect(pair?.theirs?.stars ?? null).toBe(shown.get(`${by} ${about}`) ?? null);
				}
			}
			const sums = new Map<string, number>();
			for (const { rateeId, stars, revealedAt } of await all('ratings'))
				if (revealedAt) sums.set(rateeId, (sums.get(rateeId) ?? 0) + stars);
			expect(new Map((await all('ratingTotals')).map((row) => [row.userId, row.stars]))).toEqual(sums);
		}),
		{ numRuns: 40 }
	);
	// Told of each rating that is shown, once. What one tick shows the next one tells.
	for (let nth = 0; nth < 3; nth += 1) await tick();
	const shown = (await all('ratings')).filter(({ revealedAt }) => revealedAt !== null);
	const told = (await all('notifications')).filter(({ kind }) => kind === 'rating-revealed');
	expect(told).toHaveLength(shown.length);
}, 60_000);
