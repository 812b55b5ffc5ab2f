import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '../../shared/refusals.ts';
import type { Member } from '../../shared/roomState.ts';
import type { Row } from '../db/store.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { AISHA, ENDS_AT, LIAM, MAYA, planLesson, STARTS_AT, type Lesson } from './lessonFixture.ts';

let lesson: Lesson;

beforeEach(async () => {
	lesson = await planLesson();
});
afterEach(() => lesson.close());

async function goTo(instant: number): Promise<void> {
	await lesson.time.advance(instant - lesson.time.now());
}

async function logged(session?: Row<'sessions'>): Promise<string[]> {
	const { id } = session ?? (await lesson.session());
	return (await lesson.roomLog.readAll(id)).map((entry) => entry.type);
}

/** Somebody's stay, from now until `leave` or the end. */
async function arrive(member: Member) {
	const attendance = createAttendance(lesson);
	const session = await lesson.session();
	const stay = { id: `stay-${member.userId}`, member };
	await attendance.join(session, stay, 'seat', lesson.time.now());
	return {
		leave: () => attendance.leave(session, stay, lesson.time.now(), 'goodbye'),
		beat: () => attendance.heartbeat([stay.id], lesson.time.now())
	};
}

async function ledger(): Promise<Row<'ledger'>[]> {
	return lesson.store.db.select().from(lesson.store.tables.ledger);
}

async function jobKeys(): Promise<string[]> {
	const { id } = await lesson.session();
	const rows = await lesson.store.db.select().from(lesson.store.tables.jobs);
	return rows.map((job) => job.uniqueKey.replace(id, '*')).sort();
}

/** Live since now, with one minute to go. */
async function startNow(session: Row<'sessions'>): Promise<void> {
	const { sessions } = lesson.store.tables;
	const now = lesson.time.now();
	const values = { startsAt: new Date(now), endsAt: new Date(now + 60_000) };
	await lesson.store.transact(function* (tx) {
		yield tx.update(sessions).set(values).where(eq(sessions.id, session.id)).returning();
	});
	await lesson.sessions.start(session);
}

function refused(error: unknown): false {
	if (error instanceof Refusal) return false;
	throw error;
}

