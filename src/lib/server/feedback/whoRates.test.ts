import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '../../shared/roomState.ts';
import { run } from '../db/store.ts';
import { createAttendance } from '../presence/attendanceService.ts';
import { AISHA, LIAM, MAYA } from '../sessions/lessonFixture.ts';
import { endLesson, userOf, type RatedLesson } from './feedbackFixture.ts';

let rated: RatedLesson;

beforeEach(async () => {
	rated = await endLesson();
});
afterEach(() => rated.lesson.close());

/** What `who` reads of the pair with `other`. */
async function read(who: string, other: string, { roomCode }: { roomCode: string }) {
	const pairs = await rated.servers[0].feedback.pairs(roomCode, userOf(who));
	return pairs.find(({ person }) => person.userId === other);
}

describe('[F3] only who met in the live lesson', () => {
	test('rates and is rated: an absent learner is in nobody’s way, and says nothing about who was there', async () => {
		const another = await rated.endAnother([MAYA, LIAM]);
		const { feedback } = rated.servers[0];
		const pairsOf = async (who: string) =>
			(await feedback.pairs(another.roomCode, userOf(who))).map(({ person }) => person.userId);
		expect(await pairsOf('maya')).toEqual(['liam']);
		expect(await pairsOf('liam')).toEqual(['maya']);
		expect(await pairsOf('aisha')).toEqual([]);
		for (const [by, about] of [
			['maya', 'aisha'],
			['aisha', 'maya']
		] as const)
			await expect(rated.rate(another, by, about, 1)).rejects.toMatchObject({ reason: 'bad-input' });
		expect(await feedback.hasRatedAll(another, 'maya')).toBe(false);
		await rated.rate(another, 'maya', 'liam', 5);
		for (const who of ['maya', 'aisha']) expect(await feedback.hasRatedAll(another, who)).toBe(true);
	});

	test('and not who only waited in the lobby and went before the start', async () => {
		const another = await rated.lesson.planAnother();
		const attendance = createAttendance(rated.lesson);
		const { time, sessions } = rated.lesson;
		const arrive = async (member: Member) => {
			const stay = { id: `${another.id}-${member.userId}`, member };
			await attendance.join(another, stay, 'seat', time.now());
			return stay;
		};
		const left = await arrive(AISHA);
		for (const member of [MAYA, LIAM]) await arrive(member);
		await time.advance(1_000);
		await attendance.leave(another, left, time.now(), 'goodbye');
		await time.advance(1_000);
		await sessions.start(another);
		await time.advance(5_000);
		await sessions.end(another, 'mentor');
		const { pairs } = rated.servers[0].feedback;
		const named = async (who: string) =>
			(await pairs(another.roomCode, userOf(who))).map(({ person }) => person.userId);
		expect([await named('maya'), await named('aisha')]).toEqual([['liam'], []]);
	});

	test('a mentor nobody came to rates nobody; what was said before this was asked for is still to be read', async () => {
		const another = await rated.endAnother([MAYA]);
		const { tables } = rated.lesson.store;
		expect(await rated.servers[0].feedback.pairs(another.roomCode, userOf('maya'))).toEqual([]);
		const at = new Date(rated.lesson.time.now());
		await rated.lesson.store.transact(function* (tx) {
			const row = { sessionId: another.id, raterId: 'maya', rateeId: 'aisha', stars: 2, comment: 'Absent' };
			const times = { createdAt: at, updatedAt: at, revealedAt: at, connectionToBlame: null };
			yield* run(
				tx
					.insert(tables.ratings)
					.values({ ...row, ...times })
					.returning()
			);
		});
		expect((await read('maya', 'aisha', another))?.mine).toMatchObject({ stars: 2 });
		expect((await read('aisha', 'maya', another))?.theirs).toMatchObject({ comment: 'Absent' });
	});
});
