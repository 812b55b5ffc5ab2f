import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LIAM, MAYA, planLesson, STARTS_AT, type Lesson } from './lessonFixture.ts';

let lesson: Lesson;
beforeEach(async () => {
	lesson = await planLesson();
});
afterEach(() => lesson.close());

test('[L1] what a room page shows of its session', async () => {
	const { roomCode } = await lesson.plan({
		...{ title: 'Fractions', learnerEmails: ['liam@x.test'], startsAt: STARTS_AT },
		...{ minutes: 45, priceMinor: 4_500 }
	});
	const { session, me, capacity, serverNow } = await lesson.sessions.roomState(roomCode, { id: 'liam' });
	expect(session).toEqual({
		...{ roomCode, title: 'Fractions', status: 'scheduled', members: [MAYA, LIAM] },
		...{ startsAt: STARTS_AT, endsAt: STARTS_AT + 45 * 60_000, startableFrom: STARTS_AT - 15 * 60_000 },
		...{ startedAt: null, endedAt: null, endReason: null }
	});
	expect(me).toEqual(LIAM);
	expect({ capacity, serverNow }).toEqual({ capacity: 4, serverNow: lesson.time.now() });
});

describe('who may see what', () => {
	test('[E2] members, strangers and unknown rooms are told apart for pages', async () => {
		const { roomCode } = await lesson.session();
		expect(await lesson.sessions.access(roomCode, { id: 'liam' })).toBe('member');
		expect(await lesson.sessions.access(roomCode, { id: 'omar' })).toBe('stranger');
		expect(await lesson.sessions.access('nowhere', { id: 'liam' })).toBe('unknown');
	});

	test('[E1] for everything else strangers and unknown rooms get the same answer', async () => {
		const { roomCode } = await lesson.session();
		const refused = expect.objectContaining({ reason: 'not-found' }) as unknown;
		await expect(lesson.sessions.roomState(roomCode, { id: 'omar' })).rejects.toEqual(refused);
		await expect(lesson.sessions.roomState('nowhere', { id: 'liam' })).rejects.toEqual(refused);
		await expect(lesson.sessions.membership(roomCode, { id: 'omar' })).rejects.toEqual(refused);
	});

	test('[S3] [B6] whoever tries one room code after the other hears no more of them; members stay members', async () => {
		const { roomCode } = await lesson.session();
		const { access, membership } = lesson.sessions;
		const tried = async (code: string, id: string) =>
			membership(code, { id }).then(
				() => 'member',
				(refusal: { reason: string }) => refusal.reason
			);
		for (let n = 0; n < 300; n += 1) expect(await tried(`guess-${n}`, 'liam')).toBe('not-found');
		expect(await tried('one-more', 'liam')).toBe('too-many');
		expect(await access('one-more', { id: 'liam' })).toBe('guessing');
		expect([await tried(roomCode, 'liam'), await access(roomCode, { id: 'liam' })]).toEqual([
			'member',
			'member'
		]);
		expect(await access(roomCode, { id: 'omar' })).toBe('stranger');
		await lesson.time.advance(10 * 60_000);
		expect(await access('one-more', { id: 'liam' })).toBe('unknown');
	});

	test('[E1] the role is the one in this session', async () => {
		const { roomCode } = await lesson.session();
		expect((await lesson.sessions.membership(roomCode, { id: 'maya' })).member.role).toBe('mentor');
		expect((await lesson.sessions.membership(roomCode, { id: 'aisha' })).member.role).toBe('learner');
	});
});
