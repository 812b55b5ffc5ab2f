import { expect, test } from 'vitest';
import type { RoomEvent, RoomEventPayloads, RoomEventType } from '../shared/roomEvents.ts';
import { foldWereThere, NOBODY_WAS_THERE } from './wereThere.ts';

let seq = 0;
function at<T extends RoomEventType>(
	time: number,
	type: T,
	actorId: string,
	payload: Partial<RoomEventPayloads[T]> = {}
): RoomEvent {
	seq += 1;
	return { seq, clientId: String(seq), at: time, actorId, type, payload } as unknown as RoomEvent;
}
const taught = (...events: RoomEvent[]) => [...events.reduce(foldWereThere, NOBODY_WAS_THERE).taught].sort();

test('[F3] whoever was there for a moment while the lesson was live was there', () => {
	const log = [
		at(1, 'mentor.join', 'maya'),
		at(2, 'learner.join', 'liam'),
		at(3, 'learner.join', 'early'),
		at(4, 'learner.leave', 'early', { reason: 'goodbye' }),
		at(5, 'session.start', 'maya'),
		at(6, 'learner.join', 'aisha'),
		at(7, 'learner.leave', 'aisha', { reason: 'goodbye' }),
		at(9, 'mentor.leave', 'maya', { reason: 'session-end' })
	];
	expect(taught(...log.slice(0, 4))).toEqual([]);
	expect(taught(...log)).toEqual(['aisha', 'liam', 'maya']);
});

test('[F3] who was lost before the start and was missed only after it was not there, unless they came back', () => {
	const before = [
		at(1, 'mentor.join', 'maya'),
		at(2, 'learner.join', 'liam'),
		at(50, 'session.start', 'maya')
	];
	const lost = at(60, 'learner.leave', 'liam', { reason: 'lost', since: 45 });
	expect(taught(...before, lost)).toEqual(['maya']);
	expect(taught(...before, lost, at(70, 'learner.join', 'liam'))).toEqual(['liam', 'maya']);
	expect(taught(...before, at(60, 'learner.leave', 'liam', { reason: 'lost', since: 55 }))).toEqual([
		...['liam', 'maya']
	]);
});
