import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { personTopic } from '../notifications/personMessages.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import type { Member } from '../../shared/roomState.ts';
import { AISHA, ENDS_AT, LIAM, planLesson, type Lesson } from './lessonFixture.ts';
import { createRemovals } from './removals.ts';

const MINUTE = 60_000;
let lesson: Lesson;
/** Whose open pages heard that their sessions changed. */
let told: string[];

beforeEach(async () => {
	lesson = await planLesson();
	told = [];
	for (const userId of ['maya', 'liam', 'aisha', 'omar']) {
		lesson.bus.subscribe(personTopic(userId), (message) => {
			if ((message as { type: string }).type === 'sessions') told.push(userId);
		});
	}
});
afterEach(() => lesson.close());

/** A further lesson of Maya; `startsIn` and `minutes` in minutes, counted from the end of the first one. */
async function planAfter(startsIn: number, learnerEmails: string[], minutes = 60): Promise<string> {
	const startsAt = ENDS_AT + startsIn * MINUTE;
	const rest = { title: 'Decimals', minutes, priceMinor: 100 };
	return (await lesson.plan({ ...rest, learnerEmails, startsAt })).roomCode;
}

async function extend(clientId: string, minutes: number, accepted?: boolean): Promise<unknown> {
	try {
		await lesson.sessions.extend(await lesson.session(), clientId, minutes, accepted);
		return 'extended';
	} catch (error) {
		const { reason, next } = error as { reason: string; next?: unknown };
		return next ?? reason;
	}
}

/** Makes them known to the mentor. */
async function come(...people: Member[]): Promise<void> {
	const session = await lesson.session();
	for (const member of people)
		await createAttendance(lesson).join(session, { id: member.userId, member }, 'seat', lesson.time.now());
}

async function hasEnd(minutesLater: number): Promise<void> {
	expect((await lesson.session()).endsAt.getTime()).toBe(ENDS_AT + minutesLater * MINUTE);
}

describe('overtime and the next session', () => {
	beforeEach(async () => {
		await lesson.sessions.start(await lesson.session());
	});

	test('[M2] running into the mentor’s next session is refused with its time, until it is accepted', async () => {
		await planAfter(10, ['omar@x.test']);
		expect(await extend('a', 10)).toBe('extended');
		await hasEnd(10);
		expect(await extend('b', 5)).toEqual([{ userId: 'maya', startsAt: ENDS_AT + 10 * MINUTE }]);
		await hasEnd(10);
		expect((await lesson.roomLog.readAll((await lesson.session()).id)).at(-1)?.clientId).toBe('a');
		expect(await extend('b', 5, true)).toBe('extended');
		expect(await extend('b', 5)).toBe('extended');
		await hasEnd(15);
	});

	test('[M2] a learner’s next session counts too: the first one of each, and its time only', async () => {
		await come(LIAM, AISHA);
		await planAfter(20, ['liam@x.test']);
		await planAfter(3, ['omar@x.test', 'aisha@x.test'], 1);
		expect(await extend('a', 5)).toEqual([
			{ userId: 'aisha', startsAt: ENDS_AT + 3 * MINUTE },
			{ userId: 'maya', startsAt: ENDS_AT + 3 * MINUTE }
		]);
		expect(await extend('b', 15, true)).toBe('extended');
		// What lies before the present end is past and done: only the added time counts.
		expect(await extend('c', 5)).toBe('extended');
		expect(await extend('d', 5)).toEqual([
			{ userId: 'liam', startsAt: ENDS_AT + 20 * MINUTE },
			{ userId: 'maya', startsAt: ENDS_AT + 20 * MINUTE }
		]);
	});

	test('[M2] [S6] of who has not answered, and of who was taken out, nobody hears that they are busy', async () => {
		await come(LIAM);
		const roomCode = await planAfter(0, ['liam@x.test', 'aisha@x.test']);
		// Another mentor's, as far as this one is concerned.
		const { session } = await lesson.sessions.membership(roomCode, { id: 'maya' });
		const { sessionMembers } = lesson.store.tables;
		await lesson.store.transact(function* (tx) {
			const mentors = and(eq(sessionMembers.sessionId, session.id), eq(sessionMembers.userId, 'maya'));
			yield tx.delete(sessionMembers).where(mentors).returning();
		});
		expect(await extend('a', 5)).toEqual([{ userId: 'liam', startsAt: ENDS_AT }]);
		const removals = createRemovals({ ...lesson, attendance: createAttendance(lesson) });
		await removals.remove(await lesson.session(), { clientId: 'out', by: 'maya', userId: 'liam' });
		expect(await extend('a', 5)).toBe('extended');
	});

	test('[M2] sessions that are over, and those of others, stand in nobody’s way', async () => {
		const roomCode = await planAfter(0, ['omar@x.test']);
		const { session } = await lesson.sessions.membership(roomCode, { id: 'maya' });
		const { sessions } = lesson.store.tables;
		expect(await extend('a', 5)).toHaveLength(1);
		await lesson.store.transact(function* (tx) {
			yield tx.update(sessions).set({ status: 'cancelled' }).where(eq(sessions.id, session.id)).returning();
		});
		expect(await extend('a', 5)).toBe('extended');
	});

	test('[M2] the mentor’s room knows when the next one starts, a learner’s does not', async () => {
		const { roomCode } = await lesson.session();
		const nextOf = async (id: string) => (await lesson.sessions.roomState(roomCode, { id })).nextStartsAt;
		expect(await nextOf('maya')).toBeNull();
		await planAfter(90, ['liam@x.test']);
		await planAfter(10, ['liam@x.test']);
		expect(await nextOf('maya')).toBe(ENDS_AT + 10 * MINUTE);
		expect(await nextOf('liam')).toBeNull();
	});
});

describe('lists of sessions', () => {
	const members = ['aisha', 'liam', 'maya'];
	function heard(): string[] {
		return told.splice(0).sort();
	}

	test('[F7] every member’s pages hear of start, extension and end, once each', async () => {
		const session = await lesson.session();
		await lesson.sessions.start(session);
		expect(heard()).toEqual(members);
		await lesson.sessions.start(session);
		expect(heard()).toEqual([]);
		await extend('a', 5);
		expect(heard()).toEqual(members);
		await extend('a', 5);
		expect(heard()).toEqual([]);
		await lesson.sessions.end(session, 'mentor');
		expect(heard()).toEqual(members);
		await lesson.sessions.end(session, 'mentor');
		expect(heard()).toEqual([]);
	});

	test('[F7] [F9] and of a session that nobody started', async () => {
		await lesson.time.advance(ENDS_AT - lesson.time.now());
		expect(await lesson.sessions.markMissed()).toBe(1);
		expect(heard()).toEqual(members);
		expect(await lesson.sessions.markMissed()).toBe(0);
		expect(heard()).toEqual([]);
	});

	test('[F7] what was refused or failed is told to nobody', async () => {
		const session = await lesson.session();
		expect(await extend('a', 5)).toBe('not-live');
		await expect(lesson.sessions.end(session, 'mentor')).rejects.toMatchObject({ reason: 'not-live' });
		expect(heard()).toEqual([]);
	});
});
