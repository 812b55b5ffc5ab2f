import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LIAM, MAYA, planLesson, STARTS_AT, type Lesson } from './lessonFixture.ts';

let lesson: Lesson;
const mentor = { id: 'maya', role: 'mentor' } as const;
const plan = {
	title: ' Fractions ',
	learnerEmails: ['Liam@x.test', 'liam@x.test'],
	startsAt: STARTS_AT,
	minutes: 45,
	priceMinor: 4_500
};

beforeEach(async () => {
	lesson = await planLesson();
});
afterEach(() => lesson.close());

describe('planning', () => {
	test('[A2] stores the session and its members', async () => {
		const { roomCode } = await lesson.sessions.plan(mentor, plan);
		const { session, me, capacity, serverNow } = await lesson.sessions.roomState(roomCode, { id: 'liam' });
		expect(session).toEqual({
			roomCode,
			title: 'Fractions',
			status: 'scheduled',
			startsAt: STARTS_AT,
			endsAt: STARTS_AT + 45 * 60_000,
			startedAt: null,
			endedAt: null,
			endReason: null,
			startableFrom: STARTS_AT - 15 * 60_000,
			members: [MAYA, LIAM]
		});
		expect(me).toEqual(LIAM);
		expect({ capacity, serverNow }).toEqual({ capacity: 4, serverNow: lesson.time.now() });
	});

	test('[A2] e-mails without a learner are named, and nothing is stored', async () => {
		const { tables, db } = lesson.store;
		const before = await db.select().from(tables.sessions);
		const wrong = { ...plan, learnerEmails: ['liam@x.test', 'nobody@x.test', 'maya@x.test'] };
		await expect(lesson.sessions.plan(mentor, wrong)).rejects.toMatchObject({
			reason: 'not-a-learner',
			emails: ['nobody@x.test', 'maya@x.test']
		});
		expect(await db.select().from(tables.sessions)).toEqual(before);
	});

	test('[A2] only mentors plan', async () => {
		const attempt = lesson.sessions.plan({ id: 'liam', role: 'learner' }, plan);
		await expect(attempt).rejects.toMatchObject({ reason: 'not-mentor' });
	});

	test.each([
		{ title: ' ' },
		{ title: 'x'.repeat(121) },
		{ learnerEmails: [] },
		{ startsAt: 0 },
		{ startsAt: Number.NaN },
		{ startsAt: 8.64e15 },
		{ minutes: 0 },
		{ minutes: -5 },
		{ minutes: Infinity },
		{ priceMinor: -1 },
		{ priceMinor: 0.5 }
	])('[A2] refuses %j', async (wrong) => {
		await expect(lesson.sessions.plan(mentor, { ...plan, ...wrong })).rejects.toMatchObject({
			reason: 'bad-input'
		});
	});
});

describe('who may see what', () => {
	test('[E2] members, strangers and unknown rooms are told apart for pages', async () => {
		const { roomCode } = await lesson.session();
		expect(await lesson.sessions.access(roomCode, { id: 'liam' })).toBe('member');
		expect(await lesson.sessions.access(roomCode, { id: 'omar' })).toBe('stranger');
		expect(await lesson.sessions.access(roomCode, null)).toBe('stranger');
		expect(await lesson.sessions.access('nowhere', { id: 'liam' })).toBe('unknown');
	});

	test('[E1] for everything else strangers and unknown rooms get the same answer', async () => {
		const { roomCode } = await lesson.session();
		const refused = expect.objectContaining({ reason: 'not-found' }) as unknown;
		await expect(lesson.sessions.roomState(roomCode, { id: 'omar' })).rejects.toEqual(refused);
		await expect(lesson.sessions.roomState('nowhere', { id: 'liam' })).rejects.toEqual(refused);
		await expect(lesson.sessions.membership(roomCode, { id: 'omar' })).rejects.toEqual(refused);
	});

	test('[E1] the role is the one in this session', async () => {
		const { roomCode } = await lesson.session();
		expect((await lesson.sessions.membership(roomCode, { id: 'maya' })).member.role).toBe('mentor');
		expect((await lesson.sessions.membership(roomCode, { id: 'aisha' })).member.role).toBe('learner');
	});
});
