import type { RoomEvent } from '../../shared/roomEvents.ts';

/** Whom the mentor has removed and not let in again: user ids, in the order in which they were removed. */
export type RemovedPeople = readonly string[];

export function foldRemoved(removed: RemovedPeople, event: RoomEvent): RemovedPeople {
	if (event.type !== 'learner.removed' && event.type !== 'learner.readmitted') return removed;
	const { userId } = event.payload;
	const others = removed.filter((one) => one !== userId);
	if (event.type === 'learner.removed') return [...others, userId];
	return others.length === removed.length ? removed : others;
}