describe('the end', () => {
	test('[F2] is one transaction: status, reason, duration, entry, earning, follow-up', async () => {
		const people = [await arrive(MAYA), await arrive(LIAM)];
		await goTo(STARTS_AT);
		await lesson.sessions.start(await lesson.session());
		await goTo(STARTS_AT + 1_800_400);
		await Promise.all(people.map((person) => person.beat()));
		expect(await lesson.sessions.end(await lesson.session(), 'mentor')).toBe(true);
		expect(await lesson.session()).toMatchObject({
			status: 'completed',
			endReason: 'mentor',
			durationSeconds: 1_800,
			endedAt: new Date(STARTS_AT + 1_800_400)
		});
		expect(await ledger()).toMatchObject([{ mentorId: 'maya', amountMinor: 4_500, currency: 'EUR' }]);
		expect(await jobKeys()).toEqual([
			'analytics:*',
			'notify-end:*',
			'rating-reminder:*:liam',
			'rating-reminder:*:maya'
		]);
		const { jobs } = lesson.store.tables;
		const due = (await lesson.store.db.select().from(jobs)).find((job) => job.uniqueKey.endsWith('liam'));
		expect(due?.dueAt.getTime()).toBe(STARTS_AT + 1_800_400 + 5 * 60_000);
	});

	test('[F2] a failure in it leaves everything as it was', async () => {
		await lesson.sessions.start(await lesson.session());
		const { id } = await lesson.session();
		const { ledger: table } = lesson.store.tables;
		// The ledger's unique session makes the booking fail.
		await lesson.store.transact(function* (tx) {
			const wrong = {
				id: 'x',
				sessionId: id,
				mentorId: 'maya',
				amountMinor: 1,
				currency: 'EUR',
				bookedAt: new Date(0)
			};
			yield tx.insert(table).values(wrong).returning();
		});
		await expect(lesson.sessions.end({ id }, 'mentor')).rejects.toThrow();
		expect((await lesson.session()).status).toBe('live');
		expect(await logged()).toEqual(['session.start']);
		expect(await jobKeys()).toEqual([]);
	});

	test('[F2] nothing is earned and nobody is asked to rate when no learner was there while it was live', async () => {
		const maya = await arrive(MAYA);
		const liam = await arrive(LIAM);
		await lesson.time.advance(60_000);
		await liam.leave();
		await lesson.sessions.start(await lesson.session());
		await lesson.time.advance(60_000);
		await maya.leave();
		await lesson.sessions.end(await lesson.session(), 'mentor');
		expect(await ledger()).toMatchObject([{ amountMinor: 0 }]);
		expect(await jobKeys()).toEqual(['analytics:*', 'notify-end:*']);
	});

	test('[F2] a learner who was there for a moment makes it a lesson', async () => {
		await lesson.sessions.start(await lesson.session());
		const aisha = await arrive(AISHA);
		await lesson.time.advance(1_000);
		await aisha.leave();
		await lesson.time.advance(1_000);
		await lesson.sessions.end(await lesson.session(), 'mentor');
		expect(await ledger()).toMatchObject([{ amountMinor: 4_500 }]);
	});

	test('[F1] by time it comes at the scheduled end, not before, and is no longer when the server was down', async () => {
		await lesson.sessions.start(await lesson.session());
		await goTo(ENDS_AT - 1);
		expect(await lesson.sessions.endOverdue()).toBe(0);
		await goTo(ENDS_AT + 3_600_000);
		expect(await lesson.sessions.endOverdue()).toBe(1);
		expect(await lesson.sessions.endOverdue()).toBe(0);
		const session = await lesson.session();
		expect(session).toMatchObject({ endReason: 'time', endedAt: new Date(ENDS_AT), durationSeconds: 3_900 });
		expect((await lesson.roomLog.readAll(session.id)).at(-1)).toMatchObject({
			type: 'session.end',
			actorId: null,
			payload: { reason: 'time', durationSeconds: 3_900 }
		});
	});

	test('[F1] before the start there is nothing to end', async () => {
		const attempt = lesson.sessions.end(await lesson.session(), 'mentor');
		await expect(attempt).rejects.toMatchObject({ reason: 'not-live' });
	});

	test('[F1] of 200 ends, extensions and auto-ends that meet, one end counts', async () => {
		await arrive(LIAM);
		await lesson.sessions.start(await lesson.session());
		const session = await lesson.session();
		await goTo(ENDS_AT + 1);
		const outcomes = await Promise.all(
			Array.from({ length: 200 }, async (_, i) => {
				if (i % 3 === 0) return lesson.sessions.end(session, 'mentor');
				if (i % 3 === 1) return (await lesson.sessions.endOverdue()) === 1;
				return lesson.sessions.extend(session, `x${i}`, 5).then(() => false, refused);
			})
		);
		expect(outcomes.filter(Boolean)).toHaveLength(1);
		expect(await ledger()).toHaveLength(1);
		expect((await logged()).filter((type) => type === 'session.end')).toHaveLength(1);
		expect((await jobKeys()).filter((key) => key.startsWith('notify-end'))).toHaveLength(1);
	});

	test('[F1] an extension and the scheduled end in any order: extended or ended, never both', async () => {
		const step = fc.constantFrom('extend', 'time', 'mentor', 'minute' as const);
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
				const session = await lesson.planAnother();
				await startNow(session);
				let endsAt = lesson.time.now() + 60_000;
				let over = false;
				for (const [i, next] of steps.entries()) {
					if (next === 'minute') await lesson.time.advance(60_000);
					if (next === 'mentor') over = (await lesson.sessions.end(session, 'mentor')) || over;
					if (next === 'time') {
						const due: boolean = !over && lesson.time.now() >= endsAt;
						expect(await lesson.sessions.end(session, 'time')).toBe(due);
						over ||= due;
					}
					if (next === 'extend') {
						// The lessons of the rounds before take place at the same time.
						const extension = lesson.sessions.extend(session, `x${i}`, 5, true);
						const extended = await extension.then(() => true, refused);
						expect(extended).toBe(!over);
						if (extended) endsAt += 5 * 60_000;
					}
				}
				const now = await lesson.sessions.byId(session.id);
				expect(now?.status).toBe(over ? 'completed' : 'live');
				expect(now?.endsAt.getTime()).toBe(endsAt);
				const ends = (await logged(session)).filter((type) => type === 'session.end');
				expect(ends).toHaveLength(over ? 1 : 0);
			}),
			{ numRuns: 40 }
		);
	}, 60_000);
});
