import { describe, expect, test } from 'vitest';
import type { RoomEvent, RoomEventOf } from '../shared/roomEvents.ts';
import type { SessionView } from '../shared/roomState.ts';
import { foldSession } from './session.ts';

const PLANNED: SessionView = {
	...{ roomCode: 'room', title: 'Fractions', status: 'scheduled', startsAt: 60_000, endsAt: 120_000 },
	...{ startedAt: null, endedAt: null, endReason: null, startableFrom: 0, members: [] }
};
const envelope = { seq: 1, clientId: 'a:b', at: 5, actorId: 'maya' };

function moved(startsAt: number, sequence: number): RoomEventOf<'session.moved'> {
	return { ...envelope, type: 'session.moved', payload: { startsAt, endsAt: startsAt + 60_000, sequence } };
}
const fold = (events: RoomEvent[], first = PLANNED) => events.reduce(foldSession, first);

describe('[A2] changes of the plan in an open lobby', () => {
	test('a move shows the new time, and when it may be started goes with it', () => {
		expect(fold([moved(90_000, 1)])).toMatchObject({
			...{ startsAt: 90_000, endsAt: 150_000, startableFrom: 30_000, sequence: 1 }
		});
	});

	test('what is replayed from before the page was made never brings an old time back', () => {
		const fresh = fold([moved(90_000, 1), moved(30_000, 2)]);
		expect(fold([moved(90_000, 1)], fresh)).toBe(fresh);
		const renamed: RoomEvent = {
			...envelope,
			type: 'session.changed',
			payload: { title: 'Old', sequence: 1 }
		};
		expect(fold([renamed], fresh)).toBe(fresh);
	});

	test('a new title shows, also when the same entry comes again', () => {
		const renamed: RoomEvent = {
			...envelope,
			type: 'session.changed',
			payload: { title: 'New', sequence: 1 }
		};
		expect(fold([renamed, renamed])).toMatchObject({ title: 'New', sequence: 1 });
	});

	test('[E2] a cancellation says why, and nothing moves after it', () => {
		const cancelled: RoomEvent = { ...envelope, type: 'session.cancelled', payload: { reason: 'I am ill.' } };
		expect(fold([cancelled, moved(90_000, 1)])).toMatchObject({
			...{ status: 'cancelled', cancelReason: 'I am ill.', startsAt: 60_000 }
		});
		const live = { ...PLANNED, status: 'live' as const };
		expect(fold([cancelled], live)).toBe(live);
	});
});
