import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../shared/sessionStatus.ts';
import { decideSeating, type TakenSeat } from './seating.ts';

function seat(userId: string, role: Role = 'learner'): TakenSeat {
	return { userId, role, seatId: `${userId}-1` };
}
const ask = (userId: string, seatId = `${userId}-1`, role: Role = 'learner', satBefore = false) => ({
	userId,
	role,
	seatId,
	satBefore
});

describe('seating', () => {
	test('[C2] up to the capacity there is a seat, a further member is told that the room is full', () => {
		const seats = [seat('maya', 'mentor'), seat('a'), seat('b')];
		expect(decideSeating(seats, ask('c'), 4)).toBe('new');
		expect(decideSeating([...seats, seat('c')], ask('d'), 4)).toBe('full');
	});

	test('[C2] learners who come first leave a place for the mentor', () => {
		const learners = [seat('a'), seat('b'), seat('c')];
		expect(decideSeating(learners, ask('d'), 4)).toBe('full');
		expect(decideSeating(learners, ask('maya', 'm', 'mentor'), 4)).toBe('new');
	});

	test('[T9] a person who has a seat never meets a full room', () => {
		const seats = [seat('maya', 'mentor'), seat('a')];
		expect(decideSeating(seats, ask('a'), 2)).toBe('return');
		expect(decideSeating(seats, ask('a', 'a-2'), 2)).toBe('takeOver');
	});

	test('[T9] a page that lost its seat to a newer one does not take it back by reconnecting', () => {
		expect(decideSeating([seat('a')], ask('a', 'a-0', 'learner', true), 4)).toBe('taken');
	});

	test('[C2] whoever comes in whatever order: never more than the capacity, never two seats a person', () => {
		const arrivals = fc.array(fc.record({ user: fc.nat(8), page: fc.nat(3) }), { maxLength: 60 });
		fc.assert(
			fc.property(arrivals, fc.integer({ min: 2, max: 5 }), (asked, capacity) => {
				let seats: TakenSeat[] = [];
				for (const { user, page } of asked) {
					const role = user === 0 ? 'mentor' : 'learner';
					const asking = { userId: `u${user}`, role, seatId: `u${user}-${page}`, satBefore: false } as const;
					const decision = decideSeating(seats, asking, capacity);
					const others = seats.filter((taken) => taken.userId !== asking.userId);
					if (decision === 'new' || decision === 'takeOver') seats = [...others, asking];
					if (decision === 'return') expect(seats.some((s) => s.seatId === asking.seatId)).toBe(true);
					if (asking.role === 'mentor') expect(decision).not.toBe('full');
				}
				expect(seats.length).toBeLessThanOrEqual(capacity);
				expect(new Set(seats.map((taken) => taken.userId)).size).toBe(seats.length);
			})
		);
	});
});
